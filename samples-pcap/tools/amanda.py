"""Both ends of a backup with Amanda over bsdudp, without the disk: amanda.py host ADDRESS | amanda.py server HOST

The host that is backed up answers on port 10080 and names the ports to which the backup server then connects, one each for the data, the
messages and the index. One backup, and both end."""
import socket
import sys

PORT = 10080
HEAD = "Amanda 2.6 %s HANDLE 00C-A0B1C2D3 SEQ 1764000000\n"
FEATURES = "OPTIONS features=ffffffff9ffeffffffffff00;"
TAR, MESSAGES, INDEX = b"\0" * 10240, b"sendbackup: size 10\nsendbackup: end\n", b"/\n/readme.txt\n"


def packet(kind, body=""):
    return (HEAD % kind + body).encode()


def host(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as talk:
        talk.bind((address, PORT))
        _, server = talk.recvfrom(65536)
        talk.sendto(packet("ACK"), server)
        channels = [(socket.create_server((address, 0)), said) for said in (TAR, MESSAGES, INDEX)]
        ports = tuple(listener.getsockname()[1] for listener, _ in channels)
        talk.sendto(packet("REP", "CONNECT DATA %d MESG %d INDEX %d\n\n" % ports + FEATURES + "\n"), server)
        talk.recvfrom(65536)
        for listener, said in channels:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(said)


def server(host):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as talk:
        talk.settimeout(5)
        talk.bind(("", 850))  # bsdudp trusts privileged ports alone
        talk.connect((host, PORT))
        talk.send(packet("REQ", "SECURITY USER amandabackup\nSERVICE sendbackup\n" + FEATURES
                         + "hostname=host.example.net;\nGNUTAR / 0 1970:1:1:0:0:0 OPTIONS |;auth=bsdudp;index;\n"))
        talk.recv(65536)
        words = talk.recv(65536).decode().split("\n")[1].split()
        talk.send(packet("ACK"))
        for port in words[2::2]:
            with socket.create_connection((host, int(port)), timeout=5) as channel:
                while channel.recv(65536):
                    pass


{"host": host, "server": server}[sys.argv[1]](sys.argv[2])
