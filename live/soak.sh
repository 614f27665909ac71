#!/usr/bin/env bash
# soak.sh [MINUTES [RATE]]: watches a mix that is played again and again, and says every minute what the process holds: heap after a
# collection, resident memory, threads, descriptors. Ends with 1 where one of them grows, or a packet is lost.
set -eu -o pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/wire.sh"
minutes=${1:-30}
rate=${2:-100000}
wire_up 300000
log=$(mktemp -d)
trap 'rm -rf "$log"; wire_down' EXIT

ip netns exec "$namespace" "$root/sandbar" watch -i wire-watched -o eve:/dev/null 2>"$log/messages" &
watcher=$!
while ! grep -qs watching "$log/messages"; do sleep 0.1; done
(while send "$rate" 20; do :; done >"$log/sent") &
sender=$!

printf '%6s %10s %10s %8s %12s\n' minute heap-kB rss-kB threads descriptors
for ((minute = 1; minute <= minutes; minute++)); do
    sleep 60
    heap=$(jcmd "$watcher" GC.class_histogram | awk '/^Total/ {print int($3 / 1024)}')
    rss=$(awk '/^VmRSS/ {print $2}' "/proc/$watcher/status")
    threads=$(ls "/proc/$watcher/task" | wc -l)
    descriptors=$(ls "/proc/$watcher/fd" | wc -l)
    printf '%6d %10d %10d %8d %12d\n' "$minute" "$heap" "$rss" "$threads" "$descriptors" | tee -a "$log/held"
done
kill "$sender" 2>/dev/null || true
wait "$sender" 2>/dev/null || true
for pid in $(ip netns pids "$namespace"); do [ "$pid" = "$watcher" ] || kill -INT "$pid" || true; done
sleep 2
kill -TERM "$watcher"
wait "$watcher" || true
grep -E "packets|flows" "$log/messages"
grep -q "and dropped 0 of them" "$log/messages" || { echo "packets were lost"; exit 1; }
# What is kept for a time, hours of a hole among it, fills up first: from the tenth minute on nothing may grow by more than a tenth.
awk 'NR == 10 {heap = $2; threads = $4; descriptors = $5}
     END {if (NR > 10 && ($2 > heap * 1.1 + 4096 || $4 > threads || $5 > descriptors)) {print "it grows"; exit 1}}' "$log/held"
