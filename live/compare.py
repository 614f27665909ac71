"""Whether Sandbar tells what was: compare.py FOLDER.

Reads truth.tsv and each session's EVE lines (SESSION.ndjson), prints one line for each session, "ok" or what
differs, and ends with 1 where anything does. A data connection and its event are matched by address and port.
"""
import csv
import ipaddress
import json
import sys
from pathlib import Path


def connection(line):
    return "{}:{}-{}:{}".format(*(ipaddress.ip_address(line[key]) if key.endswith("ip") else line[key]
                                  for key in ("src_ip", "src_port", "dest_ip", "dest_port")))


def flat(node, path=""):
    """The values of a line by their paths: {"sandbar.ftp.mode": "active", ...}"""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}.")
        else:
            yield path + key, value


def expected(truth, told):
    """What the event of a data connection has to say; None is for what it must not say."""
    sent, both = int(truth["bytes"]), int(truth["bytes_both_ways"])
    fields = {"ip_v": int(truth["ipv"]), "sandbar.ftp.mode": truth["mode"], "sandbar.ftp.bytes": sent,
              "sandbar.ftp.expected": True, "sandbar.ftp.connected": True}
    if truth["finished"]:
        fields["sandbar.ftp.complete"] = truth["finished"] == "yes" or None
    opaque = truth["security"] in ("tls", "control")
    # After CCC the commands can be read again. Who reads them must read them right, who does not must infer.
    if opaque or truth["security"] == "ccc" and "ftp_data.command" not in told:
        # Nobody can say which way the transfer went: the fuller one is told.
        return fields | {"sandbar.ftp.inferred": True, "ftp_data.command": None, "ftp_data.filename": None,
                         "sandbar.ftp.bytes": max(sent, both - sent)}
    return fields | {"ftp_data.command": truth["command"], "ftp_data.filename": truth["file"] or None,
                     "sandbar.ftp.announced_by": truth["announced_by"], "sandbar.ftp.inferred": None}


def differences(rows, lines):
    auths = sum(line["event_type"] == "ftp" and line["ftp"].get("command") == "AUTH" and "234" in line["ftp"].get("completion_code", ())
                for line in lines)
    if auths != int(rows[0]["auth_234"]):
        yield f"{auths} events for AUTH with 234, not {rows[0]['auth_234']}"
    events = [(connection(line), dict(flat(line))) for line in lines if line["event_type"] == "ftp_data"]
    for truth in rows:
        name = truth["connection"] + (f" ({truth['command']} {truth['file']}".rstrip() + ")" if truth["command"] else "")
        mine = [told for at, told in events if at == truth["connection"]]
        if len(mine) != 1:
            yield f"{len(mine)} ftp_data events for {name}"
            continue
        wrong = [f"{field} {json.dumps(mine[0].get(field))}, not {json.dumps(value)}"
                 for field, value in expected(truth, mine[0]).items() if (mine[0].get(field) or None) != value]
        if wrong:
            yield f"{name}: {', '.join(wrong)}"
    known = {truth["connection"] for truth in rows}
    yield from (f"an ftp_data event for {at}, where no data went" for at, _ in events if at not in known)


folder = Path(sys.argv[1])
sessions, differing = {}, 0
with open(folder / "truth.tsv", newline="") as table:
    for row in csv.DictReader(table, delimiter="\t"):
        sessions.setdefault(row["session"], []).append(row)
for session, rows in sessions.items():
    lines = [json.loads(line) for line in (folder / f"{session}.ndjson").read_text().splitlines()]
    found = list(differences(rows, lines))
    differing += bool(found)
    print(f"{session}: {'; '.join(found)}" if found else f"ok {session}")
print(f"{len(sessions)} sessions, {differing} differ", file=sys.stderr)
sys.exit(differing > 0 or not sessions)
