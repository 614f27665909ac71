#!/bin/bash
# Real FTP through guard, active and passive, IPv4 and IPv6, routed and masqueraded: every file arrives whole through a router that lets in
# nothing by itself and has no helper, and what the proxy has announced for a masqueraded client is open to nobody else. In namespaces of
# its own, as root; see README.md.
#
#   lab/guard-ftp.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"
need tnftp tnftp; need ncftpget ncftp
beside pure-ftpd pure-ftpd pure-ftpd-common

SECOND=$SSH SECOND6=2001:db8:2::22
ROUTER=198.51.100.1

# This router has clients alone behind it, and takes nothing for itself but what goes through the proxy.
rules() {
    on router nft -f - <<'END'
table inet filter {
    chain input {
        type filter hook input priority 0; policy drop;
        ct state established,related accept
        ct mark & 0x10000000 != 0 accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    }
    chain forward {
        type filter hook forward priority 0; policy drop;
        ct state established,related accept
        ct mark & 0x04000000 != 0 accept
        iifname "lan" tcp dport 21 accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    }
}
END
}

# masquerade: nobody out there knows the way to the clients any more.
masquerade() {
    on router nft 'table inet translation { chain out { type nat hook postrouting priority 100; oifname != "lan" masquerade; }; }'
    on server ip route add unreachable 192.168.1.0/24
    on server ip route add unreachable 2001:db8:1::/64
}

# Each client gets a file and puts one: CLIENT active|passive IP.
with_curl() {
    local options=(-sS -m 10)
    [ "$1" = passive ] || options+=(-P -)
    on client curl "${options[@]}" -o "$LAB/got" "ftp://$LOGIN@$2/down.bin" &&
        on client curl "${options[@]}" -T "$LAB/up.bin" "ftp://$LOGIN@$2/put.bin"
}
with_lftp() {
    on client timeout 15 lftp -u ${LOGIN/:/,} -e "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 6; set ftp:ssl-allow no; \
set ftp:passive-mode $([ "$1" = passive ] && echo yes || echo no); get down.bin -o $LAB/got; put $LAB/up.bin -o put.bin; bye" "$2"
}
with_tnftp() {
    local mode=-A
    [ "$1" = active ] || mode=-p
    on client timeout 10 tnftp $mode -q 6 -V -o "$LAB/got" "ftp://$LOGIN@$2/down.bin" </dev/null &&
        on client timeout 10 tnftp $mode -q 6 -V -u "ftp://$LOGIN@$2/put.bin" "$LAB/up.bin" </dev/null
}
with_ncftp() {
    local mode=-E
    [ "$1" = active ] || mode=-F
    on client timeout 10 ncftpget $mode -t 6 -V -u alice -p sandbar -c "$2" down.bin >"$LAB/got" </dev/null &&
        on client timeout 10 ncftpput $mode -t 6 -V -u alice -p sandbar -C "$2" "$LAB/up.bin" put.bin </dev/null
}

same() { [ "$(sha256sum <"$1")" = "$(sha256sum <"$2")" ]; }
whole() {
    rm -f "$LAB/got" "$LAB/alice/put.bin"
    { "with_$1" "${@:2}" && same "$LAB/got" "$LAB/alice/down.bin" && same "$LAB/up.bin" "$LAB/alice/put.bin"; } >>"$LAB/fetch.log" 2>&1
}

over_tls() { on client curl -sS -m 5 -k --ssl-reqd -I -o /dev/null "ftp://$LOGIN@$1/down.bin"; }
refused() {
    local code=0
    on client curl -s -m 5 "ftp://$1/" || code=$?
    [ $code != 0 ] && [ $code != 28 ]
}

# half: whether the last answer comes to who has ended its own side already.
half() {
    on client python3 -c "
import socket
with socket.create_connection(('$1', 21), timeout=5) as control:
    control.sendall(b'QUIT\r\n')
    control.shutdown(socket.SHUT_WR)
    assert b'\n221 ' in control.makefile('rb').read()"
}

# everybody HOW: each client with each server, in both modes and both versions of IP.
everybody() {
    local client mode
    for client in curl lftp tnftp ncftp; do
        for mode in active passive; do
            holds "$1, $mode, $client and vsftpd, IPv4" whole $client $mode $FTP
            holds "$1, $mode, $client and Pure-FTPd, IPv4" whole $client $mode $SECOND
            [ $client != ncftp ] || continue
            holds "$1, $mode, $client and vsftpd, IPv6" whole $client $mode "[$FTP6]"
            holds "$1, $mode, $client and Pure-FTPd, IPv6" whole $client $mode "[$SECOND6]"
        done
    done
    echo "        $1, ncftp with IPv6: not tried, for NcFTP has IPv4 alone"
}

