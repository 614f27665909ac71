#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
need curl curl; need squid squid
lab
web_server
cat >"$LAB/squid.conf" <<END
http_port 192.168.1.1:3128
http_port 192.168.1.1:3129 intercept
http_access allow all
cache deny all
pid_filename $LAB/squid.pid
cache_log $LAB/squid.log
access_log none
pinger_enable off
cache_effective_user proxy
shutdown_lifetime 0 seconds
END
chmod 777 "$LAB"
spawn router squid -N -f "$LAB/squid.conf"
wait_port router 3128
capture
on client curl -sS -p -x http://192.168.1.1:3128 http://$WEB/index.html
