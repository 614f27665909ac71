# The servers of trust.sh, all on the lab's host "server" but the proxy.

PAGE=198.51.100.81 API=198.51.100.82 SOCKET=198.51.100.83 SECURE=198.51.100.84 SECURE_API=198.51.100.85
GIT=198.51.100.94 TURN=198.51.100.78 EVIL=198.51.100.66 PROXY=192.168.1.1
GAME=$THIRD MDNS=224.0.0.251

install_all() {
    need chromium chromium; need firefox-esr firefox-esr; need certutil libnss3-tools; need openssl openssl; need javac default-jdk-headless
    need nginx nginx-light; need squid squid; need vsftpd vsftpd; need sshd openssh-server; need ssh openssh-client; need git git
    need turnserver coturn; need dovecot dovecot-core; need mosquitto mosquitto
    [ -e /usr/lib/dovecot/imap-login ] || need imap-login dovecot-imapd
    [ -e /usr/lib/dovecot/pop3-login ] || need pop3-login dovecot-pop3d
    need curl curl; need wget wget; need lftp lftp; need tnftp tnftp; need inetutils-ftp inetutils-ftp; need ncftp ncftp
    need dpkg-scanpackages dpkg-dev; need rsync rsync; need swaks swaks; need msmtp msmtp; need fetchmail fetchmail; need dig bind9-dnsutils
    need aria2c aria2; need w3m w3m; need lynx lynx; need lwp-request libwww-perl; need node nodejs; need mosquitto_pub mosquitto-clients
    need telnet inetutils-telnet
    /usr/bin/python3 -c 'import requests' 2>/dev/null || need python-requests python3-requests
    /usr/bin/python3 -c 'import websockets' 2>/dev/null || need python-websockets python3-websockets
}

# A certificate of an authority of our own, which Firefox can be told of.
certify() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=lab' -keyout "$LAB/ca.key" -out "$LAB/ca.pem" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj '/CN=secure.example.net' -keyout "$LAB/key.pem" -out "$LAB/request.pem" 2>/dev/null
    openssl x509 -req -in "$LAB/request.pem" -CA "$LAB/ca.pem" -CAkey "$LAB/ca.key" -days 30 -out "$LAB/certificate.pem" \
        -extfile <(echo 'subjectAltName=DNS:*.example.net') 2>/dev/null
    cat "$LAB/certificate.pem" "$LAB/key.pem" >"$LAB/server.pem"
}

names() {
    local etc
    for etc in /etc/netns/"$NS"-{client,third,router,server}; do
        printf '%s\n' '127.0.0.1 localhost' "$PAGE page.example.net" "$API api.example.net" \
            "$SECURE secure.example.net" "$SECURE_API secure-api.example.net" "$SOCKET socket.example.net" "$GIT git.example.net" "$TURN turn.example.net" \
            "$EVIL evil.example.net" "$MAIL mail.example.net" "$FTP ftp.example.net" "$WEB www.example.net" "127.0.1.1 $(hostname)" >"$etc/hosts"
        echo "nameserver $DNS" >"$etc/resolv.conf"
    done
}

