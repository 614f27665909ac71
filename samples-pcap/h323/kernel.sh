# Arms the kernel's own H.323 helpers on the router of the lab, behind a firewall that lets nobody in who was not asked for, and keeps
# what they opened as kernel.json beside the sample.

# inside ADDRESS: another machine of the client's network, of which the one service greets.
inside() {
    on client ip address add "$1/24" dev eth0
    spawn client python3 -c '
import socket, sys
listener = socket.create_server((sys.argv[1], 8022))
while True:
    listener.accept()[0].sendall(b"nobody outside should read this\n")' "$1"
    wait_port client 8022
}

arm() {
    need iptables iptables; need conntrack conntrack
    on router iptables -t raw -A PREROUTING -p tcp --dport 1720 -j CT --helper Q.931
    on router iptables -P FORWARD DROP
    on router iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
    on router iptables -A FORWARD -i lan -j ACCEPT
    spawn router sh -c "exec conntrack -E expect >'$LAB/holes'"
    sleep 0.5
}

# answer: what was said on port 1720, one string for each segment, and what was opened, as JSON.
answer() {
    sleep 0.5
    tshark -r "$LAB/input.pcap" -Y 'tcp.port == 1720 && tcp.len > 0' -T fields -e tcp.dstport -e tcp.payload 2>/dev/null >"$LAB/talk"
    python3 - "$LAB/holes" "$(dirname "$OUT")/kernel.json" "$LAB/talk" <<'END'
import json, os, re, sys
holes = []
for line in open(sys.argv[1]):
    new = re.search(r"\[NEW\]\s+\d+ proto=(\d+) src=(\S+) dst=(\S+) sport=\d+ dport=(\d+) mask-src=(\S+)", line)
    if new:
        proto, source, to, port, mask = new.groups()
        hole = {"proto": {"6": "TCP", "17": "UDP"}[proto], "from_ip": None if mask == "0.0.0.0" else source,
                "to_ip": to, "to_port": int(port)}
        if hole not in holes:
            holes.append(hole)
talk = [["c" if port == "1720" else "s", bytes.fromhex(data).decode("latin-1")] for port, data in map(str.split, open(sys.argv[3]))]
scenario = {"helper": "h323", "port": 1720, "talk": talk}
json.dump({"scenario": scenario, "kernel": "Linux " + ".".join(os.uname().release.split(".")[:2]), "holes": holes},
          open(sys.argv[2], "w"), indent=1)
END
    chmod 644 "$(dirname "$OUT")/kernel.json"
}

# both CASE [THIRD:PORT]: the two ends; the caller is the client.
both() {
    spawn server python3 "$TOOLS/h323.py" callee "$1" 192.168.1.5 "$WEB" "${@:2}"
    wait_port server 1720
    on client python3 "$TOOLS/h323.py" caller "$1" 192.168.1.5 "$WEB" "${@:2}"
    answer
}
