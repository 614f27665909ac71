#!/bin/bash
# Guard at work on a router that lets in nothing by itself and has no helper: real FTP passes, attacks open nothing, and with the
# kernel's helper in guard's place the same attack opens the port. In namespaces of its own, as root; see README.md.
#
#   lab/guard.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"

# Each attack ends with the port that it tries to open. A form whose second segment is a command, to a web server on 21 ...
head='POST / HTTP/1.1\r\nHost: www.example.test:21\r\nContent-Length: 66\r\nOrigin: http://www.example.test\r\nContent-Type: text/plain\r\n\
User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/3.6\r\nAccept: */*\r\n\r\nfield=0123456789012345678901234567890\r\n'
form() { on client python3 "$TOOLS/send.py" $THIRD 21 "$head" 'PORT 192,168,1,5,19,136\r\n\r\n' >/dev/null; }
# ... a plugin's socket ...
plugin() { on client python3 "$TOOLS/send.py" $THIRD 4502 'hello\r\n' 'PORT 192,168,1,5,19,137\r\n' >/dev/null; }
# ... a form to a port of IRC ...
dcc() { on client python3 "$TOOLS/send.py" $THIRD 6667 "${head/PORT/}" 'PRIVMSG x :\x01DCC SEND a 3232235781 5002\x01\r\n\r\n' >/dev/null; }
# ... and a session that names a service of the client's.
service() { guest_say 'PORT 192,168,1,5,0,22' >/dev/null; }

lab offload
ftp_hosts
for port in 21 4502 6667; do spawn third python3 "$TOOLS/http_server.py" $port; done
for port in 22 5000 5001 5002; do spawn client python3 "$TOOLS/data_host.py" $port inside; done
spawn server python3 -m http.server 80 --bind $WEB --directory "$LAB/public"
spawn server sh -c "while :; do python3 '$TOOLS/websocket.py' server 8080; done"
wait_port third 6667; wait_port client 5002; wait_port server 80; wait_port server 8080
rules

holds "without guard: no active FTP" not fetch_active $FTP
guard
for ip in $FTP "[$FTP6]"; do
    holds "curl, active, $ip" fetch_active "$ip"
    holds "curl, passive, $ip" fetch_passive "$ip"
    holds "lftp, active, $ip" fetch_lftp "$ip" no
    holds "lftp, passive, $ip" fetch_lftp "$ip" yes
done
fetch_active $FTP --limit-rate 800k & beside=$!
form; holds "a form aligned to a segment opens nothing" not come third 5000
plugin; holds "a plugin's PORT on 4502 opens nothing" not come third 5001
dcc; holds "a DCC in a form opens nothing" not come third 5002
service; holds "a session opens no service's port" not come server 22
holds "an honest session beside them is whole" wait $beside

if command -v chromium >/dev/null; then
    cat >"$LAB/public/page.html" <<END
<script>let s = new WebSocket("ws://$WEB:8080/"); s.onopen = () => document.title = "opened"; s.onerror = () => document.title = "refused"</script>
END
    title() {
        on client timeout 40 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
            --disable-component-update --disable-sync --disable-extensions --no-proxy-server --host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE $WEB" \
            --user-data-dir="$LAB/profile" --virtual-time-budget=4000 --dump-dom "http://$WEB/page.html" 2>/dev/null | grep -q "<title>$1"
    }
    # The page is read when the browser says so, which may be before it has heard of its socket.
    soon() {
        for _ in 1 2 3 4 5; do if "$@"; then return; fi; done
        return 1
    }
    upgrade() {
        { on client curl -s -N -m 1 -i -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
            -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "http://$WEB:8080/" || true; } | grep -aq '^HTTP/1.1 101'
    }
    holds "a rule on the mark refuses Chromium's WebSocket" not title opened
    wait_port server 8080
    holds "and lets curl's through to the same server" soon upgrade
fi
unguard
tail -n +2 "$LAB/guard.log"

guard --set policy.sandboxed.action=reject --set policy.sandboxed.protocols=websocket
! command -v chromium >/dev/null || holds "guard rejects Chromium's WebSocket, and says so to it" soon title refused
unguard KILL
holds "killed: nothing passes" not on client curl -sS -m 2 -o /dev/null "http://$WEB/short.txt" 2>/dev/null
guard --fail-open
holds "begun anew: passes" on client curl -sS -m 3 -o /dev/null "http://$WEB/short.txt"
unguard KILL
holds "killed, fail-open: passes" on client curl -sS -m 3 -o /dev/null "http://$WEB/short.txt"
holds "killed, fail-open: opens nothing" not fetch_active $FTP
on router "${sandbar[@]}" guard --uninstall
! command -v chromium >/dev/null || holds "without guard Chromium's WebSocket opens" soon title opened

# The control experiment: the kernel's helpers in guard's place.
modprobe -qa nf_conntrack_ftp nf_conntrack_irc 2>/dev/null || true
for port in 21 4502; do on router iptables -t raw -A PREROUTING -i lan -p tcp --dport $port -j CT --helper ftp; done
on router iptables -t raw -A PREROUTING -i lan -p tcp --dport 6667 -j CT --helper irc
form; holds "the kernel's helper opens for the form" come third 5000
plugin; holds "the kernel's helper opens for the plugin" come third 5001
dcc; holds "the kernel's helper opens for the DCC" come third 5002
exit $failed