# Each request on a connection of its own, so that each flow has one label, but on port 8080 and within TLS. What speaks TLS has
# addresses of its own: a browser that finds TLS at the usual port of a host does not try the page in the clear.
site() {
    local listen="keepalive_timeout 0; root $LAB/www; access_log $LAB/http.tsv truth; ssl_certificate $LAB/server.pem; \
        ssl_certificate_key $LAB/key.pem; default_type text/plain; \
        types { text/html html; application/javascript js; application/json json; text/xml xml; application/x-shockwave-flash swf; } \
        location ~ ^/(done|form|note|item|beacon|opaque|picture.png) { return 200 \"thank you\n\"; } \
        location /events/ { proxy_pass http://127.0.0.1:8001; proxy_buffering off; } \
        location /signal/ { proxy_pass http://127.0.0.1:8001; } \
        location /download/ { add_header Content-Disposition attachment; alias $LAB/www/; }"
    touch "$LAB/http.tsv"
    web_server 'log_format truth "$remote_addr\t$remote_port\t$server_addr\t$server_port\t$uri";' \
        "server { listen $PAGE:80; listen $PAGE:4502; $listen }" \
        "server { listen $PAGE:8080; listen $SECURE:443 ssl http2; listen $SECURE:8443 ssl; ${listen/timeout 0/timeout 60} }" \
        "server { listen $API:80; listen $API:4503; listen $SECURE_API:443 ssl http2; listen $SECURE_API:8443 ssl; \
            listen $SECURE_API:4502 ssl; $listen \
            add_header Access-Control-Allow-Origin * always; add_header Access-Control-Allow-Methods * always; \
            add_header Access-Control-Allow-Headers * always; if (\$request_method = OPTIONS) { return 204; } }"
    cp "$parts"/page.{html,js} "$LAB/www"
    echo "postMessage('ready'); fetch('/data.json?worker')" >"$LAB/www/worker.js"
    echo '{"answer": 42}' >"$LAB/www/data.json"
    head -c 20000 /dev/urandom >"$LAB/www/file.bin"
    printf 'FWS\12' >"$LAB/www/game.swf"
    echo '<cross-domain-policy><allow-access-from domain="*"/></cross-domain-policy>' >"$LAB/www/crossdomain.xml"
    echo '<access-policy><cross-domain-access><policy><allow-from><domain uri="*"/></allow-from><grant-to>
<socket-resource port="4502-4534" protocol="tcp"/></grant-to></policy></cross-domain-access></access-policy>' >"$LAB/www/clientaccesspolicy.xml"
    spawn server python3 "$parts/site.py" 8001
}

repositories() {
    local apt=$LAB/www/apt
    git init -q --bare "$LAB/git/repo.git"
    git init -q "$LAB/work"
    git -C "$LAB/work" -c user.name=Alice -c user.email=alice@example.net commit -q --allow-empty -m 'A commit'
    git -C "$LAB/work" push -q "$LAB/git/repo.git" HEAD:master
    git --git-dir="$LAB/git/repo.git" update-server-info
    cp -r "$LAB/git/repo.git" "$LAB/www/repo.git"
    chown -R 60000:60000 "$LAB/git"
    spawn server git -c safe.directory='*' daemon --listen=$GIT --base-path="$LAB/git" --export-all --reuseaddr
    mkdir -p "$apt" "$LAB/package/DEBIAN"
    printf '%s\n' 'Package: lab' 'Version: 1' 'Architecture: all' 'Maintainer: Alice <alice@example.net>' 'Description: a package' \
        >"$LAB/package/DEBIAN/control"
    dpkg-deb -b "$LAB/package" "$apt/lab_1_all.deb" >/dev/null
    (cd "$apt" && dpkg-scanpackages . 2>/dev/null >Packages)
}

shell_server() {
    ssh-keygen -q -t ed25519 -N '' -f "$LAB/host"
    ssh-keygen -q -t ed25519 -N '' -f "$LAB/id"
    # sshd insists on its directory below /run; a /run of its own leaves the machine's alone.
    spawn server bash -c 'mount -t tmpfs run /run && mkdir /run/sshd && exec "$0" "$@"' "$(command -v sshd)" -D -f /dev/null \
        -h "$LAB/host" -o "ListenAddress $SSH:22" -o "ListenAddress $SSH:4510" -o PidFile=none -o StrictModes=no \
        -o "AuthorizedKeysFile $LAB/id.pub" -o 'Subsystem sftp internal-sftp'
}

