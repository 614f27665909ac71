# Shared part of every make.sh: a small lab of four network namespaces.
#
#   client 192.168.1.5 --lan-- router --web-- server 198.51.100.{21,22,25,45,53,60,80}
#   2001:db8:1::5                 |           2001:db8:2::21
#                                far
#                                 |
#                          third 203.0.113.9
#
# A make.sh sources this file, calls `lab`, starts its servers, calls `capture`
# and talks. The capture is checked and put in place when the script ends well.
# Nothing leaves the namespaces: the router has no way out.

set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "network namespaces need root" >&2; exit 1; }

HERE=$(cd "$(dirname "$0")" && pwd)
TOOLS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/tools
OUT=$(realpath -m "${1:-$HERE/input.pcap}")

FTP=198.51.100.21 FTP6=2001:db8:2::21
SSH=198.51.100.22 MAIL=198.51.100.25 PLUGIN=198.51.100.45 DNS=198.51.100.53 SIP=198.51.100.60 WEB=198.51.100.80
THIRD=203.0.113.9
LOGIN=alice:sandbar

NS=sandbar$$
LAB=$(mktemp -d)
chmod 755 "$LAB"               # servers drop root and must still read below it
export HOME=$LAB LC_ALL=C PYTHONDONTWRITEBYTECODE=1   # no user's .netrc, .curlrc or locale may shape a capture
unset http_proxy https_proxy ftp_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY
TCPDUMP=

# need PROGRAM PACKAGE: install only what is missing.
need() {
    command -v "$1" >/dev/null && return
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$2" >"$LAB/apt.log" 2>&1 ||
        { cat "$LAB/apt.log" >&2; exit 1; }
}

# beside PROGRAM PACKAGE...: like need, for FTP servers. Debian installs only one of them, so another
# is unpacked for this run alone, with what it cannot do without.
beside() {
    command -v "$1" >/dev/null && return
    mkdir "$LAB/beside"
    (cd "$LAB/beside" && apt-get download "${@:2}" && for deb in *.deb; do dpkg -x "$deb" .; done) >"$LAB/apt.log" 2>&1 ||
        { cat "$LAB/apt.log" >&2; exit 1; }
    PATH=$LAB/beside/usr/sbin:$PATH
    export LD_LIBRARY_PATH=$LAB/beside/usr/lib/$(uname -m)-linux-gnu
}

# on HOST COMMAND...: run on client, router, server or third and wait for it.
on() { ip netns exec "$NS-$1" "${@:2}"; }

# spawn HOST COMMAND...: run in the background until the lab ends.
spawn() { ip netns exec "$NS-$1" "${@:2}" >>"$LAB/$1.log" 2>&1 </dev/null & }

# wait_port HOST PORT: until something listens there.
wait_port() {
    for _ in $(seq 100); do
        [ -z "$(on "$1" ss -Hlntu "sport = :$2")" ] || return 0
        sleep 0.1
    done
    echo "nothing listens on $1 port $2" >&2
    return 1
}

# join HOST LEG NUMBER: a wire from the host to the router, with the same hardware addresses at every run.
join() {
    ip link add "$2" netns "$NS-router" address "02:00:00:00:0$3:01" type veth \
        peer name eth0 netns "$NS-$1" address "02:00:00:00:0$3:02"
    on router ip link set "$2" up
    on "$1" ip link set eth0 up
}

# address HOST LEG ADDRESS GATEWAY BITS
address() {
    on "$1" ip address replace "$3/$5" dev eth0
    on router ip address replace "$4/$5" dev "$2"
    on "$1" ip route replace default via "$4"
}

