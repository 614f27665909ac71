# Programs that somebody installed and started.

program 70 curl
flow trusted $PAGE:80 HTTP
flow trusted $SECURE:443 'HTTP/2 within TLS'
flow trusted $PAGE:4502 "HTTP on a plugin's port"
flow trusted $PROXY:3128 'HTTP by a proxy, and CONNECT'
flow trusted $FTP:* 'FTP and its data'
flow trusted $MAIL:143 IMAP
flow trusted $MAIL:993 'IMAP within TLS'
run curl -sS http://page.example.net/data.json -o /dev/null
run curl -sS -d name=alice http://page.example.net/form -o /dev/null
run curl -sSk https://secure.example.net/data.json -o /dev/null
run curl -sS http://page.example.net:4502/data.json -o /dev/null
run curl -sS -x $PROXY:3128 http://page.example.net/data.json -o /dev/null
run curl -sSk -x $PROXY:3128 https://secure.example.net/data.json -o /dev/null
run curl -sS "ftp://$LOGIN@$FTP/readme.txt" -o /dev/null
run curl -sS -u $LOGIN imap://mail.example.net/INBOX -o /dev/null
run curl -sSk -u $LOGIN imaps://mail.example.net/INBOX -o /dev/null

program 71 wget
flow trusted $PAGE:80 HTTP
flow trusted $SECURE:443 'HTTP within TLS'
flow trusted $FTP:* 'FTP and its data'
run wget -q http://page.example.net/data.json -O /dev/null
run wget -q --no-check-certificate https://secure.example.net/data.json -O /dev/null
run wget -q "ftp://$LOGIN@$FTP/readme.txt" -O /dev/null

program 72 lftp
flow trusted $FTP:* 'FTP and its data, in the clear and within TLS'
flow trusted $PAGE:80 HTTP
for tls in 'ssl-allow no' 'ssl-force yes'; do
    run lftp -u "${LOGIN/:/,}" -e "set net:max-retries 1; set ftp:$tls; set ssl:verify-certificate no; cls; cat readme.txt; bye" $FTP
done
run lftp -e 'cat data.json; bye' http://page.example.net/

program 73 tnftp
flow trusted $FTP:* 'FTP and its data, passive and active'
flow trusted $PAGE:80 HTTP
for mode in -p -A; do
    printf '%s\n' "user ${LOGIN/:/ }" ls 'get readme.txt /dev/null' quit >"$LAB/script"
    run sh -c "tnftp -n -i $mode $FTP <$LAB/script"
done
run tnftp -o /dev/null http://page.example.net/data.json

program 74 inetutils-ftp
flow trusted $FTP:* 'FTP and its data'
run sh -c "inetutils-ftp -n -i $FTP <$LAB/script"

program 75 ncftp
flow trusted $FTP:* 'FTP and its data'
run ncftpget -u "${LOGIN%:*}" -p "${LOGIN#*:}" $FTP "$LAB" readme.txt

program 76 telnet
flow trusted $FTP:21 'FTP by hand'
flow trusted $MAIL:25 'SMTP by hand'
run sh -c "{ sleep 0.5; for line in 'USER alice' 'PASS sandbar' HELP QUIT; do echo \"\$line\"; sleep 0.3; done; } | telnet $FTP 21 || true"
run sh -c "{ sleep 0.5; for line in 'HELO client' QUIT; do echo \"\$line\"; sleep 0.3; done; } | telnet $MAIL 25 || true"

program 77 ssh
flow trusted $SSH:22 'ssh, scp, sftp'
flow trusted $SSH:4510 "ssh on a plugin's port"
options=(-F none -i "$LAB/id" -o StrictHostKeyChecking=no -o "UserKnownHostsFile=$LAB/known")
run ssh "${options[@]}" alice@$SSH cat readme.txt
run scp "${options[@]}" alice@$SSH:readme.txt /dev/null
run sh -c "echo 'ls' | sftp $(printf "'%s' " "${options[@]}") alice@$SSH"
run ssh "${options[@]}" -p 4510 alice@$SSH cat readme.txt

program 78 git
flow trusted $GIT:9418 'git://'
flow trusted $PAGE:80 'HTTP'
flow trusted $SECURE:443 'HTTP within TLS'
flow trusted $SSH:22 'ssh'
run git ls-remote git://git.example.net/repo.git
run git clone -q git://git.example.net/repo.git "$LAB/clone"
run git clone -q http://page.example.net/repo.git "$LAB/clone-http"
run git -c http.sslVerify=false ls-remote https://secure.example.net/repo.git
run env "GIT_SSH_COMMAND=ssh ${options[*]}" git ls-remote "alice@$SSH:../git/repo.git"

