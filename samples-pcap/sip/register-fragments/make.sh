#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need sipp sip-tester
lab
arm sip 5060 udp
registrar
cat >"$LAB/register.xml" <<'END'
<?xml version="1.0" encoding="us-ascii"?>
<scenario name="register">
<send><![CDATA[
REGISTER sip:[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
To: <sip:alice@[remote_ip]>
From: <sip:alice@[remote_ip]>;tag=[call_number]
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:alice@[local_ip]:[local_port]>
Expires: 60
Content-Length: 0

]]></send>
<recv response="401" auth="true"/>
<send><![CDATA[
REGISTER sip:[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
To: <sip:alice@[remote_ip]>
From: <sip:alice@[remote_ip]>;tag=[call_number]
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:alice@[local_ip]:[local_port]>
[authentication username=USER password=PASSWORD]
X-Identity: IDENTITY
Expires: 60
Content-Length: 0

]]></send>
<recv response="200"/>
</scenario>
END
sed -i "s/USER/${LOGIN%:*}/; s/PASSWORD/${LOGIN#*:}/; s/IDENTITY/$(printf 'eyJhbGciOiJFUzI1NiJ9%.0s' {1..90})/" "$LAB/register.xml"
capture
on client sipp $SIP:5060 -sf "$LAB/register.xml" -i 192.168.1.5 -p 5070 -m 1 -nostdin -timeout 10 >"$LAB/sipp.log"
answer
