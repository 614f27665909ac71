"""FTP client that sends exactly the lines it is given: ftp_say.py HOST LINE..."""
import socket
import sys

control = socket.create_connection((sys.argv[1], 21), timeout=10)
lines = control.makefile("rb")


def reply():
    """Read one reply, of one or more lines, and return its code."""
    while True:
        line = lines.readline().decode()
        if not line:
            sys.exit("the server closed the connection")
        print("<", line.rstrip())
        if line[:3].isdigit() and line[3] == " ":
            return line[:3]


reply()
for line in sys.argv[2:]:
    print(">", line)
    control.sendall(line.encode() + b"\r\n")
    while reply().startswith("1"):  # a transfer has a second reply at its end
        pass
lines.close()
control.close()  # at once: the end of a Python program takes so long that the server repeats its FIN
