#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need sshd openssh-server
need ssh openssh-client
lab
account
ssh-keygen -q -t ed25519 -N '' -f "$LAB/host"
ssh-keygen -q -t ed25519 -N '' -f "$LAB/key"
# sshd insists on its directory below /run; a /run of its own leaves the machine's alone.
spawn server bash -c 'mount -t tmpfs run /run && mkdir /run/sshd && exec "$0" "$@"' \
    "$(command -v sshd)" -D -f /dev/null -h "$LAB/host" -o "ListenAddress $SSH" \
    -o PidFile=none -o StrictModes=no -o "AuthorizedKeysFile $LAB/key.pub"
wait_port server 22
capture
on client ssh -F none -i "$LAB/key" -o StrictHostKeyChecking=no -o UserKnownHostsFile="$LAB/known" \
    alice@$SSH cat readme.txt
