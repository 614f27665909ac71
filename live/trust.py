"""What the flows of trust.sh are, and what Sandbar takes them for: trust.py truth|compare FOLDER.

truth joins what was played (made.tsv) with the connections that tshark finds in trust.pcap and the requests that the servers
logged for them (http.tsv), and writes one row for each to truth.tsv. A connection that nobody labelled, and a label without a
connection, are told, and the exit code is 1.

compare reads truth.tsv and Sandbar's flow events (trust.ndjson), prints the confusion matrix, what is called otherwise than it
is with the evidence, and ends with 1 where sandboxed content is called trusted or a connection has no event.
"""
import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

CLASSES = ("sandboxed", "trusted", "unknown")
FIELDS = ("ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "tcp.srcport", "udp.srcport", "tcp.dstport", "udp.dstport")
COLUMNS = "program class proto client client_port server server_port note paths".split()


def rows(path, names=None):
    with open(path, newline="") as table:
        return list(csv.DictReader(table, names, delimiter="\t", quoting=csv.QUOTE_NONE))


def connections(capture):
    """Each TCP and UDP connection once, from the client's side, in the order of first packets."""
    command = ["tshark", "-r", str(capture), "-Y", "(tcp or udp) and not icmp and not icmpv6", "-T", "fields"]
    told = subprocess.run(command + [word for field in FIELDS for word in ("-e", field)], check=True, capture_output=True, text=True)
    found = {}
    for packet in told.stdout.splitlines():
        ip, ip6, to, to6, tcp, udp, tcp_to, udp_to = packet.split("\t")
        ends = (ip or ip6, tcp or udp), (to or to6, tcp_to or udp_to)
        if ends[1][0].startswith(("192.168.1.", "2001:db8:1::")) and ends[1][0] not in ("192.168.1.1", "2001:db8:1::1"):
            ends = ends[::-1]
        if not ends[0][0].startswith("fe80:"):
            found[("TCP" if tcp else "UDP",) + ends[0] + ends[1]] = True
    return list(found)


def fits(made, server, port, paths):
    if made["server"] not in ("*", server) or made["port"] not in ("*", port):
        return False
    return not made["path"] or (not paths if made["path"] == "/-" else any(path.startswith(made["path"]) for path in paths))


def label(connection, made, paths):
    """The class and note of a connection: those of its requests where they agree. Marks the lines of made that were used."""
    _, client, _, server, port = connection
    mine = [line for line in made if line["client"] == client]
    used = []
    for path in sorted(paths) or [None]:
        line = next((line for line in mine if fits(line, server, port, {path} - {None})), None)
        if line is None:
            return None
        used.append(line)
        line["used"] = True
    classes = {line["class"].rstrip("?") for line in used}
    notes = dict.fromkeys(line["note"] for line in used)
    return used[0]["program"], classes.pop() if len(classes) == 1 else "either", "; ".join(notes)


def truth(folder):
    made = rows(folder / "made.tsv", "client program class server port path note".split())
    requests = defaultdict(set)
    for row in rows(folder / "http.tsv", "client client_port server port path".split()):
        requests["TCP", row["client"], row["client_port"], row["server"], row["port"]].add(row["path"])
    doubts = 0
    with open(folder / "truth.tsv", "w") as out:
        print(*COLUMNS, sep="\t", file=out)
        for connection in connections(folder / "trust.pcap"):
            paths = requests[connection]
            found = label(connection, made, paths)
            if found is None:
                doubts += 1
                print("nobody labelled", *connection, *sorted(paths), file=sys.stderr)
                continue
            program, name, note = found
            print(program, name, *connection, note, " ".join(sorted(paths)), sep="\t", file=out)
    for line in made:
        if "used" not in line and not line["class"].endswith("?"):
            doubts += 1
            print(f"{line['program']}: no connection to {line['server']}:{line['port']}{line['path']} ({line['note']})", file=sys.stderr)
    return doubts


def ends(proto, *addresses):
    return proto, frozenset((address, int(port)) for address, port in zip(addresses[::2], addresses[1::2]))


def called(told):
    """The class of a connection's events; where there are several, the one that matters most."""
    classes = {event["sandbar"]["trust"]["class"] for event in told}
    return next((name for name in ("trusted", "sandboxed") if name in classes), "unknown")


def table(title, counts, agents=None):
    width = max(map(len, [title, *counts]))
    print(f"{title:{width}}  {'sandboxed':>9} {'trusted':>7} {'unknown':>7}" + ("  agents" if agents else ""))
    for name, count in counts.items():
        line = f"{name:{width}}  {count['sandboxed']:9} {count['trusted']:7} {count['unknown']:7}"
        print(line + ("  " + ", ".join(f"{n} {agent}" for agent, n in agents[name].most_common()) if agents else ""))
    print()


def compare(folder):
    events = defaultdict(list)
    for line in (folder / "trust.ndjson").read_text().splitlines():
        event = json.loads(line)
        if event.get("proto") in ("TCP", "UDP"):
            events[ends(event["proto"], event["src_ip"], event["src_port"], event["dest_ip"], event["dest_port"])].append(event)
    totals = {name: Counter() for name in ("sandboxed", "trusted", "either")}
    programs, agents, others, wrong = defaultdict(Counter), defaultdict(Counter), defaultdict(list), 0
    for row in rows(folder / "truth.tsv"):
        name = f"{row['client']}:{row['client_port']} {row['server']}:{row['server_port']} {row['paths']}".rstrip()
        told = events[ends(row["proto"], row["client"], row["client_port"], row["server"], row["server_port"])]
        if not told:
            wrong += 1
            others["no event"].append(f"{row['program']} {row['proto']} {name}: {row['note']}")
            continue
        answer, program = called(told), f"{row['program']} ({row['class']})"
        totals[row["class"]][answer] += 1
        programs[program][answer] += 1
        for agent in {event["sandbar"]["trust"].get("agent") for event in told} - {None}:
            agents[program][agent] += 1
        if row["class"] in CLASSES and answer != row["class"]:
            wrong += row["class"] == "sandboxed" and answer == "trusted"
            evidence = ", ".join(dict.fromkeys(f"{seen['signal']} {seen['weight']:+g}"
                                               for event in told for seen in event["sandbar"]["trust"]["evidence"]))
            proto = next((event["app_proto"] for event in told if "app_proto" in event), row["proto"])
            at = f"{proto} to {row['server']}:{row['server_port']}"
            others[f"{row['class']}, called {answer}"].append(f"{row['program']}, {row['note']} ({at}): {evidence or 'no evidence'}")
    table("program (what it is)", programs, agents)
    for title, lines in sorted(others.items()):
        counted = [line + (f" ({count} times)" if count > 1 else "") for line, count in Counter(lines).items()]
        print(f"{title}: {len(lines)}", *counted, sep="\n    ", end="\n\n")
    table("what it is", totals)
    count = sum(map(Counter.total, totals.values()))
    print(f"{count} connections, {wrong} called trusted that are sandboxed, or not told", file=sys.stderr)
    return wrong or not programs


sys.exit((truth if sys.argv[1] == "truth" else compare)(Path(sys.argv[2])) > 0)
