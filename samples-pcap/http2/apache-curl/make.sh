#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl; need apache2 apache2-bin
lab
mkdir "$LAB/www"
seq -f 'line %04.0f of a small page' 1 50 >"$LAB/www/index.html"
cat >"$LAB/apache.conf" <<END
ServerRoot /usr/lib/apache2
ServerName www.example.test
Listen $WEB:80
PidFile $LAB/apache.pid
ErrorLog $LAB/apache.log
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule dir_module modules/mod_dir.so
LoadModule http2_module modules/mod_http2.so
Protocols h2c http/1.1
DirectoryIndex index.html
DocumentRoot $LAB/www
END
spawn server apache2 -X -f "$LAB/apache.conf"
wait_port server 80
capture
on client curl -sS --http2-prior-knowledge "http://$WEB/"
on client curl -sS --http2 "http://$WEB/"
# A server may refuse the upgrade: it does so where the request has a body.
on client curl -sS --http2 --data 'field=value' "http://$WEB/" --next -sS "http://$WEB/"
