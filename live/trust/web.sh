# Pages: what browsers do for the content that they run.

# Both browsers do the same.
pages() {
    local browser=$1 at=$2

    program $((at)) "$browser-fetch"
    page 80
    flow sandboxed $PAGE:80/data.json 'fetch, same origin, GET and POST'
    flow sandboxed $API:80/data.json 'fetch, CORS, simple GET'
    flow sandboxed $API:80/note 'fetch, CORS, simple POST'
    flow sandboxed $API:80/item 'fetch, CORS, PUT and its preflight'
    flow sandboxed $API:80/opaque 'fetch, no-cors'
    browse "$browser" 'http://page.example.net/page.html?fetch'

    program $((at + 1)) "$browser-xhr"
    page 80
    flow sandboxed $PAGE:80/data.json 'XMLHttpRequest, same origin'
    flow sandboxed $PAGE:80/form 'XMLHttpRequest, same origin, a form'
    flow sandboxed $API:80/data.json 'XMLHttpRequest, CORS, with preflight for a header'
    flow sandboxed $API:80/item 'XMLHttpRequest, CORS, DELETE and its preflight'
    browse "$browser" 'http://page.example.net/page.html?xhr'

    program $((at + 2)) "$browser-form"
    page 80
    flow sandboxed $API:80/form 'forms that a script submits to another site, text/plain and multipart'
    flow sandboxed $PAGE:80/form 'a form that a script submits, as a navigation'
    browse "$browser" 'http://page.example.net/page.html?form'

    program $((at + 3)) "$browser-parts"
    page 80
    flow either $API:80/picture.png 'a picture of another site'
    flow sandboxed $API:80/beacon 'sendBeacon'
    flow either $PAGE:80/worker.js "a worker's script"
    flow sandboxed $PAGE:80/data.json 'fetch by a worker'
    flow sandboxed $PAGE:80/events 'EventSource'
    flow sandboxed $API:80/events 'EventSource, CORS'
    browse "$browser" 'http://page.example.net/page.html?parts'

    program $((at + 4)) "$browser-websocket"
    page 80
    flow sandboxed $SOCKET:80 'WebSocket'
    flow sandboxed $SOCKET:8765 'WebSocket'
    flow sandboxed $SOCKET:4502 'WebSocket'
    flow sandboxed $SOCKET:4534 'WebSocket'
    flow sandboxed $SOCKET:8443 'WebSocket within TLS'
    flow sandboxed $SOCKET:4510 'WebSocket within TLS'
    browse "$browser" 'http://page.example.net/page.html?sockets'

    program $((at + 5)) "$browser-https"
    flow either $SECURE:443 'a page and what its script fetches, on one connection'
    flow sandboxed $SECURE_API:443 'fetch, CORS, HTTP/2 within TLS'
    flow sandboxed $SECURE_API:8443 'fetch, CORS, within TLS'
    flow sandboxed $SECURE_API:4502 'fetch, CORS, within TLS'
    browse "$browser" 'https://secure.example.net/page.html?https'

    program $((at + 6)) "$browser-range"
    page 4502
    flow sandboxed $API:4503 'fetch, CORS, with and without preflight'
    browse "$browser" 'http://page.example.net:4502/page.html?ranged'

    program $((at + 7)) "$browser-kept"
    flow either $PAGE:8080 'a page and what its script fetches, on one connection'
    flow sandboxed $API:80/data.json 'fetch, CORS, simple GET'
    flow sandboxed $API:80 'fetch, CORS'
    browse "$browser" 'http://page.example.net:8080/page.html?fetch'

    program $((at + 8)) "$browser-proxy"
    flow either $PROXY:3128/page.html 'a typed address'
    flow either? $PROXY:3128/page.js "the page's script, asked for by its markup"
    flow sandboxed $PROXY:3128/data.json 'fetch, same origin and CORS'
    flow sandboxed $PROXY:3128/note 'fetch, CORS, simple POST'
    flow sandboxed $PROXY:3128/item 'fetch, CORS, PUT and its preflight'
    flow sandboxed $PROXY:3128/opaque 'fetch, no-cors'
    flow sandboxed $PROXY:3128/done 'fetch, same origin'
    flow either? $PAGE:443 'looks for TLS first, past the proxy'
    flow either? $PROXY:3128 "opened ahead, unused, or the browser's own"
    "proxied_$browser"

    program $((at + 9)) "$browser-download"
    page 80
    flow either $PAGE:80/download 'a download, which a script chose'
    browse "$browser" 'http://page.example.net/page.html?download'
}

proxied_chromium() { proxy=--proxy-server=$PROXY:3128 browse chromium 'http://page.example.net/page.html?fetch'; }

proxied_firefox() {
    printf 'user_pref("network.proxy.%s", %s);\n' type 1 http "\"$PROXY\"" http_port 3128 >"$LAB/proxy.js"
    preferences=$LAB/proxy.js browse firefox 'http://page.example.net/page.html?fetch'
}

# rtc BROWSER: a data channel to a peer.
rtc() {
    page 80
    flow sandboxed $PAGE:80/signal 'fetch, same origin'
}

pages chromium 10
pages firefox 30

program 20 chromium-rtc-direct
rtc
flow sandboxed $TURN:3478 'STUN'
flow sandboxed $THIRD:* 'WebRTC: STUN, DTLS'
meet chromium direct

program 21 chromium-rtc-turn-udp
rtc
flow sandboxed $TURN:3478 'WebRTC within TURN over UDP'
meet chromium udp

program 22 chromium-rtc-turn-tcp
rtc
flow sandboxed $TURN:3478 'WebRTC within TURN over TCP'
meet chromium tcp

program 40 firefox-rtc-direct
rtc
flow sandboxed $TURN:3478 'STUN'
flow sandboxed $THIRD:* 'WebRTC: STUN, DTLS'
meet firefox firefox
