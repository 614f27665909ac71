# Content that would like to be taken for a program: no flow of it may be called trusted.

for browser in chromium firefox; do
    [ $browser = chromium ] && at=110 || at=120
    program $at forged-agent-$browser
    page 80
    flow sandboxed $PAGE:80/data.json "fetch and XMLHttpRequest with a program's User-Agent"
    flow sandboxed $API:80 "fetch, CORS, with a program's User-Agent"
    browse $browser 'http://page.example.net/page.html?forged_agent'

    program $((at + 1)) forged-ftp-$browser
    page 80
    flow sandboxed $EVIL:* 'forms, and fetch with methods and bodies, that read as an FTP login'
    browse $browser 'http://page.example.net/page.html?forged_ftp'

    program $((at + 2)) forged-turn-$browser
    page 80
    flow sandboxed $EVIL:* 'TURN over TCP, with a nonce that reads as an FTP login'
    browse $browser 'http://page.example.net/page.html?forged_turn'

    program $((at + 3)) forged-websocket-$browser
    page 80
    flow sandboxed $EVIL:* 'WebSockets whose path and server speak FTP'
    browse $browser 'http://page.example.net/page.html?forged_socket'

    program $((at + 4)) forged-line-$browser
    page 80
    flow sandboxed $EVIL:2128 'fetch with the method PASS, of which the server lets in one line, and says 230'
    browse $browser 'http://page.example.net/page.html?forged_line'
done

program 130 forged-plugin-ftp
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:21 'an FTP login by plugin code, whose policy lets it'
flow sandboxed $EVIL:4502 'an FTP login by plugin code'
send $EVIL 843 "$flash_policy"
send $EVIL 21 "${login[@]}"
send $EVIL 4502 "${login[@]}"

program 131 forged-plugin-ftp-no-policy
flow sandboxed $EVIL:4502 'an FTP login by plugin code, its policy asked for before the capture began'
flow sandboxed $EVIL:4520 'the same at a server that greets'
send $EVIL 4502 "${login[@]}"
send $EVIL 4520 "${login[@]}"

program 132 forged-plugin-http
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:80 "HTTP by plugin code with a program's name, whose policy lets it"
flow sandboxed $EVIL:4502 "HTTP by plugin code with a program's name"
send $EVIL 843 "$flash_policy"
send $EVIL 80 "$curl_head"
send $EVIL 4502 "$curl_head"

program 133 forged-plugin-http-no-policy
flow sandboxed $EVIL:4502 "HTTP by plugin code with a program's name, its policy asked for before the capture began"
send $EVIL 4502 "$curl_head"

program 134 forged-plugin-ssh
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:22 "ssh's banner by plugin code, whose policy lets it"
flow sandboxed $EVIL:4502 "ssh's banner by plugin code"
send $EVIL 843 "$flash_policy"
send $EVIL 22 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'
send $EVIL 4502 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n'

program 135 forged-plugin-mixed
flow sandboxed $EVIL:4502 "a program's HTTP, then an FTP login, by plugin code on one connection"
send $EVIL 4502 "$curl_head" "${login[@]}"

program 136 forged-plugin-connect
flow sandboxed $EVIL:4502 "a program's CONNECT, then an FTP login inside, by plugin code on one connection"
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:4510 'the same behind a policy'
connect='CONNECT ftp.example.net:21 HTTP/1.1\r\nHost: ftp.example.net:21\r\nUser-Agent: curl/7.88.1\r\n\r\n'
send $EVIL 4502 "$connect" "${login[@]:1}"
send $EVIL 843 "$flash_policy"
send $EVIL 4510 "$connect" "${login[@]:1}"

program 137 forged-applet
flow sandboxed? $EVIL:80 "an applet's archive, then its HTTP with a program's name"
flow sandboxed $EVIL:21 "an FTP login by an applet, which may use any port of its own server"
send $EVIL 80 'GET /applet.jar HTTP/1.1\r\nHost: evil.example.net\r\nUser-Agent: Mozilla/4.0 (Windows 7 6.1) Java/1.7.0_51\r\n\r\n'
send $EVIL 80 "$curl_head"
send $EVIL 21 "${login[@]:1}"

program 138 forged-plugin-ftp-after-policy-over-http
flow sandboxed $PAGE:80 'a policy over HTTP'
flow sandboxed $EVIL:4502 'an FTP login by plugin code at a server whose name is not that of the page'
send $PAGE 80 'GET /clientaccesspolicy.xml HTTP/1.1\r\nHost: page.example.net\r\n\r\n'
send $EVIL 4502 "${login[@]:1}" 'PASV\r\n' 'LIST\r\n'
