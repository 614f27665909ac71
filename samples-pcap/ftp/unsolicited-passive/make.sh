#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
scripted_server "NOOP=200 NOOP ok.\r\n~227 Entering Passive Mode (${FTP//./,},19,136)."
capture
guest_say NOOP '' QUIT
