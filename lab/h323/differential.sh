#!/bin/bash
# Arbitrary H.323 conversations, seeded, through the real kernel and through the model: differential.sh FOLDER [COUNT [SEED [6]]], 6 for IPv6. As root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath -m "$1")
mkdir -p "$folder"
run() {
    (cd "$here/../.." && mvn -o -B -q -pl filter-core test -Dtest=KernelDifferentialTest -Dsurefire.failIfNoSpecifiedTests=false "$@")
}
run -Dh323.write="$folder/conversations.ndjson" -Dh323.count="${2:-500}" -Dh323.seed="${3:-1}" -Dh323.family="${4:-4}"
FAMILY=${4:-4} python3 "$here/kernel.py" "$folder/conversations.ndjson" "$folder/holes.ndjson" "$folder/capture.pcap"
run -Dh323.folder="$folder"
