#!/usr/bin/env bash
# The program as a shell script meets it: exit codes, streams, formats, bad input. Expectations are written
# by hand. KITH names the program.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C.UTF-8 KITH_TODAY=2026-11-21
unset KITH_BOOK
kith="${KITH:-$(swift build --show-bin-path)/kith}"
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
status=0

source "$(dirname "${BASH_SOURCE[0]}")/checks.bash"

check arithmetic 0 3.5 "$kith" -c '7 / 2'
check chinese 0 K2104 bash -c "'$kith' -c '客户 | 其中 城是 = \"深圳\"'; [[ \$? -eq 3 ]]"
check misuse 2 "no option" "$kith" --nonsense
check unchecked 3 "did you mean 'city'?" "$kith" -c 'customers | where citty = "深圳"'
check failed-assert 1 "too few" "$kith" -c 'assert 1 > 2, "too few"'
check empty 4 "" "$kith" --fail-empty -c 'customers | where name = "nobody at all"'
check version 0 0. "$kith" --version
check help-code 0 K2104 "$kith" help K2104
check json 0 '"value":2' "$kith" -json -c '1 + 1'
check csv 0 "value" "$kith" -csv -c '1 + 1'
check errors-json 3 '"code":"K2104"' bash -c "'$kith' --errors=json -c 'customers | where citty = 1' | tr -d ' '; exit \${PIPESTATUS[0]}"
check parameter 0 $'value\n5' "$kith" --set n=5 -c 'param n: int = 1
$n'
check no-book 1 K6001 "$kith" -c 'customers' "$work/none.book"

# A script from standard input, and a pipe that is closed early.
printf 'print "a"\nprint "b"\n' >"$work/two.kith"
check script 0 $'a\nb' "$kith" run "$work/two.kith"
check stdin 0 $'a\nb' bash -c "'$kith' - < '$work/two.kith'"
check closed-pipe 0 "141" bash -c "'$kith' -c 'opportunities | select *' | head -n 1 >/dev/null; echo \${PIPESTATUS[0]}"
printf 'customers | where citty = 1\nprint "never"\n' >"$work/bad.kith"
check nothing-runs 3 "K2104" "$kith" run "$work/bad.kith"
check check 3 "K2104" "$kith" check "$work/bad.kith"
check format 0 'customers | where city = "x" | take 3' bash -c "printf 'customers|filter city==\"x\"|head 3' > '$work/f.kith'; '$kith' fmt '$work/f.kith'"

# Files that are no book.
head -c 5000 /dev/urandom >"$work/noise.book"
check noise 1 K6 "$kith" -c customers "$work/noise.book"
: >"$work/empty.book"
check empty-file 1 K6 "$kith" -c customers "$work/empty.book"
check folder 1 K6 "$kith" -c customers "$work"

# Texts that are no script.
python3 -c 'print("(" * 100000 + "1")' >"$work/brackets.kith"
check brackets 3 K1116 "$kith" run "$work/brackets.kith"
python3 -c 'print("customers | where " + "x" * 1000000 + " = 1")' >"$work/name.kith"
check long-name 3 K1005 "$kith" run "$work/name.kith"
for seed in 1 2 3; do
  python3 -c "import random,sys; r=random.Random($seed); sys.stdout.buffer.write(bytes(r.randrange(256) for _ in range(4000)))" >"$work/bytes.kith"
  check "random-bytes-$seed" 3 K1 "$kith" run "$work/bytes.kith"
done
printf 'def f(x) = f(x)\nprint f(1)\n' >"$work/recursion.kith"
check recursion 3 K2 "$kith" run "$work/recursion.kith"

python3 -c '
for i in range(70): print(f"def f{i}(x) = f{i-1}(x) + f{i-1}(x)" if i else "def f0(x) = x")
print("print f20(1)")' >"$work/doubling.kith"
check doubling 3 K2309 timeout 60 "$kith" run "$work/doubling.kith"

# What cannot be written is an error, and no half file stays: a full device, a file that may not grow.
check full-device 1 K7016 bash -c "'$kith' -c '1 + 1' >/dev/full"
check file-limit 1 K7 bash -c "cd '$work'; ulimit -f 4; '$kith' -c 'opportunities | select * | export \"big.csv\"'"
check no-half-file 1 "" bash -c "compgen -G '$work/big.csv*'"
"$kith" demo --customers 300 --seed 1 "$work/small.book" >/dev/null 2>&1
python3 -c "
print('name,city')
for i in range(40000): print(f'客户{i},深圳')" >"$work/many.csv"
check import-limit 1 K6 bash -c "ulimit -f 800; '$kith' import '$work/many.csv' --into customers '$work/small.book'"
check book-as-before 0 $'count\n300' "$kith" -c 'customers | count' "$work/small.book"
"$kith" import "$work/many.csv" --into customers "$work/small.book" >/dev/null 2>&1 &
sleep 0.3
kill -9 $!
wait $! 2>/dev/null
check killed-import 0 $'ok\ntrue' bash -c "'$kith' -c 'count(customers) in (300, 40300)' '$work/small.book' | sed 's/^value$/ok/'"

# An import: what does not fit is set aside with its reason, a file without a header is refused, and nothing
# is left of a book that could not be filled.
printf 'name,city,founded\n甲,深圳,2001\n乙,广州,20x1\n丙,上海,1999\n' >"$work/c.csv"
check import 0 "3 rows read, 2 new" "$kith" import "$work/c.csv" --into customers "$work/c.book"
check rejects 0 "founded" cat "$work/c.csv.rejects.csv"
check import-count 0 $'count\n2' "$kith" -c 'customers | count' "$work/c.book"
printf 'name,city\n"甲,深圳\n' >"$work/q.csv"
check open-quote 1 K7103 "$kith" import "$work/q.csv" --into customers "$work/q.book"
check no-half-book 1 "" test -e "$work/q.book"
check unknown-entity 1 K6020 "$kith" import "$work/c.csv" --into custmers "$work/c.book"
check read 0 $'count\n3' bash -c "cd '$work' && '$kith' -c 'read \"c.csv\" | count'"
check export 0 "wrote" bash -c "cd '$work' && '$kith' -c 'customers | select name | export \"out.csv\"' c.book"
check exported 0 "甲" cat "$work/out.csv"
check export-outside 1 K7013 bash -c "cd '$work' && '$kith' -c 'customers | export \"/var/out.csv\"' c.book"

# A sqlite3 that writes is seen by the next query; a foreign database is left as it is.
if command -v sqlite3 >/dev/null; then
  sqlite3 "$work/c.book" "INSERT INTO customer(name, city) VALUES('丁', '北京')"
  check other-writer 0 $'count\n3' "$kith" -c 'customers | count' "$work/c.book"
  sqlite3 "$work/foreign.db" "CREATE TABLE t(a)"
  before=$(md5sum <"$work/foreign.db")
  check foreign 1 K6 "$kith" -c customers "$work/foreign.db"
  [[ $before == "$(md5sum <"$work/foreign.db")" ]] || { echo "FAIL the foreign file changed"; status=1; }
fi
exit $status
