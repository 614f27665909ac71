#!/usr/bin/env bash
# fuzz.sh [SECONDS [OPTION...]]: shows both stages and all formats captures that Jazzer makes up from the samples, guided by the parsers'
# code that they reach. Ends with 77 where one raises an exception, takes over 20 s or over 4 GB, and leaves it in target/fuzz. What was
# found to reach something new is kept in target/fuzz/corpus, and the next run goes on from there. Options are Jazzer's.
set -eu -o pipefail
root=$(dirname "$(readlink -f "$0")")/..
target=$root/filter-bench/target
seconds=${1:-600}
shift || true
. "$root/.ci/packages.sh"
# shellcheck disable=SC2046 # nothing or one word
need $(jdk) mvn=maven
(cd "$root" && mvn -B -q -ntp -P fuzz -pl filter-bench -am package -DskipTests)

most_bytes=20000
mkdir -p "$target/fuzz/corpus"
for sample in "$root"/samples-pcap/*/*/input.pcap; do
    name=${sample#"$root/samples-pcap/"}
    [ "$(stat -c %s "$sample")" -gt $most_bytes ] || cp "$sample" "$target/fuzz/corpus/${name//\//-}"
done
cd "$target/fuzz"
parsers=$(printf 'org.sandbar.%s.**:' bytes capture wire flow stream protocol alg)
exec java -cp "$target/fuzzer/*:$target/bench.jar" -Dsandbar.root="$root" com.code_intelligence.jazzer.Jazzer \
    --target_class=org.sandbar.bench.Fuzz --instrumentation_includes="${parsers%:}" --custom_hook_includes=none \
    -max_total_time="$seconds" -max_len=$most_bytes -timeout=20 -rss_limit_mb=4000 "$@" corpus
