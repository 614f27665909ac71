#!/bin/bash
# Guard at work on a router that lets in nothing by itself and has no helper: real FTP passes, connections are treated by what they are
# taken for, and guard is killed. In namespaces of its own, as root; see README.md.
#
#   lab/guard.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"

lab offload
ftp_hosts
spawn server python3 -m http.server 80 --bind $WEB --directory "$LAB/public"
spawn server sh -c "while :; do python3 '$TOOLS/websocket.py' server 8080; done"
wait_port server 80; wait_port server 8080
rules

holds "without guard: no active FTP" not fetch_active $FTP
guard
for ip in $FTP "[$FTP6]"; do
    holds "curl, active, $ip" fetch_active "$ip"
    holds "curl, passive, $ip" fetch_passive "$ip"
    holds "lftp, active, $ip" fetch_lftp "$ip" no
    holds "lftp, passive, $ip" fetch_lftp "$ip" yes
done

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
exit $failed
