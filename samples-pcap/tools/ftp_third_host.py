"""FTP server whose 227 reply names another host: ftp_third_host.py HOST PORT"""
import socketserver
import sys

host, port = sys.argv[1].replace(".", ","), int(sys.argv[2])
replies = {
    "USER": "331 Please specify the password.",
    "PASS": "230 Login successful.",
    "PWD": '257 "/" is the current directory',
    "TYPE": "200 Switching to Binary mode.",
    "PASV": f"227 Entering Passive Mode ({host},{port >> 8},{port & 255}).",
    "RETR": "150 Opening data connection.\r\n226 Transfer complete.",
    "QUIT": "221 Goodbye.",
}


class Control(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 Welcome.")
        for line in self.rfile:
            verb = line.split()[0].decode().upper()
            self.say(replies.get(verb, "500 Unknown command."))
            if verb == "QUIT":
                return

    def say(self, reply):
        self.wfile.write(reply.encode() + b"\r\n")


socketserver.TCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", 21), Control).serve_forever()
