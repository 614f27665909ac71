"""IRC server that welcomes whoever registers, and then sends the given lines: irc_server.py ADDRESS LINE..."""
import socketserver
import sys


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        given = {}
        self.say(":irc.example.net NOTICE * :*** Looking up your hostname")
        for line in self.rfile:
            words = line.decode("latin-1").split()
            verb = words[0].upper() if words else ""
            if verb == "CAP" and words[1:2] == ["LS"]:
                self.say(":irc.example.net CAP * LS :")
            elif verb == "QUIT":
                self.say("ERROR :Closing Link")
                return
            elif verb in ("NICK", "USER") and len(words) > 1:
                given[verb] = words[1]
                if len(given) == 2:
                    self.say(f":irc.example.net 001 {given['NICK']} :Welcome")
                    self.say(f":irc.example.net 422 {given['NICK']} :MOTD File is missing")
                    for line in sys.argv[2:]:
                        self.say(line)
            elif verb == "PRIVMSG" and len(given) < 2:
                self.say(":irc.example.net 451 * :You have not registered")

    def say(self, line):
        self.wfile.write(line.encode("latin-1") + b"\r\n")


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer((sys.argv[1], 6667), Session).serve_forever()
