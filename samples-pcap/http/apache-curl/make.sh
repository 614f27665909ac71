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
DirectoryIndex index.html
DocumentRoot $LAB/www
END
spawn server apache2 -X -f "$LAB/apache.conf"
wait_port server 80
head -c 2048 < <(yes 'field=value&') >"$LAB/form" || true
capture
site=http://$WEB
on client curl -sS $site/ $site/missing.html \
    --next -sS -I $site/ \
    --next -sS -H 'Expect: 100-continue' --data-binary "@$LAB/form" $site/ \
    --next -sS -X POST -H 'Transfer-Encoding: chunked' --data-binary "@$LAB/form" $site/ \
    --next -sS -r 100-299 $site/
