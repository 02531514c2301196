#!/usr/bin/env bash
# Checks everything: system packages, format, a build without warnings, all tests.
# Works from any folder. KITH_DATA names the folder with the data sets some tests read; tests whose
# data are absent say so and are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export KITH_DATA="${KITH_DATA:-$PWD/../shared/data}"

if ! command -v swift >/dev/null; then
  echo "swift is not on the PATH: Swift 6.2 or newer is needed, see https://www.swift.org/install" >&2
  exit 1
fi

packages=(libsqlite3-dev zlib1g-dev libedit-dev pkg-config)
# Tests of the program as a whole are shell scripts, some with Python; sqlite3 plays another writer.
compgen -G 'Tests/shell/*.sh' >/dev/null && packages+=(python3 sqlite3)
bash Tests/install-packages.sh "${packages[@]}"

echo "== format"
swift format lint --strict --parallel --recursive Sources Tests Package.swift

echo "== build"
swift build --build-tests

echo "== tests"
swift test --skip-build

export KITH
KITH="$(swift build --show-bin-path)/kith"
for script in Tests/shell/*.sh; do
  [[ -e $script ]] || continue
  echo "== $script"
  bash "$script"
done
echo "All checks passed."
