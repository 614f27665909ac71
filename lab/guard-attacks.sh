#!/bin/bash
# The attacks of the samples, live: with guard none of them opens anything, seen by coming from outside, while honest sessions beside them
# stay whole. As the control experiment the same with the kernel's helpers in guard's place: which of them open, and why others do not.
#
#   lab/guard-attacks.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"

# say HOST PORT SEGMENT...: what the client sends there; session HOST LINE...: as a guest of that FTP server.
say() { on client python3 "$TOOLS/send.py" "$@"; }
session() { on client python3 "$TOOLS/ftp_say.py" "$1" 'USER anonymous' 'PASS guest@example.net' "${@:2}"; }
# port N: N as PORT spells it.
port() { echo "192,168,1,5,$(($1 >> 8)),$(($1 & 255))"; }
# form HOST PORT SEGMENT: a page's form, of which the second segment begins with this text.
form() {
    say "$1" "$2" "POST / HTTP/1.1\r\nHost: www.example.test:$2\r\nContent-Length: 900\r\nOrigin: http://www.example.test\r\n\
Content-Type: text/plain\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/3.6\r\nAccept: */*\r\n\r\n\
field=0123456789012345678901234567890\r\n" "$3$(printf '%0900d' 0)"
}
register() {
    form $WEB 5060 "REGISTER sip:e.example;transport=TCP SIP/2.0\r\nVia: SIP/2.0/TCP 192.168.1.5:5060;branch=z9hG4bK-1;rport\r\nMax-Forwards: 70\r\n\
Contact: <sip:a@192.168.1.5:$1;transport=TCP>\r\nTo: <sip:a@e.example;transport=TCP>\r\nFrom: <sip:a@e.example;transport=TCP>;tag=1\r\n\
Call-ID: abc\r\nCSeq: 1 REGISTER\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n"
}
# A call that is forwarded to another machine within, said openly or in a user's name; the callee goes there. One at a time.
call() {
    (
        flock 9
        on server timeout 20 python3 "$TOOLS/h323.py" callee "$1" 192.168.1.5 $WEB 192.168.1.7:8022 >"$LAB/$1" 2>&1 </dev/null &
        wait_port server 1720
        on client timeout 10 python3 "$TOOLS/h323.py" caller "$1" 192.168.1.5 $WEB 192.168.1.7:8022
        wait
    ) 9>"$LAB/call.lock"
}
called() { grep -q 'nobody outside' "$LAB/$1"; }

# attack WHAT KERNEL CAME PLAY...: plays it, and tries whether somebody comes. KERNEL says why the kernel's helper opens nothing, or "opens".
attack() {
    local result=$LAB/result-$((++count))
    (
        "${@:4}" >/dev/null 2>&1 || true
        if [ "$place" = guard ]; then
            holds "guard: $1 opens nothing" not $3
        elif [ "$2" = opens ]; then
            holds "the kernel's helper: $1 opens a port" $3
        else
            holds "the kernel's helper: $1 opens nothing either: $2" not $3
        fi >"$result"
    ) &
    attacking+=($!)
}
# attacks PLACE: all of them at once, each for a port of its own.
attacks() {
    local place=$1 count=0 attacking=() n
    attack "a form to 21, aligned to a segment," opens "come server 5000 192.168.1.5 $WEB" form $WEB 21 "PORT $(port 5000)\r\n"
    attack "a plugin's PORT on 4502" opens "come third 5001" say $THIRD 4502 'hello\r\n' "PORT $(port 5001)\r\n"
    attack "a DCC in a form to 6667" opens "come third 5002" form $THIRD 6667 'PRIVMSG x :\x01DCC SEND a 3232235781 5002\x01\r\n'
    attack "a REGISTER in a form to 5060" opens "come server 5003 192.168.1.5 $WEB" register 5003
    attack "a PORT that names 22" opens "come server 22" session $FTP "PORT $(port 22)"
    attack "a PORT that names a database" opens "come server 3306" session $FTP "PORT $(port 3306)"
    attack "a PORT before the login" opens "come server 5004" on client python3 "$TOOLS/ftp_say.py" $FTP 'USER anonymous' "PORT $(port 5004)"
    attack "a PORT that names a third host" "to it, the address must be the sender's own" \
        "come server 8080 $THIRD $FTP" session $FTP "PORT ${THIRD//./,},31,144"
    attack "an EPRT that names a third host" "to it, the address must be the sender's own" \
        "come server 8081 $THIRD $FTP" session $FTP "EPRT |1|$THIRD|8081|"
    attack "a PORT with numbers over 255" opens "come server 5005" session $FTP 'PORT 448,168,1,261,275,141'
    attack "a PORT with Telnet within" "it reads no Telnet" "come server 5006" session $FTP "PO\xff\xf1RT $(port 5006)"
    attack "a 227 that nobody asked for" opens "come client 5007 $THIRD" session $THIRD NOOP ''
    attack "a 227 within the answer to HELP" opens "come client 5008 $THIRD" session $THIRD HELP
    attack "a 227 within a line" "to it, a line must begin there" "come client 5009 $THIRD" session $THIRD XXXX
    attack "a 227 that names a third host" "to it, the address must be the server's own" "come client 5010 $FTP" session $THIRD PASV
    attack "another host at the port of an honest PORT" "to it too, the way is for that server alone" \
        "come third 5013" session $FTP "PORT $(port 5013)"
    attack "a DCC before the registration" opens "come third 5011" say $WEB 6667 'PRIVMSG friend :\x01DCC CHAT chat 3232235781 5011\x01\r\n'
    attack "a DCC in a PONG" "since Linux 6.0 it reads PRIVMSG alone" \
        "come third 5012" say $WEB 6667 'NICK a\r\nUSER a a a a\r\n' 'PONG :\x01DCC CHAT chat 3232235781 5012\x01\r\n'
    attack "a call forwarded to another machine" opens "called callforward" call callforward
    attack "the same in a user's name of TURN" opens "called turn" call turn
    wait "${attacking[@]}"
    for n in $(seq $count); do cat "$LAB/result-$n"; done
    ! grep -q '^FAILED' "$LAB"/result-* || failed=1
}

