#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need lftp lftp
lab
mirror
# Both must deal with a data connection whose other end is not their client.
ftp_server pasv_promiscuous=YES port_promiscuous=YES connect_from_port_20=NO \
    anon_upload_enable=YES anon_root="$LAB/guests"
mkdir -p "$LAB/guests/incoming"
cp "$LAB/public/short.txt" "$LAB/guests"
chown 60001 "$LAB/guests/incoming"
spawn third vsftpd "$LAB/vsftpd.conf"
wait_port third 21
capture span
on client lftp -e 'set ftp:use-fxp true; set ftp:fxp-force true' -e "get ftp://$FTP/short.txt -o ftp://$THIRD/incoming/copy.txt; bye"
cmp "$LAB/guests/incoming/copy.txt" "$LAB/public/short.txt"
