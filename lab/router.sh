# What the tests of guard share: the lab of the samples with a router that lets in nothing by itself, guard on it, and real FTP through it.
# A script sources this file with the command that runs Sandbar as arguments, if that is not the one of this clone; see README.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sandbar=("${@:-$root/sandbar}")
set --
. "$root/samples-pcap/lab.sh"
need nft nftables; need iptables iptables; need lftp lftp; need curl curl

failed=0
# holds WHAT COMMAND...: a line of the result.
holds() { if "${@:2}"; then echo "ok      $1"; else echo "FAILED  $1"; failed=1; fi; }
not() { ! "$@"; }

# The router's own rules: the client may reach FTP, the web, what helpers look at, and a plugin's port; the rest is dropped.
rules() {
    on router nft -f - <<'END'
table inet filter {
    chain forward {
        type filter hook forward priority 0; policy drop;
        meta l4proto tcp ct mark & 0x03000000 == 0x01000000 ct original proto-dst 8080 reject with tcp reset
        ct state established,related accept
        ct mark & 0x04000000 != 0 accept
        iifname "lan" tcp dport { 21, 80, 1720, 4502, 5060, 6667, 8080 } accept
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    }
}
END
}

GUARD=
guard() {
    : >"$LAB/guard.log"
    ip netns exec "$NS-router" "${sandbar[@]}" guard -Q 7 --install -o "eve:$LAB/guard.ndjson" "$@" 2>"$LAB/guard.log" &
    GUARD=$!
    until grep -q guarding "$LAB/guard.log"; do kill -0 $GUARD; sleep 0.1; done
}
unguard() { kill "-${1:-TERM}" $GUARD; wait $GUARD 2>/dev/null || true; GUARD=; }

# fetch MODE IP OPTION...: get a file by real clients; whole or not at all.
fetch_curl() {
    rm -f "$LAB/$1"
    on client curl -sS -m 9 "${@:3}" -o "$LAB/$1" "ftp://$LOGIN@$2/down.bin" 2>>"$LAB/fetch.log" && cmp -s "$LAB/$1" "$LAB/alice/down.bin"
}
fetch_active() { fetch_curl active "$1" -P - "${@:2}"; }
fetch_passive() { fetch_curl passive "$@"; }
fetch_lftp() {
    rm -f "$LAB/got"
    on client timeout 10 lftp -u ${LOGIN/:/,} -e "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 6; \
set ftp:passive-mode $2; set ftp:ssl-allow no; set ftp:use-mlsd no; cls; get down.bin -o $LAB/got; put $LAB/up.bin -o up-$2.bin; bye" \
        "$1" >>"$LAB/fetch.log" 2>&1 && cmp -s "$LAB/got" "$LAB/alice/down.bin" && cmp -s "$LAB/up.bin" "$LAB/alice/up-$2.bin"
}

# come HOST PORT [TO [FROM]]: whether somebody there reaches the client's port, or that of another.
come() {
    on "$1" python3 -c "
import socket
with socket.create_connection(('${3:-192.168.1.5}', $2), timeout=0.7, source_address=('${4:-0.0.0.0}', 0)) as inside:
    inside.recv(100)" 2>/dev/null
}

# ftp_hosts [OPTION=VALUE...]: FTP by IPv4 and IPv6, and what is fetched and stored there.
ftp_hosts() {
    ftp_server listen_address=$FTP "$@"
    sed -e "s/^listen=.*/listen=NO/; s/^listen_ipv6=.*/listen_ipv6=YES/; s/^listen_address=.*/listen_address6=$FTP6/" \
        "$LAB/vsftpd.conf" >"$LAB/vsftpd6.conf"
    spawn server vsftpd "$LAB/vsftpd6.conf"
    head -c 3456789 /dev/urandom >"$LAB/alice/down.bin"
    head -c 543210 /dev/urandom >"$LAB/up.bin"
}