# announce LINE: a session of its own, by its habits a client's for people, that says this and stays until the next.
SESSION=
announce() {
    [ -z "$SESSION" ] || { kill $SESSION; wait $SESSION 2>/dev/null || true; }
    : >"$LAB/session.log"
    ip netns exec "$NS-client" python3 -u - "$1" >"$LAB/session.log" 2>&1 <<END &
import socket, sys, time
s = socket.create_connection(("$FTP", 21), timeout=5)
replies = s.makefile("r", newline="\n")
replies.readline()
for line in ("USER alice", "PASS sandbar", "SYST", "PWD", "TYPE I", sys.argv[1]):
    s.sendall((line + "\r\n").encode())
    reply = replies.readline()
print(reply, end="")
time.sleep(60)
END
    SESSION=$!
    for _ in $(seq 50); do [ ! -s "$LAB/session.log" ] || break; sleep 0.1; done
}
# announced: the router's port for it, or nothing.
announced() { on router nft list map inet sandbar ways4 | sed -n "s/.*$FTP \. $ROUTER \. \([0-9]*\) .*/\1/p" | tail -1; }
# through HOST FROM: whether somebody gets through to the client by that port.
through() {
    local port
    port=$(announced)
    [ -n "$port" ] || { echo "FAILED  nothing is announced"; failed=1; return 1; }
    on "$1" python3 -c "
import socket
with socket.create_connection(('$ROUTER', $port), timeout=0.7, source_address=('$2', 0)) as inside:
    assert inside.recv(100) == b'inside'" 2>/dev/null
}

lab offload
for ip in $FTP6 $SECOND6; do address server web $ip 2001:db8:2::1 64; done
ftp_hosts
certificate
for ip in $SECOND $SECOND6; do
    spawn server pure-ftpd -A -E -H -l unix -p 50000:50999 -S $ip,21 -Y 1 -2 "$LAB/certificate.pem" -g "$LAB/pure-ftpd-$ip.pid"
done
printf "hosts: files\n" >"/etc/netns/$NS-client/nsswitch.conf"     # an address that a client looks up would be waited for
for port in 22 5000 5001; do spawn client python3 "$TOOLS/data_host.py" $port inside; done
wait_port server 21; wait_port client 5001
rules

guard
everybody routed
masquerade
holds "masqueraded, without the proxy: no active FTP" not whole curl active $FTP
holds "masqueraded, without the proxy: passive" whole curl passive $FTP
unguard

guard --ftp-proxy 192.168.1.0/24,2001:db8:1::/64
everybody masqueraded

holds "masqueraded, under TLS: the control channel passes" over_tls $SECOND
holds "masqueraded: the last answer comes to who has ended its own side" half $FTP
holds "masqueraded: a server that refuses ends the client's connection" refused $WEB
announce 'PORT 192,168,1,5,19,136'
holds "what is announced is open to no outsider" not through third $THIRD
holds "nor to another address of the server's" not through server $WEB
holds "but to the server" through server $FTP
holds "once" not through server $FTP
announce "PORT ${THIRD//./,},19,136"
holds "a third party's address opens nothing" test -z "$(announced)"
announce 'PORT 192,168,1,5,0,22'
holds "a service's port opens nothing" not through server $FTP
unguard

guard --ftp-proxy 192.168.1.0/24 --fail-open
rm -f "$LAB/got"
on client curl -sS -m 20 -P - --limit-rate 2M -o "$LAB/got" "ftp://$LOGIN@$FTP/down.bin" 2>/dev/null & slow=$!
announce 'PORT 192,168,1,5,19,137'
until [ -s "$LAB/got" ]; do sleep 0.1; done
unguard KILL
holds "killed: what was announced is closed" not through server $FTP
wait $slow || true
holds "killed, fail-open: a file that was on its way arrives whole" same "$LAB/got" "$LAB/alice/down.bin"
holds "killed, fail-open: a control channel is forwarded" on client curl -sS -m 5 -I -o /dev/null "ftp://$LOGIN@$FTP/down.bin"
guard --ftp-proxy 192.168.1.0/24 --offload
holds "begun anew: nothing is announced" test -z "$(announced)"
holds "begun anew: active" whole curl active $FTP
unguard
holds "ended: no rule and no route is left" test -z "$(on router nft list tables | grep sandbar; on router ip rule | grep fwmark)"
exit $failed
