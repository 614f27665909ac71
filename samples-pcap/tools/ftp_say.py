r"""FTP client that sends exactly the lines it is given: ftp_say.py HOST [LINE...]

Without a LINE it sends those of the standard input as they come. In a LINE "~" begins a new
segment and \x.. are escapes; an empty one sends nothing and waits for one more reply. Before
RETR or LIST it connects to the port of the 227, 228 or 229 just read, at the server's own address."""
import re
import socket
import sys
import time

control = socket.create_connection((sys.argv[1], 21), timeout=10)
control.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
lines = control.makefile("rb")


def reply():
    """Read one reply, of one or more lines, and return its last line."""
    first = None
    while True:
        line = lines.readline().decode("latin-1").rstrip()
        if not line:
            sys.exit("the server closed the connection")
        print("<", line)
        first = first or line
        if line[:4] == first[:3] + " ":
            return line


def announced(line):
    """The port in a 227, 228 or 229: addresses are left alone, for they may be anything."""
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    if numbers[0] in (227, 228):
        return numbers[-2] << 8 | numbers[-1]
    return numbers[1] if numbers[0] == 229 else None


def read_all(connection):
    with connection:
        try:
            while data := connection.recv(65536):
                print(len(data), "bytes of data")
        except ConnectionResetError:
            print("data connection reset")


reply()
port = None
for line in sys.argv[2:] or map(str.rstrip, sys.stdin):
    print(">", line)
    data = None
    if port and line[:4] in ("RETR", "LIST"):
        data = socket.create_connection((sys.argv[1], port), timeout=10)
    if line:
        first, *rest = (line + r"\r\n").encode().decode("unicode_escape").encode("latin-1").split(b"~")
        control.sendall(first)
        for part in rest:
            time.sleep(0.02)
            control.sendall(part)
    while (last := reply()).startswith("1"):  # a transfer has a second reply at its end
        if data:
            read_all(data)
    port = announced(last)
lines.close()
control.close()  # at once: the end of a Python program takes so long that the server repeats its FIN
