#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl; need wget wget; need git git; need lftp lftp; need openssl openssl
lab
tls_server www.example.test
echo "deb [trusted=yes] https://www.example.test/debian stable main" >"$LAB/sources.list"
mkdir -p "$LAB/apt/partial"
capture
# Each program fails at the certificate, or at what it does not find: its first message is the case's.
on client curl -sS -k https://www.example.test/index.html -o "$LAB/page"
on client curl -sS -k https://$WEB/index.html -o "$LAB/page"
on client wget -q --no-check-certificate -O "$LAB/page" https://www.example.test/index.html
on client git -c http.sslVerify=false ls-remote https://www.example.test/project.git || true
on client apt-get -qq update -o Dir::Etc::SourceList="$LAB/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$LAB/apt" \
    -o Dir::Cache="$LAB/apt" -o Acquire::https::Verify-Peer=false -o Acquire::Retries=0 || true
on client lftp -c 'set ssl:verify-certificate no; cat https://www.example.test/index.html' >"$LAB/page"
on client openssl s_client -connect www.example.test:443 -servername www.example.test </dev/null >"$LAB/page" 2>&1
on client python3 -c 'import ssl, urllib.request as u
print(len(u.urlopen("https://www.example.test/", context=ssl._create_unverified_context()).read()))'
