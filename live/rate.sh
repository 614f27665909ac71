#!/usr/bin/env bash
# rate.sh [SECONDS [RATE...]]: at rising rates, what tcpdump, Suricata and Sandbar see of the packets that go over a wire, one after
# the other at each rate, and for each the highest rate up to which nothing was lost at any.
set -eu -o pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/wire.sh"
seconds=${1:-8}
shift || true
rates=("$@")
[ ${#rates[@]} -eq 0 ] && rates=(25000 50000 100000 150000 200000 250000 300000 400000 0)
wire_up 300000
packets=$(tcpdump -r "$mix" --count 2>/dev/null | awk '{print $1}')
log=$(mktemp -d)
trap 'rm -rf "$log"; wire_down' EXIT

# Each starts in the background, says when it is ready, and after SIGTERM what it saw and what was dropped.
start_tcpdump() { ip netns exec "$namespace" tcpdump -i wire-watched -B 65536 -w /dev/null 2>"$log/messages" >/dev/null & }
ready_tcpdump() { grep -qs "listening on" "$log/messages"; }
seen_tcpdump() { awk '/packets captured/ {seen = $1} /dropped by kernel/ {drops = $1} END {print seen, drops}' "$log/messages"; }

start_suricata() {
    rm -f "$log/suricata.log"
    ip netns exec "$namespace" suricata -c /etc/suricata/suricata.yaml -i wire-watched -l "$log" -S /dev/null -k none >"$log/messages" 2>&1 &
}
ready_suricata() { grep -q "Engine started" "$log/suricata.log" 2>/dev/null; }
seen_suricata() {
    sed -n 's/.*wire-watched: packets: \([0-9]*\), drops: \([0-9]*\).*/\1 \2/p' "$log/suricata.log" |
        awk '{print $1 - $2, $2}' | tail -1
}

start_sandbar() { ip netns exec "$namespace" "$root/sandbar" watch -i wire-watched -o "eve:$log/eve.json" 2>"$log/messages" & }
ready_sandbar() { grep -qs "watching" "$log/messages"; }
seen_sandbar() {
    awk '/ packets, .* of traffic/ {seen = $1} /the kernel had/ {drops = $8} END {gsub(",", "", seen); gsub(",", "", drops); print seen, drops}' "$log/messages"
}

programs=(tcpdump sandbar)
command -v suricata >/dev/null && programs+=(suricata)
declare -A lossless lost
printf '%-10s %10s %10s %10s %10s %10s\n' program 'packets/s' sent seen dropped lost
for rate in "${rates[@]}"; do
    loops=$(((${rate/#0/300000} * seconds + packets - 1) / packets))
    for program in "${programs[@]}"; do
        "start_$program"
        watcher=$!
        for ((tries = 0; tries < 300; tries++)); do "ready_$program" && break || sleep 0.1; done
        sleep 1
        read -r sent achieved <<<"$(send "$rate" "$loops")"
        # tcpdump loses what lies in a block that is not full when it stops.
        [ "$program" = sandbar ] || sleep 3
        kill -TERM "$watcher"
        wait "$watcher" || true
        read -r seen dropped <<<"$("seen_$program")"
        printf '%-10s %10d %10d %10d %10d %10d\n' "$program" "$achieved" "$sent" "${seen:-0}" "${dropped:-0}" $((sent - ${seen:-0}))
        [ "${seen:-0}" -eq "$sent" ] || lost[$program]=yes
        [ -n "${lost[$program]:-}" ] || lossless[$program]=$achieved
    done
done
for program in "${programs[@]}"; do
    echo "highest rate up to which $program lost nothing: ${lossless[$program]:-none} packets/s"
done
