"""What nginx cannot do for the pages of trust.sh: site.py PORT

/events/N sends N server-sent events and ends. /signal/NAME keeps what is posted there for who asks, and lets who asks first
wait: so two WebRTC peers find each other."""
import http.server
import sys
import threading
import time

kept, news = {}, threading.Condition()


class Site(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with news:
            kept[self.path] = body
            news.notify_all()
        self.answer("text/plain", b"ok\n")

    def do_GET(self):
        if self.path.startswith("/events/"):
            self.answer("text/event-stream", b"")
            for number in (1, 2, 3):
                self.wfile.write(f"data: {number}\n\n".encode())
                self.wfile.flush()
                time.sleep(0.1)
            return
        with news:
            news.wait_for(lambda: self.path in kept, timeout=15)
            self.answer("application/json", kept.pop(self.path, b"null"))

    def answer(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Site).serve_forever()
