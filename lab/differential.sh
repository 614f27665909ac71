#!/usr/bin/env bash
# Plays seeded conversations through this kernel's own gateways and through Sandbar's models of them, and counts where they disagree.
# Needs root. usage: sudo lab/differential.sh [--seed N] [--count N] [--protocol ftp] [--keep FOLDER]; see lab/README.md.
set -eu
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
. "$root/.ci/packages.sh"
if [ "$(id -u)" -ne 0 ]; then
    echo "lab: needs root, for network namespaces: sudo lab/differential.sh" >&2
    exit 4
fi
# shellcheck disable=SC2046 # nothing or one word
need $(jdk) mvn=maven python3=python3 ip=iproute2 iptables=iptables conntrack=conntrack
jar=$root/filter-bench/target/bench.jar
if [ ! -e "$jar" ] || [ -n "$(find "$root"/filter-core/src/main "$root"/filter-bench/src/main -newer "$jar" -print -quit)" ]; then
    (cd "$root" && mvn -B -q -ntp -pl filter-bench -am package -DskipTests) </dev/null >&2
fi
exec python3 "$root/lab/differential.py" --jar "$jar" "$@"