# lab [offload]: build the network. Offloads are off unless asked for, so that
# the packets seen are the packets a wire would carry, with right checksums.
lab() {
    need ip iproute2; need tcpdump tcpdump; need tshark tshark; need ethtool ethtool; need python3 python3
    trap 'close_lab $?' EXIT
    trap 'exit 1' INT TERM
    local host leg
    for host in client router server third; do
        ip netns add "$NS-$host"
        mkdir -p "/etc/netns/$NS-$host"      # what lies there covers /etc inside the namespace
        # Neighbour chatter of a fresh IPv6 interface says nothing about the case.
        on "$host" sysctl -qw net.ipv6.conf.default.router_solicitations=0 net.ipv6.conf.default.accept_dad=0
        on "$host" ip link set lo up
    done
    on router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    join client lan 1; join server web 2; join third far 3
    address client lan 192.168.1.5 192.168.1.1 24
    address client lan 2001:db8:1::5 2001:db8:1::1 64
    for host in $FTP $SSH $MAIL $PLUGIN $DNS $SIP $WEB; do address server web $host 198.51.100.1 24; done
    address server web $FTP6 2001:db8:2::1 64
    address third far $THIRD 203.0.113.1 24
    [ "${1:-}" = offload ] && return
    for leg in lan web far; do on router ethtool -K $leg rx off tx off tso off gso off gro off >/dev/null; done
    for host in client server third; do on $host ethtool -K eth0 rx off tx off tso off gso off gro off >/dev/null; done
}

# mirror: a port `span` of the router that sees once whatever comes in on any leg.
mirror() {
    local leg
    on router ip link add span type veth peer name span-end
    on router ip link set span up
    on router ip link set span-end up
    for leg in lan web far; do
        on router tc qdisc add dev $leg clsact
        on router tc filter add dev $leg ingress protocol all u32 match u32 0 0 action mirred egress mirror dev span
    done
}

# capture [LEG]: record one leg of the router, from now to the end of the script.
capture() {
    ip netns exec "$NS-router" tcpdump -i "${1:-lan}" -s 0 -U --immediate-mode -Z root \
        -w "$LAB/input.pcap" 2>"$LAB/tcpdump.log" &
    TCPDUMP=$!
    until grep -q 'listening on' "$LAB/tcpdump.log"; do kill -0 $TCPDUMP; sleep 0.1; done
}

# A capture with a hole, or one that starts in mid-connection, would teach wrong things.
check() {
    local f=$LAB/input.pcap bad
    grep -q '^0 packets dropped by kernel' "$LAB/tcpdump.log" || { echo "packets were dropped" >&2; return 1; }
    bad=$(tshark -r "$f" -Y 'tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment' 2>/dev/null)
    [ -z "$bad" ] || { echo "packets are missing: $bad" >&2; return 1; }
    bad=$(tshark -r "$f" -Y tcp -T fields -e tcp.stream -e tcp.flags.syn 2>/dev/null |
        awk '!($1 in seen) { seen[$1] = 1; if ($2 != 1) print $1 }')
    [ -z "$bad" ] || { echo "streams without a SYN: $bad" >&2; return 1; }
    [ "$(stat -c %s "$f")" -lt 300000 ] || { echo "too large" >&2; return 1; }
}

