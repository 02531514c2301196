#!/usr/bin/env bash
# From a fresh clone to the first answers: installs what is missing, builds kith, imports the small
# files of examples/data into a new book and runs examples/quickstart.kith on it.
# The book stays as .build/quickstart.book for you to play with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v swift >/dev/null; then
  echo "swift is not on the PATH: Swift 6.2 or newer is needed, see https://www.swift.org/install" >&2
  exit 1
fi
bash Tests/install-packages.sh libsqlite3-dev zlib1g-dev libedit-dev pkg-config

echo "== building kith"
swift build --product kith
kith="$(swift build --show-bin-path)/kith"

book=.build/quickstart.book
rm -rf "$book" "$book"-*

echo "== importing examples/data"
load() {
  local file=$1 entity=$2
  shift 2
  "$kith" import "examples/data/$file.csv" --into "$entity" "$@" "$book"
}
# Whoever is referred to comes first.
load members members
load customers customers
load contacts contacts
# The history first, so that what the deals' own file says of closed deals has the last word.
load stage_history opportunities --history
load opportunities opportunities
load referrals referrals --map referrer=referrer.customer.name
load purchases purchases

echo "== examples/quickstart.kith"
# The files end in June 2026, so the questions are asked on its last day.
"$kith" run --today 2026-06-30 examples/quickstart.kith "$book"

cat <<END

Now try your own questions:
  $kith $book
  $kith -c 'customers | where city = "深圳" | take 5' $book
END
