# Arms one of the kernel's own gateways on the router of the lab, behind a firewall that lets nobody in who was not asked for, and keeps
# what it opened as kernel.json beside the sample.

# arm HELPER PORT TRANSPORT...: by the names that the kernel has for them.
arm() {
    need iptables iptables; need conntrack conntrack
    HELPER=$1 PORT=$2
    local tables transport
    for tables in iptables ip6tables; do
        for transport in "${@:3}"; do
            case $tables-$HELPER in ip6tables-irc | ip6tables-pptp) continue ;; esac
            on router $tables -t raw -A PREROUTING -p "$transport" --dport "$PORT" -j CT --helper "$HELPER"
        done
        on router $tables -P FORWARD DROP
        on router $tables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
        on router $tables -A FORWARD ! -o lan -j ACCEPT
    done
    spawn router sh -c "exec conntrack -E expect >'$LAB/holes'"
    sleep 0.5
}

# answer: what was said on the gateway's port, one string for each packet, and what was opened, as JSON. A hole that is opened dormant
# and then woken is there twice.
answer() {
    sleep 0.5
    for family in ipv4 ipv6; do on router conntrack -L expect -f $family 2>/dev/null; done | sed 's/^/[LEFT] /' >>"$LAB/holes"
    tshark -r "$LAB/input.pcap" -Y "tcp.port == $PORT && tcp.len > 0 || udp.port == $PORT" -T fields -E separator=/s \
        -e tcp.dstport -e udp.dstport -e tcp.payload -e udp.payload 2>/dev/null >"$LAB/talk"
    python3 - "$LAB/holes" "$(dirname "$OUT")/kernel.json" "$LAB/talk" "$HELPER" "$PORT" <<'END'
import json, os, re, sys
holes = []
for line in open(sys.argv[1]):
    new = re.search(r"\[(?:NEW|DESTROY|LEFT)\]\s+\d+ (?:l3proto = \d+ )?proto=(\d+) src=(\S+) dst=(\S+) \S+ (?:dport=(\d+))?.*?mask-src=(\S+)", line)
    if new:
        proto, source, to, port, mask = new.groups()
        hole = {"proto": {"6": "TCP", "17": "UDP", "47": "GRE"}[proto], "from_ip": None if mask in ("0.0.0.0", "::") else source,
                "to_ip": to, "to_port": int(port or 0)}
        if "INACTIVE" in line:
            hole["dormant"] = True
        if hole not in holes:
            holes.append(hole)
helper, port = {"Q.931": "h323"}.get(sys.argv[4], sys.argv[4]), sys.argv[5]
talk = [["c" if to == port else "s", bytes.fromhex(data).decode("latin-1")] for to, data in map(str.split, open(sys.argv[3]))]
json.dump({"scenario": {"helper": helper, "port": int(port), "talk": talk},
           "kernel": "Linux " + ".".join(os.uname().release.split(".")[:2]), "holes": holes}, open(sys.argv[2], "w"), indent=1)
END
    chmod 644 "$(dirname "$OUT")/kernel.json"
}
