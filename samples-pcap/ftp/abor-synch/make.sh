#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need lftp lftp
lab
ftp_server async_abor_enable=YES trans_chunk_size=1024 anon_max_rate=2048
capture
on client lftp -e "get large.txt -o $LAB/got & sleep 2; kill all; sleep 1; bye" ftp://$FTP
