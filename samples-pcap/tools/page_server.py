"""Serves a page that does what pages do, and answers what it asks for: page_server.py PORT WEBSOCKET_PORT

fetch, XMLHttpRequest, a form posted as multipart, and a WebSocket to the same host."""
import http.server
import sys

PAGE = """<!doctype html><title>page</title>
<iframe name="sink"></iframe>
<form id="form" method="post" action="/form" enctype="multipart/form-data" target="sink"><input name="field" value="value"></form>
<script>
fetch("/fetched", {method: "POST", headers: {"X-Custom": "1", "Content-Type": "application/json"}, body: "{}"});
const request = new XMLHttpRequest();
request.open("GET", "/xhr");
request.send();
const socket = new WebSocket(`ws://${location.hostname}:%s/chat`);
socket.onopen = () => socket.send("hello, room");
socket.onmessage = () => socket.close(1000);
document.getElementById("form").submit();
</script>
"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        page = self.path == "/"
        body = (PAGE % sys.argv[2] if page else "thank you\n").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if page else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET


http.server.ThreadingHTTPServer(("", int(sys.argv[1])), Handler).serve_forever()
