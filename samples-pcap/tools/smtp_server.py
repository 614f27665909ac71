"""Mail server that takes one kind of mail and drops it: smtp_server.py"""
import socketserver


class Mail(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 mail.example.net ESMTP ready")
        in_text = False
        for line in self.rfile:
            verb = line.split()[0].decode().upper() if line.split() else ""
            if in_text:
                if line == b".\r\n":
                    in_text = False
                    self.say("250 Accepted")
            elif verb == "DATA":
                in_text = True
                self.say("354 End with a line that holds only a dot")
            elif verb == "QUIT":
                self.say("221 Goodbye")
                return
            else:
                self.say("250 Ok")

    def say(self, reply):
        self.wfile.write(reply.encode() + b"\r\n")


socketserver.TCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", 25), Mail).serve_forever()
