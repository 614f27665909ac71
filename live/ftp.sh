#!/bin/bash
# Plays real FTP sessions, every server with every client, active and passive, IPv4 and IPv6, in the
# clear and under TLS, and compares what Sandbar tells of them with what they were. See README.md.
#
#   live/ftp.sh            play (as root), then compare; captures and truth go to live/target
#   live/ftp.sh --replay   compare again what was played last

set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/live/target

# What differs is told after one line per session; ends with 1 then.
compare() {
    local capture
    for capture in "$folder"/*.pcap; do
        "$root/sandbar" replay -q --events ftp,ftp_data "$capture" >"${capture%.pcap}.ndjson"
    done
    python3 "$root/live/compare.py" "$folder"
}
if [ "${1:-}" = --replay ]; then compare; exit; fi

user_home=$HOME
. "$root/samples-pcap/lab.sh"

# Debian installs one FTP server at a time. These three are unpacked instead, and their libraries installed.
servers() {
    local packages=(vsftpd proftpd-core proftpd-mod-crypto pure-ftpd) deb programs=$folder/programs
    PATH=$programs/usr/sbin:$PATH
    [ ! -e "$programs/usr/sbin/vsftpd" ] || return 0          # unpacked last
    # shellcheck disable=SC2046 # words
    (cd "$LAB" && apt-get update -qq && apt-get download "${packages[@]}" &&
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-upgrade --no-install-recommends \
            $(apt-cache depends "${packages[@]}" | awk '$1 == "Depends:" && $2 ~ /^lib/ { print $2 }')) >"$LAB/apt.log" 2>&1 ||
        { cat "$LAB/apt.log" >&2; exit 1; }
    for deb in "$LAB"/*.deb; do dpkg -x "$deb" "$programs"; done
}

start_vsftpd() {
    ftp_server listen=NO listen_ipv6=YES ftp_username=nobody ssl_enable=YES force_local_logins_ssl=NO force_local_data_ssl=NO \
        rsa_cert_file="$LAB/server.pem" require_ssl_reuse=NO ssl_ciphers=HIGH
}

start_proftpd() {
    printf '%s\n' 'ServerType standalone' "DefaultAddress $FTP $FTP6" 'UseIPv6 on' 'User nobody' 'Group nogroup' \
        'UseReverseDNS off' 'AuthOrder mod_auth_unix.c' 'AuthPAM off' 'DefaultRoot ~' 'AllowOverwrite on' 'WtmpLog off' \
        'TransferLog none' "SystemLog $LAB/proftpd.log" "PidFile $LAB/proftpd.pid" "ScoreboardFile $LAB/scoreboard" \
        'DelayEngine off' "ModulePath $folder/programs/usr/lib/proftpd" 'LoadModule mod_tls.c' 'TLSEngine on' \
        'TLSRequired off' "TLSRSACertificateFile $LAB/server.pem" "TLSRSACertificateKeyFile $LAB/server.pem" \
        'TLSOptions NoSessionReuseRequired' >"$LAB/proftpd.conf"
    spawn server proftpd -n -q -c "$LAB/proftpd.conf"
}

start_pure-ftpd() { spawn server pure-ftpd -l unix -A -E -H -Y 1 -2 "$LAB/server.pem" -g "$LAB/pure-ftpd.pid"; }

# play_CLIENT MODE HOST SECURITY: log in, list, get down.bin, put up.bin as $session.bin, quit.
play_lftp() {
    local passive=yes tls='ssl-force yes' protect=yes
    [ "$1" = passive ] || passive=no
    [ "$3" != clear ] || tls='ssl-allow no'
    [ "$3" = tls ] || protect=no
    # lftp joins its words to a line that it reads again, and quotes none that hold a line's end.
    on client lftp -u ${LOGIN/:/,} -e "set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 10; set ftp:use-mlsd yes; \
set ftp:passive-mode $passive; set ftp:$tls; set ftp:ssl-protect-data $protect; set ftp:ssl-protect-list $protect; set ssl:verify-certificate no; \
cls; get down.bin -o $LAB/got; put $LAB/up.bin -o $session.bin; bye" "$2"
}

play_curl() {
    local options=(-sS -m 10) url=ftp://$LOGIN@$2
    [ "$1" = passive ] || options+=(-P -)
    case $3 in
        tls) options+=(-k --ssl-reqd) ;;
        control) options+=(-k --ftp-ssl-control) ;;
        ccc) options+=(-k --ssl-reqd --ftp-ssl-ccc --ftp-ssl-ccc-mode active) ;;
    esac
    on client curl "${options[@]}" -l "$url/" --next "${options[@]}" -o "$LAB/got" "$url/down.bin" \
        --next "${options[@]}" -T "$LAB/up.bin" "$url/$session.bin"
}

play_tnftp() {
    local mode=-p
    [ "$1" = passive ] || mode=-A
    printf '%s\n' "user ${LOGIN/:/ }" ls "get down.bin $LAB/got" "put $LAB/up.bin $session.bin" quit |
        on client tnftp -n -i $mode "${2//[][]/}"
}

# session SERVER CLIENT MODE IP SECURITY: play it, record it, and note what it did.
session() {
    local session=$1-$2-$3-ipv$4-$5 host=$FTP reason row
    reason=$(cannot "$1" "$2" "$3" "$5")
    [ -z "$reason" ] || { echo "skipped $session: $reason"; return 0; }
    [ "$4" = 4 ] || host=[$FTP6]
    rm -f "$LAB/got"
    : >"$LAB/tcpdump.log"
    capture
    "play_$2" "$3" "$host" "$5" >"$LAB/session.log" 2>&1 || { echo "$session failed" >&2; return 1; }
    cmp "$LAB/got" "$LAB/alice/down.bin"
    cmp "$LAB/up.bin" "$LAB/alice/$session.bin"
    sleep 0.3                            # the last FINs
    kill -INT $TCPDUMP; wait $TCPDUMP; TCPDUMP=
    grep -q '^0 packets dropped by kernel' "$LAB/tcpdump.log" || { echo "packets were dropped" >&2; return 1; }
    mv "$LAB/input.pcap" "$folder/$session.pcap"
    for row in "list - -" "get down.bin $(stat -c %s "$LAB/got")" "put $session.bin $(stat -c %s "$LAB/up.bin")"; do
        echo "$session $row $3 $4 $5" | tr ' ' '\t' >>"$folder/made.tsv"
    done
}

# cannot SERVER CLIENT MODE SECURITY: says why, where such a session cannot be played.
cannot() {
    case $1-$2-$3-$4 in
        *-tnftp-*-tls) grep -aq 'AUTH TLS' "$(command -v tnftp)" || echo 'tnftp has no AUTH, which TLS begins with' ;;
        *-curl-active-tls) curl --version | sed -n 's/^\(curl 7\.8[78][.0-9]*\) .*/\1 begins no TLS on data connections that it accepts (its issue 10666)/p' ;;
        vsftpd-*-ccc) grep -aq CCC "$(command -v vsftpd)" || echo 'vsftpd has no CCC' ;;
    esac
}

trap 'rm -rf "$LAB"' EXIT
mkdir -p "$folder"
rm -f "$folder"/*.pcap "$folder"/*.ndjson "$folder"/*.tsv
servers
need lftp lftp; need curl curl; need tnftp tnftp
lab
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=server -keyout "$LAB/key.pem" -out "$LAB/cert.pem" 2>/dev/null
cat "$LAB/key.pem" "$LAB/cert.pem" >"$LAB/server.pem"
account
head -c 123457 /dev/urandom >"$LAB/alice/down.bin"
head -c 54321 /dev/urandom >"$LAB/up.bin"

for server in vsftpd proftpd pure-ftpd; do
    "start_$server"
    pid=$!
    wait_port server 21
    for mode in active passive; do
        for ip in 4 6; do
            for client in lftp curl tnftp; do
                for security in clear tls; do session $server $client $mode $ip $security; done
            done
            for client in lftp curl; do session $server $client $mode $ip control; done
        done
    done
    session $server curl passive 4 ccc
    kill $pid
    wait $pid || true
done
(close_lab 0)
trap - EXIT INT TERM
python3 "$root/live/truth.py" "$folder"
HOME=$user_home compare
