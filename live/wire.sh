# Sourced: a namespace with a pair of interfaces, wire-sending and wire-watched, a traffic mix in $mix, and what is needed to send it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/live/target
namespace=sandbar-wire-$$
mix=$target/wire-mix.pcap
mkdir -p "$target"

within() { ip netns exec "$namespace" "$@"; }

# wire_up PACKETS: the wire, and a mix of so many packets.
wire_up() {
    . "$root/.ci/packages.sh"
    need ip=iproute2 tcpreplay=tcpreplay tcpdump=tcpdump
    "$root/sandbar" --version >/dev/null
    if [ ! -e "$mix" ]; then
        (cd "$root" && mvn -B -q -ntp -pl filter-bench -am package -DskipTests)
        java -cp "$root/filter-bench/target/bench.jar" org.sandbar.bench.mix.MakeMix --packets "$1" "$mix" >&2
    fi
    ip netns add "$namespace"
    trap wire_down EXIT
    trap "exit 130" INT
    trap "exit 143" TERM
    within sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    ip -n "$namespace" link add wire-sending mtu 9000 type veth peer name wire-watched mtu 9000
    ip -n "$namespace" link set wire-sending up
    ip -n "$namespace" link set wire-watched up
}

wire_down() {
    for pid in $(ip netns pids "$namespace"); do kill "$pid" 2>/dev/null || true; done
    ip netns delete "$namespace"
}

# send RATE LOOPS: the mix so often, so many packets a second (0: as fast as it goes); prints how many packets went, and their rate.
send() {
    local pace=(-p "$1")
    [ "$1" = 0 ] && pace=(-t)
    within tcpreplay -q --preload-pcap "${pace[@]}" --loop "$2" -i wire-sending "$mix" 2>/dev/null |
        awk '/^Actual:/ {sent = $2} /^Rated:/ {printf "%d %d\n", sent, $(NF - 1)}'
}
