#!/usr/bin/env bash
# Statements that change the book, from outside: access, rehearsal, a killed writer, two writers at once.
# Expectations are written by hand; sqlite3 looks into the book by another way. KITH names the program.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C.UTF-8
unset KITH_BOOK KITH_TODAY KITH_AUTHOR
kith="${KITH:-$(swift build --show-bin-path)/kith}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
book="$work/a.book"
"$kith" demo --customers 3000 --seed 1 "$book" >/dev/null 2>&1

source "$(dirname "${BASH_SOURCE[0]}")/checks.bash"

# same NAME FIRST SECOND
same() {
  if [[ $2 == "$3" ]]; then echo "ok $1"; else
    echo "FAIL $1: '$2' is not '$3'"
    status=1
  fi
}

check read-only 1 "start kith with --write" "$kith" -c 'set customer 1 city = "北京"' "$book"
check dry-run 0 "nothing was kept" "$kith" --write --dry-run -c 'set customer 1 city = "北京"' "$book"
same dry-run-kept-nothing "$(sqlite3 "$book" "SELECT count(*) FROM batch")" 0
check write 0 "1 customer changed; undo takes it back" "$kith" --write -c 'set customer 1 city = "北京"' "$book"
same written "$(sqlite3 "$book" "SELECT city FROM customer WHERE id = 1")" 北京
check later-run 0 "taken back" "$kith" --write -c 'undo' "$book"
check chinese 0 "新增 1 个客户；撤销可收回" "$kith" --lang zh --write -c '新增 客户 名称 = “甲”' "$book"
check script 0 "customer 乙" bash -c "printf 'add customer name = \"乙\"\nset customer \"乙\" city = \"深圳\"\n' | '$kith' --write - '$book'"

# A writer that is killed leaves all of its statement or nothing, whenever it dies.
total=$(sqlite3 "$book" "SELECT count(*) FROM activity")
for delay in 0.05 0.1 0.15 0.2 0.3 0.4 0.6; do
  "$kith" --write -c 'set (activities) result = "甲"; set (activities) result = "乙"' "$book" >/dev/null 2>&1 &
  writer=$!
  sleep "$delay"
  kill -9 "$writer" 2>/dev/null
  wait "$writer" 2>/dev/null
  jia=$(sqlite3 "$book" "SELECT count(*) FROM activity WHERE result = '甲'")
  yi=$(sqlite3 "$book" "SELECT count(*) FROM activity WHERE result = '乙'")
  if [[ ($jia -eq 0 || $jia -eq $total) && ($yi -eq 0 || $yi -eq $total) ]]; then
    echo "ok killed after $delay: $jia, $yi of $total"
  else
    echo "FAIL killed after $delay: $jia, $yi of $total"
    status=1
  fi
done
same whole-book "$(sqlite3 "$book" "PRAGMA integrity_check; SELECT count(*) FROM pragma_foreign_key_check")" $'ok\n0'

# Two writers at once: each waits its turn, and both changes stand.
for number in 1 2 3 4 5 6; do
  "$kith" --write -c "set customer $((10 + number)) city = \"城$number\"" "$book" >/dev/null 2>&1 &
done
wait
same both-written "$(sqlite3 "$book" "SELECT count(*) FROM customer WHERE city LIKE '城_' AND id BETWEEN 11 AND 16")" 6

# A writer that does not end in time is named.
(echo "BEGIN IMMEDIATE;"; sleep 8) | sqlite3 "$book" &
sleep 0.5
check busy 1 "another program is writing" "$kith" --write -c 'set customer 1 city = "广州"' "$book"
wait
exit $status