mailboxes() {
    mkdir -p "$LAB/dovecot" "$LAB/alice/mail/new" "$LAB/alice/mail/cur" "$LAB/alice/mail/tmp"
    printf '%s\n' 'From: bob@example.org' 'To: alice@example.net' 'Subject: a mail' '' 'Hello.' >"$LAB/alice/mail/new/1.mail"
    chown -R 60000:60000 "$LAB/alice"
    cat >"$LAB/dovecot.conf" <<CONF
base_dir = $LAB/dovecot
log_path = $LAB/dovecot.log
protocols = imap pop3
listen = $MAIL
ssl = yes
ssl_cert = <$LAB/server.pem
ssl_key = <$LAB/key.pem
disable_plaintext_auth = no
mail_location = maildir:$LAB/alice/mail
passdb {
  driver = static
  args = password=sandbar
}
userdb {
  driver = static
  args = uid=60000 gid=60000 home=$LAB/alice
}
CONF
    spawn server dovecot -F -c "$LAB/dovecot.conf"
    spawn server python3 "$TOOLS/smtp_server.py"
}

start_all() {
    local host
    for host in $PAGE $API $SOCKET $SECURE $SECURE_API $GIT $TURN $EVIL; do address server web $host 198.51.100.1 24; done
    names
    certify
    spawn server python3 "$TOOLS/dns_responder.py" www.example.net=$WEB
    site
    ftp_server ssl_enable=YES force_local_logins_ssl=NO force_local_data_ssl=NO rsa_cert_file="$LAB/server.pem" require_ssl_reuse=NO \
        ssl_ciphers=HIGH listen_address=$FTP
    repositories
    shell_server
    mailboxes
    proxy
    spawn server /usr/bin/python3 "$parts/echo.py" server $SOCKET "$LAB/server.pem" 80 8765 4502 4534 TLS:8443 TLS:4510
    spawn server turnserver -n --log-file="$LAB/turn.log" --simple-log --lt-cred-mech --user=alice:sandbar --realm=lab --listening-ip=$TURN --relay-ip=$TURN \
        --no-tls --no-dtls --no-cli --min-port=49152 --max-port=49999 --allow-loopback-peers --db="$LAB/turn.db" --pidfile="$LAB/turn.pid"
    spawn third python3 "$TOOLS/plugin_server.py" 843 943 4502 4505 4510 4520 4530
    spawn server python3 "$parts/evil.py" $EVIL 21 22 80 843 2122 2124 4502 4510 4512 4513 greet:2121 greet:2123 greet:4511 greet:4520 \
        bold:2126 bold:2127 bold:4514 after:2125 narrow:2128
    printf '%s\n' "pid file = $LAB/rsyncd.pid" 'use chroot = no' '[files]' "path = $LAB/public" >"$LAB/rsyncd.conf"
    spawn server rsync --daemon --no-detach --address=$WEB --config="$LAB/rsyncd.conf"
    printf '%s\n' "listener 1883 $WEB" 'allow_anonymous true' >"$LAB/mosquitto.conf"
    spawn server mosquitto -c "$LAB/mosquitto.conf"
    for host in 9418 22 143 110 25 8765 3478 2121 873 1883 53 8001; do wait_port server $host; done
    wait_port third 843
}

# Its log has the fields that nginx writes: so flows to the proxy tell their URLs too. No connection has two requests.
proxy() {
    install -d -o proxy "$LAB/squid"
    printf '%s\n' "http_port $PROXY:3128" 'http_access allow all' 'cache deny all' "pid_filename $LAB/squid/pid" "cache_log $LAB/squid/log" \
        $'logformat truth %>a\t%>p\t%>la\t%>lp\t%rp' "access_log daemon:$LAB/squid/http.tsv truth" 'pinger_enable off' 'visible_hostname proxy' \
        'buffered_logs off' 'client_persistent_connections off' 'cache_effective_user proxy' 'shutdown_lifetime 0 seconds' >"$LAB/squid.conf"
    spawn router squid -N -f "$LAB/squid.conf"
    wait_port router 3128
}
