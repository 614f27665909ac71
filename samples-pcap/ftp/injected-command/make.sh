#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
inner='227 Entering Passive Mode (198,51,100,21,19,136)'
scripted_server \
    "XXXX=500 'XXXX ~$inner' not understood" \
    "SITE=500 SITE not understood" \
    "HELP=214-Help\r\n${inner/136/137}\r\n214 End"
capture
guest_say "XXXX $inner" "SITE $(printf 'A%.0s' {1..60})~PORT 192,168,1,5,19,136" HELP QUIT
