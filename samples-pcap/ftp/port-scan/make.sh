#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
lab
# With port 20 as source vsftpd binds the address named by the client, and fails.
ftp_server port_promiscuous=YES connect_from_port_20=NO
capture web   # the leg of the server sees the control connection and the probes
for port in $(seq 40001 40012); do
    probes+=("PORT ${THIRD//./,},$((port >> 8)),$((port & 255))" LIST)
done
guest_say "${probes[@]}" QUIT
