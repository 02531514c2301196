# For the scripts beside: `status` turns 1 with the first check that fails.

# check NAME EXPECTED-EXIT EXPECTED-TEXT COMMAND…: the text must occur in what is printed on either stream.
check() {
  local name=$1 code=$2 text=$3 out got
  shift 3
  out=$("$@" 2>&1 </dev/null)
  got=$?
  if [[ $got -eq $code && $out == *"$text"* ]]; then echo "ok $name"; else
    echo "FAIL $name: exit $got (expected $code), printed: ${out:0:600}"
    status=1
  fi
}
