# Plugins, which are gone: a client to the bytes of their documents.

send() { run python3 "$TOOLS/send.py" "$@"; }
plugin() { run python3 "$TOOLS/plugin_client.py" "$@"; }
login=('' 'USER alice\r\n' 'PASS sandbar\r\n' 'SYST\r\n' 'FEAT\r\n' 'TYPE I\r\n' 'PWD\r\n' 'QUIT\r\n')
curl_head='GET / HTTP/1.1\r\nHost: www.example.net\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n'
flash_policy='<policy-file-request/>\0'

program 50 silverlight
flow sandboxed $GAME:943 'a policy'
flow sandboxed $GAME:4502 "a plugin's socket"
plugin $GAME 4502 --policy 943

program 51 flash
flow sandboxed $GAME:843 'a policy'
flow sandboxed $GAME:4510 "a plugin's socket"
plugin $GAME 4510 --policy 843 --nul

program 52 flash-same-port
flow sandboxed $GAME:4530 "a policy, then a plugin's socket"
plugin $GAME 4530 --policy 4530 --nul

program 53 unity
flow sandboxed $GAME:843 'a policy'
flow sandboxed $GAME:4520 "a plugin's socket"
plugin $GAME 4520 --policy 843 --nul

program 54 silverlight-no-policy
flow sandboxed $GAME:4505 "a plugin's socket: its policy was asked for before the capture began"
plugin $GAME 4505

program 55 silverlight-http-policy
flow sandboxed $PAGE:80/clientaccesspolicy.xml 'a policy over HTTP'
flow sandboxed $PAGE:4502 "a plugin's socket, which speaks HTTP"
send $PAGE 80 'GET /clientaccesspolicy.xml HTTP/1.1\r\nHost: page.example.net\r\nUser-Agent: Mozilla/4.0 (compatible; MSIE 8.0)\r\nReferer: http://page.example.net/game.xap\r\n\r\n'
send $PAGE 4502 'GET /data.json HTTP/1.1\r\nHost: page.example.net\r\n\r\n'

program 56 silverlight-multicast
flow sandboxed $GAME:9430 'a multicast policy, which nobody answers'
run python3 -c "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'<policy-file-request/>', ('$GAME', 9430))"

program 57 silverlight-irc
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:4513 'IRC by plugin code'
send $EVIL 843 "$flash_policy"
send $EVIL 4513 'NICK alice\r\nUSER alice 0 * :Alice\r\n' 'JOIN #lab\r\n'

program 58 flash-http
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $EVIL:4510 "HTTP by plugin code, with a program's name"
send $EVIL 843 "$flash_policy"
send $EVIL 4510 "$curl_head"

program 59 flash-tls
flow sandboxed $EVIL:843 'a policy'
flow sandboxed $SECURE_API:4502 'TLS by plugin code'
send $EVIL 843 "$flash_policy"
attempt timeout 2 openssl s_client -connect $SECURE_API:4502 || true

program 60 plugin-pages
flow sandboxed $PAGE:80/crossdomain.xml 'a policy over HTTP'
flow sandboxed $PAGE:80/data.json 'a request of Flash'
flow either $PAGE:80/game.swf "a browser fetches a plugin's program"
ask() { send $PAGE 80 "GET $1 HTTP/1.1\r\nHost: page.example.net\r\nUser-Agent: Mozilla/5.0 (Windows NT 6.1)\r\n$2\r\n"; }
ask /game.swf ''
ask /crossdomain.xml 'Referer: http://page.example.net/game.swf\r\n'
ask /data.json 'Referer: http://page.example.net/game.swf\r\nx-flash-version: 10,0,22,87\r\n'
