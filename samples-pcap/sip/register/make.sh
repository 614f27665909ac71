#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
lab
arm sip 5060 udp tcp
registrar
capture
need sipsak sipsak
# Registers for a minute, and asks what is bound.
on client sipsak -U -C sip:alice@192.168.1.5:5070 -x 60 -s sip:alice@$SIP -a "${LOGIN#*:}" >>"$LAB/sipsak.log" 2>&1
phone client 192.168.1.5 "<sip:alice@$SIP;transport=tcp>;auth_pass=${LOGIN#*:};regint=600" /about 3
answer
