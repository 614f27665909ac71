#!/bin/bash
# What goes wrong around guard, while real sessions go through it: it is killed, its queue overflows, its rules change, and it is flooded
# with new flows. Nothing hangs, and what was dropped is counted and said. In namespaces of its own, as root; see README.md.
#
#   lab/guard-faults.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"

FLOOD=200000

# Two transfers of some seconds, of which the servers set the pace.
lab offload
ftp_hosts local_max_rate=900000
web_server 'limit_rate 5m;'
head -c 20M /dev/urandom >"$LAB/www/bulk"
rules
fetch_http() { rm -f "$LAB/http"; on client curl -sS -m 40 -o "$LAB/http" "http://$WEB/bulk" 2>>"$LAB/fetch.log" && cmp -s "$LAB/http" "$LAB/www/bulk"; }
transfer() { fetch_active $FTP -m 40 & ftp=$!; fetch_http & http=$!; }
whole() { holds "$1: FTP is whole" wait $ftp; holds "$1: HTTP is whole" wait $http; }
arrived() { stat -c %s "$LAB/active" "$LAB/http"; }

# count WHAT FILTER: how many events of guard's there are; counted PATH...: a number of its last statistics.
count() { python3 -c "
import json, sys
print(len({$1 for e in map(json.loads, open('$LAB/guard.ndjson')) if $2}))"; }
counted() { grep '"kernel_drops"' "$LAB/guard.ndjson" | tail -1 | python3 -c "
import functools, json, sys
print(functools.reduce(lambda at, key: at[key], sys.argv[1:], json.load(sys.stdin)['stats']))" "$@"; }

# said NUMBER: as the summary spells it.
said() { python3 -c "print(f'{$1:,}')"; }

guard --fail-open
transfer; sleep 1.5; unguard KILL
whole "killed in mid-transfer, fail-open"

guard
transfer; sleep 1.5; unguard KILL
sleep 0.5; before=$(arrived); sleep 1
holds "killed in mid-transfer: it stands still" [ "$before" = "$(arrived)" ]
guard
whole "begun anew"
unguard

guard --queue-length 8
transfer
on client python3 -c "
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as burst:
    for n in range(30000): burst.sendto(b'x', ('$WEB', 9))"
whole "a queue of 8 overflows"
unguard
drops=$(counted capture kernel_drops)
holds "what the kernel dropped is counted: $drops" [ "$drops" -gt 0 ]
holds "and said" grep -q "dropped $(said "$drops") of them" "$LAB/guard.log"

rm "$LAB/guard.ndjson"
guard --offload
on client curl -sS -m 40 -o "$LAB/http" "http://$WEB/bulk" -o /dev/null "http://$WEB/index.html?[1-3]" 2>>"$LAB/fetch.log"
unguard
holds "what left the queue is whole" cmp -s "$LAB/http" "$LAB/www/bulk"
holds "and came back for the next answers on the connection" \
    [ "$(count "e['http']['url']" "e['event_type'] == 'http' and e['http']['status'] == 200")" = 4 ]
seen=$(counted decoder bytes)
holds "of 20 MiB guard saw $seen bytes" [ "$seen" -lt 12000000 ]

cat >"$LAB/rule.yaml" <<END
title: A page
id: 3cf4f05d-fd04-443d-868d-32e077664971
name: page
logsource: {product: sandbar, service: http}
detection: {selection: {http.url|contains: page=}, condition: selection}
level: low
sandbar: {sid: 4509001, rev: 1, action: alert}
END
rm "$LAB/guard.ndjson"
guard -s "$LAB/rule.yaml"
on client curl -sS -m 40 -H 'Connection: close' "http://$WEB/index.html?page=[1-1000]" -o /dev/null & load=$!
for _ in 1 2 3 4 5; do sleep 0.4; kill -HUP $GUARD; done
holds "rules are reloaded under load: the load passes" wait $load
unguard
holds "reloaded five times" [ "$(grep -c 'rules reloaded' "$LAB/guard.log")" = 5 ]
holds "each request was seen" [ "$(count "e['http']['url']" "e['event_type'] == 'http'")" = 1000 ]
holds "and weighed by the rule" [ "$(count "e['flow_id']" "e.get('alert', {}).get('signature_id') == 4509001")" = 1000 ]

rm "$LAB/guard.ndjson"
guard --set limits.flows=20000
transfer
on client python3 -c "
import random, socket, struct
def fold(total):
    total = (total >> 16) + (total & 65535)
    return ~(total + (total >> 16)) & 65535
server = socket.inet_aton('$WEB')
fixed = sum(struct.unpack('>2H', server)) + 6 + 20 + 80 + 0x5002 + 65535
with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as flood:
    for n in range($FLOOD):
        source = 10 << 24 | n + 1
        sequence, port = random.getrandbits(32), 1024 + n % 60000
        total = fixed + (source >> 16) + (source & 65535) + (sequence >> 16) + (sequence & 65535) + port
        flood.sendto(struct.pack('>BBHHHBBH', 0x45, 0, 40, 1, 0, 64, 6, 0) + struct.pack('>I', source) + server
            + struct.pack('>HHIIHHHH', port, 80, sequence, 0, 0x5002, 65535, fold(total), 0), ('$WEB', 0))"
whole "a flood of new flows"
memory=$(awk '/VmHWM/ { print int($2 / 1024) }' /proc/$GUARD/status)
holds "its memory is bounded: $memory MiB" [ "$memory" -lt 1024 ]
unguard
flows=$(counted flow total) drops=$(counted capture kernel_drops) crowded=$(counted flow get_used)
holds "each is counted: $flows flows, $drops packets dropped by the kernel" [ $((flows + drops)) -ge $FLOOD ]
holds "as are those that ended early for want of room: $crowded" grep -q "$(said "$crowded") ended early for want of room" "$LAB/guard.log"
exit $failed
