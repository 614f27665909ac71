#!/bin/bash
# What guard costs: the same traffic through the router without guard, with it, and with --offload. Throughput, packets and processor
# time of bulk HTTP, of iperf3 over TCP and of its small datagrams; and the round trips of small requests. For a quiet machine, as root,
# about two minutes and a half; see README.md. Ends with 1 where bulk transfer with --offload has less than nine tenths of that without guard.
#
#   lab/guard-rate.sh [SANDBAR...]    the command that runs Sandbar, if not the one of this clone
. "$(dirname "$0")/router.sh"
need iperf3 iperf3

lab offload
web_server 'sendfile on;' 'tcp_nopush on;' 'keepalive_requests 10000000;'
head -c 1G /dev/zero >"$LAB/www/bulk"
spawn server iperf3 -s -B $WEB
wait_port server 5201
rules
on router nft 'add rule inet filter forward iifname "lan" meta l4proto { tcp, udp } th dport 5201 accept'

http() { on client timeout 5 curl -s "http://$WEB/bulk?[1-1000]" -o /dev/null; }
tcp() { on client iperf3 -c $WEB -R -t 5; }
datagrams() { on client iperf3 -c $WEB -u -b 0 -l 64 -t 5; }

# bulk WHAT HOW: while this goes on, what the router passes on; the best of several is kept.
declare -A best
bulk() {
    local load rate packets busy own
    $1 >>"$LAB/load.log" 2>&1 & load=$!
    sleep 1
    read -r rate packets busy own < <(on router python3 "$root/lab/rate.py" passed 3 ${GUARD:+$GUARD})
    wait $load || true
    printf '%-10s %-8s %8s Mbit/s %9s packets/s %5s %% of a processor, guard %3s %%\n' "$1" "$2" "$rate" "$packets" "$busy" "$own"
    [ "$rate" -le "${best[$1-$2]:-0}" ] || best[$1-$2]=$rate
}
# trips HOW: small requests, some of them to warm up.
trips() {
    local median p99
    on client python3 "$root/lab/rate.py" trips $WEB 2000 >/dev/null
    read -r median p99 < <(on client python3 "$root/lab/rate.py" trips $WEB 10000)
    printf '%-10s %-8s %8s µs at the median, %s µs at the 99th percentile\n' trips "$1" "$median" "$p99"
}
# In turn, for what else goes on on the machine comes and goes.
for round in 1 2 3; do
    for how in without guard offload; do
        case $how in guard) guard ;; offload) guard --offload ;; esac
        for what in http tcp; do bulk $what $how; done
        [ $round != 1 ] || { bulk datagrams $how; trips $how; }
        [ -z "$GUARD" ] || unguard
    done
done
for what in http tcp; do
    share=$((100 * ${best[$what-offload]} / ${best[$what-without]}))
    holds "$what with --offload has $share % of what it has without guard" [ $share -ge 90 ]
done
exit $failed
