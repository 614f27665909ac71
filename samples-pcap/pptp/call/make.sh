#!/bin/bash
. "$(dirname "$0")/../../lab.sh"
. "$(dirname "$0")/../../kernel.sh"
need pptp pptp-linux; need pptpd pptpd
lab
arm pptp 1723 tcp
# In pppd's place at both ends, for the kernel may have no PPP: each asks for a link once (RFC 1662, LCP Configure-Request).
cat >"$LAB/pppd" <<'END'
#!/bin/sh
[ -t 0 ] && stty raw -echo
sleep 1.5
printf '\176\377\175\043\300\041\175\041\175\041\175\040\175\044\321\265\176'
sleep 1.5
END
chmod 755 "$LAB/pppd"
printf '%s\n' "ppp $LAB/pppd" "listen $WEB" 'localip 10.0.0.1' 'remoteip 10.0.0.2-9' noipparam >"$LAB/pptpd.conf"
spawn server pptpd -f -c "$LAB/pptpd.conf" -p "$LAB/pptpd.pid"
wait_port server 1723
capture
"$LAB/pppd" </dev/null | on client pptp $WEB --nolaunchpppd --nohostroute >"$LAB/heard" || true
answer
