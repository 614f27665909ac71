#!/bin/bash
# Plays web content, plugins and desktop programs, each from an address of its own, and compares what
# Sandbar takes their flows for with what they are. See README.md. PARTS="plugins programs" plays these parts alone.
#
#   live/trust.sh [-w FOLDER]             play (as root), then compare; the capture and its truth go to FOLDER
#   live/trust.sh --replay [-w FOLDER]    compare again what was played last

set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
parts=$root/live/trust folder=$root/live/target/trust replay=
while [ $# -gt 0 ]; do
    case $1 in
        -w) folder=$(realpath -m "$2"); shift 2 ;;
        --replay) replay=yes; shift ;;
        *) sed -n '2,6s/^# \?//p' "$0" >&2; exit 2 ;;
    esac
done

compare() {
    "$root/sandbar" replay -q --events flow "$folder/trust.pcap" >"$folder/trust.ndjson"
    python3 "$root/live/trust.py" compare "$folder"
}
[ -z "$replay" ] || { compare; exit; }

user_home=$HOME
. "$root/samples-pcap/lab.sh"
. "$parts/servers.sh"

# program ADDRESS NAME: what follows is done from 192.168.1.ADDRESS, which is all that the client has: so a flow tells its program.
program() {
    sleep 0.3                            # the last FINs of the one before
    on client ip address flush dev eth0 scope global
    address client lan "192.168.1.$1" 192.168.1.1 24
    address client lan "2001:db8:1::$1" 2001:db8:1::1 64
    PROGRAM=$2 CLIENT=192.168.1.$1
    echo "$PROGRAM" >&2
}

# flow CLASS HOST:PORT[/PATH] NOTE: flows of the program to there are of this class: sandboxed, trusted, or "either" where honest
# people differ. Any may be absent if the class ends in "?". Of several such lines the first that fits counts; "*" fits all.
flow() {
    local at=$2 path=
    [[ $at != */* ]] || { path=/${at#*/}; at=${at%%/*}; }
    printf '%s\t' "$CLIENT" "$PROGRAM" "$1" "${at%:*}" "${at##*:}" "$path" >>"$folder/made.tsv"
    echo "$3" >>"$folder/made.tsv"
}

# page PORT: what a page there costs that no script did, and by what its script says that it is done.
page() {
    flow either "$PAGE:$1/page.html" 'a typed address'
    flow either? "$PAGE:$1/page.js" "the page's script, asked for by its markup"
    flow either? "$PAGE:$1/favicon.ico" "the page's icon"
    flow either? "$PAGE:$1/-" 'opened ahead, unused'
    flow either? "$API:80/-" 'opened ahead, unused'
    flow either? "$PAGE:443" 'looks for TLS first'
    flow sandboxed "$PAGE:$1/done" 'fetch, same origin'
}

# run COMMAND...: on the client; it must end well. attempt: or not, where the other side is to blame.
run() { attempt "$@" || { echo "$PROGRAM failed: $*" >&2; tail -5 "$LAB/programs.log" >&2; failures=$((failures + 1)); }; }
attempt() {
    echo "== $PROGRAM: $*" >>"$LAB/programs.log"
    on client timeout 60 "$@" >>"$LAB/programs.log" 2>&1 </dev/null
}

chromium_on() {
    local host=$1
    shift
    rm -rf "$LAB/profile-$host"
    spawn "$host" chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --disable-extensions ${proxy:---no-proxy-server} --ignore-certificate-errors \
        --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE *.example.net, EXCLUDE 198.51.100.*, EXCLUDE 192.168.1.1' \
        --user-data-dir="$LAB/profile-$host" "$@"
}

firefox_on() {
    local host=$1 profile=$LAB/profile-firefox
    shift
    rm -rf "$profile"
    mkdir "$profile"
    cat "$parts/user.js" ${preferences:-} >"$profile/user.js"
    certutil -N -d "sql:$profile" --empty-password
    certutil -A -d "sql:$profile" -n lab -t C,, -i "$LAB/ca.pem"
    spawn "$host" firefox-esr --headless --no-remote --profile "$profile" "$@"
}

page_done() { grep -qs "^$CLIENT	.*	/done$" "$LAB/http.tsv" "$LAB/squid/http.tsv"; }

# browse BROWSER URL [OPTION...]: until the page says that it is done.
browse() {
    local browser=$1 url=$2 pid
    shift 2
    "${browser}_on" client "$@" "$url"
    pid=$!
    for _ in $(seq 450); do
        ! page_done || break
        sleep 0.1
    done
    page_done || { echo "$PROGRAM: the page did not end" >&2; failures=$((failures + 1)); }
    sleep 1
    kill $pid
    wait $pid || true
}

# meet BROWSER NAME: browse with a peer at the third host.
meet() {
    local pid
    chromium_on third --disable-features=WebRtcHideLocalIpsWithMdns "http://page.example.net/page.html?answer_$2"
    pid=$!
    browse "$1" "http://page.example.net/page.html?offer_$2"
    kill $pid
    wait $pid || true
}

trap 'rm -rf "$LAB"' EXIT
mkdir -p "$folder"
rm -f "$folder"/{made.tsv,http.tsv,truth.tsv,trust.pcap,trust.ndjson}
failures=0
install_all
lab
start_all
capture
for part in ${PARTS:-web plugins programs forgers}; do . "$parts/$part.sh"; done

# What any program may do besides, last, for the first line that fits counts.
cut -f 1,2 "$folder/made.tsv" | sort -u | while read -r CLIENT PROGRAM; do
    flow either? "$DNS:53" 'the resolver asks for a name'
    flow either? "$MDNS:5353" 'a browser announces a name of its own for its address'
done

sleep 1
kill -INT $TCPDUMP; wait $TCPDUMP; TCPDUMP=
grep -q '^0 packets dropped by kernel' "$LAB/tcpdump.log" || { echo "packets were dropped" >&2; exit 1; }
cp "$LAB/input.pcap" "$folder/trust.pcap"
cat "$LAB/http.tsv" "$LAB/squid/http.tsv" >"$folder/http.tsv"
[ $failures = 0 ] || cp "$LAB"/*.log "$folder"
(close_lab 0)
trap - EXIT INT TERM
python3 "$root/live/trust.py" truth "$folder"
HOME=$user_home compare
[ $failures = 0 ]