program 79 apt
flow trusted $PROXY:3128 'a package index and a package, by a proxy'
flow trusted $PAGE:80 'a package index and a package'
mkdir -p "$LAB"/apt/{lists/partial,archives/partial,etc/preferences.d,etc/apt.conf.d,etc/trusted.gpg.d}
: >"$LAB/apt/status"
echo 'deb [trusted=yes] http://page.example.net/apt ./' >"$LAB/apt/etc/sources.list"
apt=(-q -o "Dir::Etc=$LAB/apt/etc" -o "Dir::State=$LAB/apt" -o "Dir::State::status=$LAB/apt/status" -o "Dir::Cache=$LAB/apt" -o APT::Sandbox::User=root)
for by in "$PROXY:3128/" ''; do
    through=(-o "Acquire::http::Proxy=${by:+http://}${by:-DIRECT}")
    run apt-get "${apt[@]}" "${through[@]}" update
    run sh -c 'cd "$0" && exec apt-get "$@"' "$LAB/apt" "${apt[@]}" "${through[@]}" download lab
    rm -f "$LAB"/apt/*.deb
done

program 80 python
flow trusted $PAGE:80 'urllib, requests'
flow trusted $SECURE:443 'requests within TLS'
flow trusted $SOCKET:8765 'a WebSocket of a program, without and with an Origin'
run python3 -c "import urllib.request; urllib.request.urlopen('http://page.example.net/data.json').read()"
run /usr/bin/python3 -c "import requests; requests.get('http://page.example.net/data.json'); requests.post('http://page.example.net/form', json={})"
run /usr/bin/python3 -W ignore -c "import requests; requests.get('https://secure.example.net/data.json', verify=False)"
run /usr/bin/python3 "$parts/echo.py" ws://socket.example.net:8765/chat
run /usr/bin/python3 "$parts/echo.py" ws://socket.example.net:8765/chat http://page.example.net

program 81 java
flow trusted $PAGE:80 'HttpURLConnection, HttpClient'
run java -XX:TieredStopAtLevel=1 "$parts/Fetch.java" http://page.example.net/data.json

program 82 node
flow trusted $PAGE:80 fetch
flow trusted $SECURE:443 'fetch within TLS'
run node -e "fetch('http://page.example.net/data.json').then(answer => answer.text())"
run env NODE_TLS_REJECT_UNAUTHORIZED=0 node -e "fetch('https://secure.example.net/data.json').then(answer => answer.text())"

program 83 perl
flow trusted $PAGE:80 LWP
run lwp-request -m GET http://page.example.net/data.json

program 84 aria2
flow trusted $PAGE:80 HTTP
run aria2c -q -d "$LAB" -o aria2.out --allow-overwrite=true http://page.example.net/file.bin

program 85 text-browsers
flow trusted $PAGE:80 'w3m and lynx, which run no script'
run w3m -dump http://page.example.net/page.html
run lynx -dump http://page.example.net/page.html

program 86 rsync
flow trusted $WEB:873 'rsync, list and fetch'
run rsync rsync://$WEB/files/
run rsync rsync://$WEB/files/short.txt "$LAB/rsynced"

program 87 mail
flow trusted $MAIL:25 'SMTP of swaks, msmtp and curl'
flow trusted $MAIL:110 'POP3 of fetchmail'
flow trusted $MAIL:143 'IMAP of fetchmail'
flow trusted $MAIL:995 'POP3 within TLS of curl'
run swaks --to bob@example.org --from alice@example.net --server mail.example.net
run sh -c "echo 'Subject: a mail' | msmtp --host=mail.example.net --from=alice@example.net bob@example.org"
run curl -sS --mail-from alice@example.net --mail-rcpt bob@example.org -T "$LAB/alice/readme.txt" smtp://mail.example.net
for protocol in POP3 IMAP; do
    echo "poll mail.example.net protocol $protocol user alice password sandbar sslproto '' keep" >"$LAB/fetchmailrc"
    chmod 600 "$LAB/fetchmailrc"
    run sh -c "fetchmail -f $LAB/fetchmailrc --pidfile $LAB/fetchmail.pid --mda 'cat >/dev/null' || [ \$? = 1 ]"
done
run curl -sSk -u $LOGIN pop3s://mail.example.net/ -o /dev/null

program 88 dig
flow trusted $DNS:53 'DNS over UDP and TCP'
run dig @$DNS www.example.net
run dig +tcp @$DNS www.example.net

program 89 mqtt
flow trusted $WEB:1883 MQTT
run mosquitto_pub -h $WEB -t lab -m hello

program 90 openssl
flow trusted $SECURE:443 'TLS by hand'
run sh -c "echo 'GET /' | openssl s_client -quiet -connect $SECURE:443 -servername secure.example.net"

program 91 turnutils
flow trusted $TURN:3478 "STUN and TURN of coturn's own client"
flow either? $TURN:* 'the ports that it was given, and the one beside the usual'
run turnutils_stunclient $TURN
attempt turnutils_uclient -y -u alice -w sandbar -n 3 -m 1 $TURN || true
attempt turnutils_uclient -y -t -u alice -w sandbar -n 3 -m 1 $TURN || true

program 92 chromium-itself
page 80
browse chromium 'http://page.example.net/page.html?none'
