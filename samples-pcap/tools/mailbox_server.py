"""A mailbox with one mail, read by IMAP on port 143 and by POP3 on 110: mailbox_server.py

It knows what curl says, takes any name and password, and says no to the rest."""
import socketserver
import threading

MAIL = b"From: bob@example.org\r\nSubject: hello\r\n\r\nHello Alice.\r\n"


class Imap(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"* OK mail.example.net IMAP4rev1 ready\r\n")
        for line in self.rfile:
            tag, command, *_ = line.split() + [b"", b""]
            command = command.upper()
            if command == b"CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            elif command == b"SELECT":
                self.wfile.write(b"* 1 EXISTS\r\n")
            elif command == b"FETCH":
                self.wfile.write(b"* 1 FETCH (BODY[TEXT] {%d}\r\n%s)\r\n" % (len(MAIL), MAIL))
            elif command == b"LOGOUT":
                self.wfile.write(b"* BYE\r\n")
            self.wfile.write(tag + b" OK done\r\n")
            if command == b"LOGOUT":
                return


class Pop3(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"+OK mail.example.net POP3 ready\r\n")
        for line in self.rfile:
            command = line.split()[0].upper() if line.split() else b""
            if command == b"CAPA":
                self.wfile.write(b"+OK\r\nUSER\r\n.\r\n")
            elif command == b"RETR":
                self.wfile.write(b"+OK\r\n" + MAIL + b".\r\n")
            else:
                self.wfile.write(b"+OK\r\n")
            if command == b"QUIT":
                return


socketserver.ThreadingTCPServer.allow_reuse_address = True
imap = socketserver.ThreadingTCPServer(("", 143), Imap)
threading.Thread(target=imap.serve_forever, daemon=True).start()
socketserver.ThreadingTCPServer(("", 110), Pop3).serve_forever()
