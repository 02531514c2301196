#!/usr/bin/env bash
# Builds and runs the embedding example and compares what it prints with what its source promises.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
swift build --package-path examples/embed-swift --scratch-path .build-embed 2>&1 | tail -n 1
out=$("$(swift build --package-path examples/embed-swift --scratch-path .build-embed --show-bin-path)/embed")
status=0
expect() {
  if grep -qF -- "$1" <<<"$out"; then echo "ok embed: $1"; else
    echo "FAIL embed: '$1' is missing from:"
    echo "$out"
    status=1
  fi
}
expect "columns: city, count"
expect "no such city: int(0)"
expect 'host: text("SOUTH!")'
expect "error: K2104 no field 'citty' on customer"
expect "stopped: K5001"
exit $status