close_lab() {
    local status=$1 host
    trap - EXIT
    set +e
    if [ -n "$TCPDUMP" ]; then
        sleep 0.7                            # the last FINs are still on their way
        kill -INT $TCPDUMP; wait $TCPDUMP
        [ "$status" != 0 ] || check || status=1
        [ "$status" != 0 ] || { install -m 644 "$LAB/input.pcap" "$OUT"; echo "$OUT"; }
    fi
    [ "$status" = 0 ] || tail -n 20 "$LAB"/*.log >&2
    for host in client router server third; do
        ip netns pids "$NS-$host" 2>/dev/null | xargs -r kill 2>/dev/null
    done
    wait 2>/dev/null
    for host in client router server third; do
        ip netns del "$NS-$host" 2>/dev/null
        rm -rf "/etc/netns/$NS-$host"
    done
    rmdir /etc/netns 2>/dev/null
    rm -rf "$LAB"
    exit "$status"
}

# account: the user alice, password sandbar, and ftp, who owns what guests may do; not known outside.
account() {
    local etc
    need openssl openssl
    mkdir -p "$LAB/alice" "$LAB/public"
    seq -f 'line %04.0f of a small text' 1 100 >"$LAB/alice/readme.txt"
    head -c 100000 < <(seq -f 'line %06.0f of a larger text' 1 5000) >"$LAB/public/large.txt" || true
    echo 'a short text' >"$LAB/public/short.txt"
    chown -R 60000:60000 "$LAB/alice"
    for etc in /etc/netns/"$NS"-{server,third}; do
        grep -v '^ftp:' /etc/passwd >"$etc/passwd"
        echo "alice:x:60000:60000::$LAB/alice:/bin/sh" >>"$etc/passwd"
        echo "ftp:x:60001:60001::$LAB/public:/bin/sh" >>"$etc/passwd"
        echo "alice:$(openssl passwd -6 sandbar):19000:0:99999:7:::" >"$etc/shadow"
    done
}

# ftp_server [OPTION=VALUE...]: vsftpd for alice and for anonymous guests.
ftp_server() {
    need vsftpd vsftpd
    account
    mkdir "$LAB/empty"
    printf '%s\n' listen=YES listen_ipv6=NO background=NO listen_port=21 \
        local_enable=YES chroot_local_user=YES allow_writeable_chroot=YES write_enable=YES anonymous_enable=YES anon_root="$LAB/public" \
        connect_from_port_20=YES pasv_min_port=50000 pasv_max_port=50999 \
        secure_chroot_dir="$LAB/empty" vsftpd_log_file="$LAB/vsftpd.log" xferlog_enable=YES \
        seccomp_sandbox=NO "$@" >"$LAB/vsftpd.conf"
    spawn server vsftpd "$LAB/vsftpd.conf"
    wait_port server "$(sed -n 's/^listen_port=//p' "$LAB/vsftpd.conf" | tail -1)"
}

# proftpd_server [LINE...]: ProFTPD for alice and for anonymous guests, with these lines of configuration as well.
proftpd_server() {
    beside proftpd proftpd-core proftpd-mod-crypto libhiredis0.14 libmemcached11 libmemcachedutil2 libpcre2-posix3
    account
    local program
    program=$(command -v proftpd)
    printf '%s\n' "ModulePath ${program%/sbin/proftpd}/lib/proftpd" "$@" >"$LAB/proftpd.conf"
    cat >>"$LAB/proftpd.conf" <<END
ServerIdent on "ProFTPD ready"
UseIPv6 off
User ftp
Group nogroup
AuthPAM off
WtmpLog off
TransferLog none
SystemLog $LAB/proftpd.log
PidFile $LAB/proftpd.pid
ScoreboardFile $LAB/proftpd.scoreboard
DelayEngine off
DefaultRoot ~
PassivePorts 50000 50999
<Anonymous $LAB/public>
    User ftp
    Group nogroup
    UserAlias anonymous ftp
    RequireValidShell off
</Anonymous>
END
    spawn server "$program" -n -q -c "$LAB/proftpd.conf"
    wait_port server 21
}

# inetutils_server: the ftpd of GNU inetutils, for anonymous guests.
inetutils_server() {
    beside ftpd inetutils-ftpd libwrap0
    account
    printf '%s\n' '192.168.1.5 client' "$FTP ftp.example.net" >"/etc/netns/$NS-server/hosts"   # it asks DNS otherwise
    spawn server unshare --uts sh -c 'hostname ftp.example.net && exec ftpd -D -4 -A'
    wait_port server 21
}

# certificate [NAME]: one of our own, for the FTP server unless named, with its key in the same file.
certificate() {
    need openssl openssl
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=${1:-ftp.example.net}" \
        -keyout "$LAB/key.pem" -out "$LAB/certificate.pem" 2>/dev/null
    cat "$LAB/key.pem" >>"$LAB/certificate.pem"
}

# web_server [LINE...]: nginx with a static page, one it sends in chunks and a form target, and with these lines of
# configuration as well.
web_server() {
    need nginx nginx-light
    mkdir "$LAB/www" "$LAB/tmp"
    { echo '<html><body><pre>'; seq -f 'line %04.0f of a small page' 1 100; echo '</pre></body></html>'; } >"$LAB/www/index.html"
    cp "$LAB/www/index.html" "$LAB/www/chunked.html"
    cat >"$LAB/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $LAB/nginx.pid;
error_log $LAB/nginx-error.log;
events {}
http {
    types { text/html html; }
    access_log off;
    client_body_temp_path $LAB/tmp; proxy_temp_path $LAB/tmp; fastcgi_temp_path $LAB/tmp;
    uwsgi_temp_path $LAB/tmp; scgi_temp_path $LAB/tmp;
    gzip on;
    server {
        listen $WEB:80 default_server;
        root $LAB/www;
        location = /chunked.html { ssi on; }
        # Behind a proxy_pass, so that the body is read before the answer is sent.
        location = /form { proxy_pass http://127.0.0.1:8000; }
    }
    server {
        listen 127.0.0.1:8000;
        location / { return 200 "thank you\n"; }
    }
$(printf '    %s\n' "$@")
}
END
    spawn server nginx -e "$LAB/nginx-error.log" -c "$LAB/nginx.conf"
    wait_port server 80
}

# tls_server NAME: the page by HTTPS as well, under this name, which the client knows without DNS.
tls_server() {
    certificate "$1"
    echo "$WEB $1" >"/etc/netns/$NS-client/hosts"
    web_server 'server {' "    listen $WEB:443 ssl http2;" "    ssl_certificate $LAB/certificate.pem;" \
        "    ssl_certificate_key $LAB/key.pem;" "    root $LAB/www;" '}'
    wait_port server 443
}

# squid_proxy: Squid on the router, 3128 for clients that know of it and 3129 for connections that it intercepts.
squid_proxy() {
    need squid squid
    install -d -o proxy "$LAB/squid"         # it drops root before it opens its files
    cat >"$LAB/squid.conf" <<END
http_port 192.168.1.1:3128
http_port 192.168.1.1:3129 intercept
http_access allow all
cache deny all
pid_filename $LAB/squid/pid
cache_log $LAB/squid/log
access_log none
pinger_enable off
cache_effective_user proxy
shutdown_lifetime 0 seconds
END
    spawn router squid -N -f "$LAB/squid.conf"
    wait_port router 3128
}

# plugin_server [--policy FILE] PORT...: answers policy requests and binary messages on every port.
plugin_server() {
    spawn server python3 "$TOOLS/plugin_server.py" "$@"
    local word
    for word; do case $word in [0-9]*) wait_port server "$word" ;; esac; done
}

# plugin_client ARGUMENT...: see tools/plugin_client.py
plugin_client() { on client python3 "$TOOLS/plugin_client.py" "$@"; }

# plugin_policy PORT: the client asks for Silverlight's policy, and nothing else.
plugin_policy() { on client bash -c "exec 3<>/dev/tcp/$PLUGIN/$1; printf '<policy-file-request/>' >&3; cat <&3" >"$LAB/policy"; }

# scripted_server [VERB=REPLY...]: see tools/ftp_server.py
scripted_server() { spawn server python3 "$TOOLS/ftp_server.py" "$@"; wait_port server 21; }

# ftp_say LINE...: talk to the FTP server by hand; guest_say logs in first.
ftp_say() { on client python3 "$TOOLS/ftp_say.py" $FTP "$@"; }
guest_say() { ftp_say 'USER anonymous' 'PASS guest@example.net' "$@"; }

# peers: pages that find each other under http://$WEB/webrtc.html; see tools/webrtc.html.
peers() {
    need chromium chromium
    mkdir "$LAB/pages"
    cp "$TOOLS/webrtc.html" "$LAB/pages"
    spawn server python3 "$TOOLS/rendezvous.py" $WEB "$LAB/pages"
    wait_port server 80
}

# browse HOST QUERY: Chromium opens that page there, until the lab ends. The page's host candidates are addresses
# instead of multicast names, which no router forwards; everything else is as it is at home.
browse() {
    spawn "$1" chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
        --disable-features=OptimizationHints,MediaRouter,Translate,DnsOverHttps,WebRtcHideLocalIpsWithMdns --no-proxy-server \
        --host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE $WEB" --use-fake-ui-for-media-stream --use-fake-device-for-media-stream \
        --unsafely-treat-insecure-origin-as-secure=http://$WEB \
        --remote-debugging-port=0 --user-data-dir="$LAB/profile-$1" "http://$WEB/webrtc.html?$2"
}

# until_done: until the pages have said so.
until_done() {
    local said
    said=$(on server python3 -c "import urllib.request as r; print(r.urlopen('http://$WEB/done?wait').read().decode())")
    [ "$said" = 'hello, page' ] || { echo "the pages said: $said" >&2; return 1; }
}

# turn_server PORT [OPTION...]: coturn on the web server's address, for alice unless it is told whom it is for.
turn_server() {
    need turnserver coturn
    local port=$1
    [ $# -gt 1 ] || set -- "$1" --lt-cred-mech --user=$LOGIN
    spawn server turnserver -n --listening-ip=$WEB --relay-ip=$WEB --listening-port="$port" --no-tls --no-dtls --no-cli \
        --realm=example.net --min-port=49160 --max-port=49200 --no-multicast-peers \
        --log-file="$LAB/turn.log" --simple-log --pidfile="$LAB/turn.pid" --userdb="$LAB/turn.db" "${@:2}"
    wait_port server "$port"
}

# registrar: Kamailio, who knows alice by her password, over UDP and TCP.
registrar() {
    need kamailio kamailio
    cat >"$LAB/kamailio.cfg" <<EOF
#!KAMAILIO
children=1
tcp_children=1
dns=no
listen=udp:$SIP:5060
listen=tcp:$SIP:5060
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "auth.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
request_route {
    if (method != "REGISTER") { sl_send_reply("404", "Not Found"); exit; }
    if (!pv_www_authenticate("$SIP", "${LOGIN#*:}", "0")) { www_challenge("$SIP", "0"); exit; }
    save("location");
}
EOF
    spawn server kamailio -DD -E -f "$LAB/kamailio.cfg" -Y "$LAB" -P "$LAB/kamailio.pid"
    wait_port server 5060
}

# phone HOST ADDRESS ACCOUNT COMMAND SECONDS: baresip on a host for so long, with an account and a first command.
phone() {
    need baresip baresip-core
    local folder=$LAB/phone-$1
    mkdir -p "$folder"
    echo "$3" >"$folder/accounts"
    touch "$folder/contacts"
    printf '%s\n' "sip_listen $2:5060" "module_path /usr/lib/baresip/modules" "audio_source aubridge,tone" "audio_player aubridge,tone" \
        "module g711.so" "module aubridge.so" "module_tmp uuid.so" "module_tmp account.so" "module_app menu.so" >"$folder/config"
    on "$1" baresip -f "$folder" -t "$5" -e "$4" >>"$LAB/$1.log" 2>&1 </dev/null
}

# browse_firefox HOST QUERY: the same with Firefox.
browse_firefox() {
    need firefox-esr firefox-esr
    mkdir "$LAB/firefox"
    printf 'user_pref("%s", %s);\n' media.peerconnection.ice.obfuscate_host_addresses false \
        network.captive-portal-service.enabled false network.connectivity-service.enabled false \
        app.normandy.enabled false app.update.enabled false browser.region.update.enabled false \
        browser.safebrowsing.malware.enabled false browser.safebrowsing.phishing.enabled false \
        browser.shell.checkDefaultBrowser false browser.newtabpage.enabled false \
        datareporting.policy.dataSubmissionEnabled false datareporting.healthreport.uploadEnabled false \
        dom.push.connection.enabled false extensions.getAddons.cache.enabled false extensions.update.enabled false \
        network.trr.mode 5 network.dns.disablePrefetch true services.settings.server '"http://127.0.0.1:9"' \
        media.gmp-manager.url '"http://127.0.0.1:9"' toolkit.telemetry.enabled false >"$LAB/firefox/user.js"
    echo 'nameserver 127.0.0.1' >"/etc/netns/$NS-$1/resolv.conf"
    spawn "$1" firefox-esr --headless --no-remote --profile "$LAB/firefox" "http://$WEB/webrtc.html?$2"
}

# irc_server: ngIRCd on the web server's address.
irc_server() {
    need ngircd ngircd
    printf '%s\n' '[Global]' 'Name = irc.example.net' 'Info = A lab' "Listen = $WEB" 'Ports = 6667' 'ServerUID = nobody' \
        'ServerGID = nogroup' 'MotdPhrase = Hello' '[Options]' 'DNS = no' 'Ident = no' 'PAM = no' 'MorePrivacy = no' \
        '[Channel]' 'Name = #lab' >"$LAB/ngircd.conf"
    spawn server ngircd -n -f "$LAB/ngircd.conf"
    wait_port server 6667
}

# chat HOST NICK COMMAND...: WeeChat joins the IRC server there and obeys, until the lab ends.
chat() {
    need weechat-headless weechat-headless
    local folder=$LAB/weechat-$2
    mkdir -p "$folder/got"
    spawn "$1" weechat-headless -d "$folder" -r "/set irc.look.send_unknown_commands on" -r "/set xfer.file.auto_accept_files on" \
        -r "/set xfer.file.auto_accept_nicks lab.alice" -r "/set xfer.file.download_path $folder/got" \
        -r "/set xfer.network.timeout 20" -r "/server add lab $WEB/6667 -notls -nicks=$2 -username=$2 -realname=$2" \
        -r "/connect lab" "${@:3}"
}
