#!/usr/bin/env python3
"""rendezvous.py ADDRESS FOLDER: serves a folder's pages, and lets two pages find each other.

POST /NAME leaves a text under that name, GET /NAME?wait waits until there is one: enough to exchange
a session's description (RFC 8829). /done is one more name: who made the pages waits for it.
"""
import http.server
import os
import sys
import threading

texts, changed = {}, threading.Condition()


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        name, _, query = self.path[1:].partition("?")
        if query == "wait":
            with changed:
                changed.wait_for(lambda: name in texts, 30)
            self.answer(texts.get(name, b""), "text/plain")
        elif os.path.isfile(os.path.join(sys.argv[2], os.path.basename(name))):
            with open(os.path.join(sys.argv[2], os.path.basename(name)), "rb") as page:
                self.answer(page.read(), "text/html")
        else:
            self.send_error(404)

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        with changed:
            texts[self.path[1:]] = text
            changed.notify_all()
        self.answer(b"", "text/plain")

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer((sys.argv[1], 80), Page).serve_forever()
