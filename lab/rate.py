"""Measures for guard-rate.sh: rate.py passed SECONDS [PID] | rate.py trips HOST COUNT

passed  what the router on which it runs passes on in so many seconds, and the processors' time, all of it and that of a process
trips   the round trips of so many requests for a short page on one connection"""
import os
import socket
import sys
import time


def read(path):
    with open(path) as file:
        return file.read()


def counted(pid):
    """Bytes, packets, ticks of all processors and of the process."""
    legs = [[int(read(f"/sys/class/net/{leg}/statistics/tx_{what}")) for leg in ("lan", "web")] for what in ("bytes", "packets")]
    ticks = [int(ticks) for ticks in read("/proc/stat").split("\n", 1)[0].split()[1:9]]
    own = read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split() if pid else [0] * 13
    return [sum(legs[0]), sum(legs[1]), sum(ticks) - ticks[3] - ticks[4], int(own[11]) + int(own[12])]


def passed(seconds, pid=None):
    begin, before = time.monotonic(), counted(pid)
    time.sleep(float(seconds))
    took, after = time.monotonic() - begin, counted(pid)
    moved, packets, busy, own = [(now - then) / took for now, then in zip(after, before)]
    tick = os.sysconf("SC_CLK_TCK") / 100
    print(f"{moved * 8 / 1e6:.0f} {packets:.0f} {busy / tick:.0f} {own / tick:.0f}")


def trips(host, count):
    request = f"GET / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: curl/8\r\nAccept: */*\r\n\r\n".encode()
    took = []
    with socket.create_connection((host, 80)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(int(count)):
            begin = time.perf_counter_ns()
            connection.sendall(request)
            answer = connection.recv(65536)
            while not answer.endswith(b"</html>\n"):
                answer += connection.recv(65536)
            took.append(time.perf_counter_ns() - begin)
    took.sort()
    print(f"{took[len(took) // 2] / 1000:.0f} {took[len(took) * 99 // 100] / 1000:.0f}")


{"passed": passed, "trips": trips}[sys.argv[1]](*sys.argv[2:])
