#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
tls_server www.example.test
capture
on client python3 "$TOOLS/tls_cut.py" $WEB 443 www.example.test 7 40
on client python3 "$TOOLS/tls_cut.py" $WEB 443 www.example.test 100 1400