# Segments as on a wire: some of the attacks begin with a segment of TCP's making. The honest sessions last as long as the attacks.
lab
ftp_hosts local_max_rate=500000
passive="227 Entering Passive Mode (${THIRD//./,},19"
replies=("NOOP=200 NOOP ok.\r\n~$passive,143)" "HELP=214-Help\r\n~$passive,144)\r\n214 End" "XXXX=500 'XXXX ~$passive,145)' not understood"
    "PASV=227 Entering Passive Mode (${FTP//./,},19,146)")
spawn third python3 "$TOOLS/ftp_server.py" "${replies[@]}"
for port in 4502 6667; do spawn third python3 "$TOOLS/http_server.py" $port; done
# The web server on 21, beside the FTP server on the same host.
spawn server python3 "$TOOLS/http_server.py" 2121
on server iptables -t nat -A PREROUTING -d $WEB -p tcp --dport 21 -j REDIRECT --to-port 2121
spawn server python3 "$TOOLS/irc_server.py" $WEB
# What answers the form with REGISTER, as a registrar would.
spawn server python3 -c "
import socket, time
listener = socket.create_server(('$WEB', 5060))
while True:
    connection, _ = listener.accept()
    with connection:
        data = connection.recv(65536)
        while b'REGISTER' not in data: data += connection.recv(65536)
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 300\r\n\r\n')
        time.sleep(0.1)
        connection.sendall(b'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 192.168.1.5:5060;branch=z9hG4bK-1;rport=5060;received=192.168.1.5\r\n'
            b'Contact: <sip:a@192.168.1.5:5003;transport=TCP>;expires=60\r\nTo: <sip:a@e.example>;tag=2\r\nFrom: <sip:a@e.example>;tag=1\r\n'
            b'Call-ID: abc\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n')
        time.sleep(0.2)"
# What nobody outside should reach, within and at third hosts.
open_ports() {
    spawn "$1" python3 -c "
import selectors, socket, sys
ready = selectors.DefaultSelector()
for port in sys.argv[1:]:
    ready.register(socket.create_server(('', int(port))), selectors.EVENT_READ)
while True:
    for key, _ in ready.select():
        with key.fileobj.accept()[0] as guest:
            guest.sendall(b'nobody outside should read this')" "${@:2}"
    wait_port "$1" "${@: -1}"
}
on client ip address add 192.168.1.7/24 dev eth0
open_ports client 22 3306 {5000..5006} {5011..5013} 8022
open_ports third 8080 8081 {5007..5009}
open_ports server 5010
wait_port third 21; wait_port third 6667; wait_port server 2121; wait_port server 5060; wait_port server 6667
rules

guard
fetch_active $FTP -m 40 & active=$!
fetch_passive "[$FTP6]" -m 40 & passive=$!
attacks guard
holds "guard: an honest session beside them, active, is whole" wait $active
holds "guard: an honest session beside them, passive, is whole" wait $passive
unguard

modprobe -qa nf_conntrack_ftp nf_conntrack_irc nf_conntrack_sip nf_conntrack_h323 2>/dev/null || true
for helper in ftp:21 ftp:4502 irc:6667 sip:5060 Q.931:1720; do
    on router iptables -t raw -A PREROUTING -p tcp --dport "${helper##*:}" -j CT --helper "${helper%:*}"
done
attacks kernel
exit $failed
