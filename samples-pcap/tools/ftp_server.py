r"""FTP server that says what it is told: ftp_server.py [VERB=REPLY...]

A VERB given more than once gets its replies one after another. In a REPLY "%s" stands for the
line it answers, "~" begins a new segment, and \r, \n, \x.. are escapes. The port that a 227, 228
or 229 announces is listened on; RETR, unless told otherwise, sends a text to who connects there,
or to the endpoint of the LPRT before it."""
import ipaddress
import re
import socket
import socketserver
import sys
import time

replies = {
    "USER": ["331 Please specify the password."],
    "PASS": ["230 Login successful."],
    "PWD": ['257 "/" is the current directory'],
    "TYPE": ["200 Switching to Binary mode."],
    "LPRT": ["200 LPRT command successful."],
    "QUIT": ["221 Goodbye."],
}
told = {}
for argument in sys.argv[1:]:
    word, answer = argument.split("=", 1)
    told.setdefault(word, []).append(answer.encode().decode("unicode_escape"))
replies.update(told)


def lprt_endpoint(numbers):
    """Address and port of `6,16,h1..h16,2,p1,p2` or `4,4,h1..h4,2,p1,p2`."""
    size = numbers[1]
    address = ipaddress.ip_address(bytes(numbers[2:2 + size]))
    return str(address), numbers[-2] << 8 | numbers[-1]


class Control(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        data = None
        self.say("220 Welcome.")
        for line in self.rfile:
            line = line.decode("latin-1").rstrip("\r\n")
            verb = line.split()[0].upper()
            reply = replies.get(verb, ["500 Unknown command."])
            reply = reply.pop(0) if len(reply) > 1 else reply[0]
            numbers = [int(number) for number in re.findall(r"\d+", line)]
            if verb == "LPRT":
                data = lambda at=lprt_endpoint(numbers): socket.create_connection(at)
            numbers = [int(number) for number in re.findall(r"\d+", reply)]
            if numbers[0] in (227, 228, 229):
                port = numbers[-1] if numbers[0] == 229 else numbers[-2] << 8 | numbers[-1]
                listener = socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
                data = lambda listener=listener: listener.accept()[0]
            if verb == "RETR" and verb not in told:
                self.say("150 Opening data connection.")
                with data() as connection:
                    connection.sendall(b"a short text\n")
                reply = "226 Transfer complete."
            self.say(reply.replace("%s", line))
            if verb == "QUIT":
                return

    def say(self, reply):
        first, *rest = (reply + "\r\n").encode("latin-1").split(b"~")
        self.wfile.write(first)
        for part in rest:
            time.sleep(0.02)
            self.wfile.write(part)


class Server(socketserver.ThreadingTCPServer):
    address_family = socket.AF_INET6  # and IPv4 with it
    allow_reuse_address = True
    daemon_threads = True


Server(("", 21), Control).serve_forever()
