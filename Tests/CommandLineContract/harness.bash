# Running the program, and the words in which the checks are written. Sourced by run.

passes=0 fails=0 skips=0
out=$work/stdout err=$work/stderr
statuses=$work/statuses errors=$work/errors
: >"$statuses" >"$errors"

limit=()
if command -v timeout >/dev/null 2>&1; then limit=(timeout 60); fi

pass() {
  passes=$((passes + 1))
  echo "ok $1"
}

# fail NAME [WHY]
fail() {
  fails=$((fails + 1))
  echo "FAIL $1${2:+: $2}"
}

skip() {
  skips=$((skips + 1))
  echo "skip $1: $2"
}

# MARK: Running

# try ARGUMENTS: leaves $status, and the two outputs in the files $out and $err.
try() {
  ${limit[@]+"${limit[@]}"} "$program" "$@" >"$out" 2>"$err" </dev/null
  note_run $? "$*"
}

# try_as_nobody ARGUMENTS: the same as a user whom file modes bind.
try_as_nobody() {
  ${unprivileged[@]+"${unprivileged[@]}"} "$program" "$@" >"$out" 2>"$err" </dev/null
  note_run $? "$*"
}

note_run() {
  status=$1 ran=$2
  echo "$1 hopfield $2" >>"$statuses"
  cat "$err" >>"$errors"
}

# Root reads and writes everything: then the checks of permissions run as another user, if that can
# be done here. $bound says whether modes bind.
unprivileged=()
bound=yes
if [ "$(id -u)" -eq 0 ]; then
  bound=no
  if command -v setpriv >/dev/null 2>&1; then
    unprivileged=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    if "${unprivileged[@]}" test -x "$program" 2>/dev/null; then bound=yes; fi
  fi
fi

# MARK: Checks

# check NAME COMMAND ...: passes if the command succeeds.
check() {
  local name=$1
  shift
  if "$@" >"$work/why" 2>&1; then
    pass "$name"
  else
    fail "$name" "$(head -n 3 "$work/why" | tr '\n' ' ')"
  fi
}

# runs NAME ARGUMENTS ...: passes if the program ends with 0 and is silent on standard error.
runs() {
  local name=$1
  shift
  try "$@"
  if [ "$status" -ne 0 ]; then
    fail "$name" "status $status: $(head -n 2 "$err" | tr '\n' ' ')"
  elif [ -s "$err" ]; then
    fail "$name" "standard error: $(head -n 2 "$err" | tr '\n' ' ')"
  else
    pass "$name"
  fi
}

# refuses STATUS WORD NAME ARGUMENTS ...: passes if the program ends with that status (several are
# written 64|73), prints nothing on standard output and one line with WORD on standard error.
refuses() {
  local wanted=$1 word=$2 name=$3
  shift 3
  try "$@"
  judge_refusal "$wanted" "$word" "$name"
}

judge_refusal() {
  local wanted=$1 word=$2 name="$1 $3" lines
  lines=$(($(wc -l <"$err")))
  if ! [[ "$status" =~ ^($wanted)$ ]]; then
    fail "$name" "status $status: $(head -n 2 "$err" | tr '\n' ' ')"
  elif [ -s "$out" ]; then
    fail "$name" "it printed $(head -c 80 "$out" | tr '\n' ' ')"
  elif [ "$lines" -ne 1 ]; then
    fail "$name" "$lines lines on standard error: $(head -n 4 "$err" | tr '\n' '|')"
  elif ! grep -qF -- "$word" "$err"; then
    fail "$name" "does not say '$word': $(cat "$err")"
  else
    pass "$name"
  fi
}

# lacks GREP-ARGUMENTS: succeeds if grep finds nothing, and else prints what it found.
lacks() { ! grep "$@"; }

equal() {
  [ "$1" = "$2" ] || {
    echo "got '$1', not '$2'"
    return 1
  }
}

# differ FILE FILE: both are there and not the same.
differ() { [ -f "$1" ] && [ -f "$2" ] && ! cmp -s "$1" "$2"; }

# MARK: Looking into JSON

# is_json FILE: by reducing what stands in it to one value.
is_json() {
  awk '
    { text = text $0 "\n" }
    END {
      gsub(/"([^"\\]|\\["\\\/bfnrtu])*"/, "s", text)
      gsub(/-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/, "v", text)
      gsub(/true|false|null/, "v", text)
      gsub(/[ \t\r\n]/, "", text)
      do {
        n = gsub(/\[([sv](,[sv])*)?\]/, "v", text)
        n += gsub(/\{(s:[sv](,s:[sv])*)?\}/, "v", text)
      } while (n)
      if (text != "v") { print "not JSON: " substr(text, 1, 60); exit 1 }
    }' "$1"
}

compact() { [ ! -f "$1" ] || tr -d ' \t\r\n' <"$1"; }

# without_seconds FILE: the JSON but for the times, the one thing that may differ between runs.
without_seconds() { compact "$1" | sed 's/"seconds":{[^}]*}//'; }

# values FILE KEY: the plain values of that key, one a line, in the order in which they stand.
values() { compact "$1" | grep -o "\"$2\":[^][{},]*" | sed -e 's/^[^:]*://' -e 's/"//g'; }

# arrays FILE KEY: what stands between the brackets of each array of that key.
arrays() { compact "$1" | grep -o "\"$2\":\[[^]]*\]" | sed -e 's/^[^[]*\[//' -e 's/\]$//'; }

# matches FILE: the match of each recall, as PATTERN OVERLAP.
matches() {
  compact "$1" | grep -o '"match":{[^}]*}' | while read -r line; do
    echo "$(echo "$line" | grep -o '"pattern":[0-9]*' | cut -d: -f2)" \
      "$(echo "$line" | grep -o '"overlap":[-+.0-9eE]*' | cut -d: -f2)"
  done
}

# numbers_equal "A B ..." "C D ...": the same numbers, however they are written.
numbers_equal() {
  awk -v a="$1" -v b="$2" 'BEGIN {
    n = split(a, x, /[ ,\n]+/); m = split(b, y, /[ ,\n]+/)
    same = n == m
    for (i = 1; i <= n && same; i++) same = x[i] + 0 == y[i] + 0 && x[i] != ""
    if (!same) print "got " a ", not " b
    exit !same
  }'
}

# has_keys FILE KEY ...
has_keys() {
  local file=$1 key
  shift
  for key in "$@"; do
    compact "$file" | grep -q "\"$key\":" || {
      echo "no key $key"
      return 1
    }
  done
}

# MARK: Looking into tables and figures

# is_csv FILE: names in snake case, and under them at least one row, all of as many cells. For cells
# without commas.
is_csv() {
  awk -F, '
    NR == 1 { n = NF; for (i = 1; i <= n; i++) if ($i !~ /^[a-z][a-z0-9_]*$/) bad = "column " $i }
    NF != n { bad = "line " NR " has " NF " cells, not " n }
    END { if (NR < 2) bad = NR " lines"; if (bad) { print bad; exit 1 } }' "$1"
}

# is_svg FILE: every tag that opens is closed, in order, and the outermost is svg.
is_svg() {
  awk '
    BEGIN { RS = ">" }
    {
      at = index($0, "<")
      if (!at) { if ($0 ~ /[^ \t\n]/) bad = "text outside"; next }
      text = substr($0, 1, at - 1); tag = substr($0, at + 1)
      if (text ~ /&/ && text !~ /&(amp|lt|gt|quot|apos|#[0-9]+);/) bad = "a bare &"
      if (tag ~ /^[?!]/) next
      if (gsub(/"/, "\"", tag) % 2) bad = "a quote in " tag
      if (tag ~ /^\//) {
        if (stack[n--] != substr(tag, 2)) bad = "a stray " tag
      } else if (tag !~ /\/$/) {
        split(tag, words, /[ \t\n]/)
        stack[++n] = words[1]
        if (n == 1) { roots++; if (words[1] != "svg") bad = "root " words[1] }
      }
    }
    END { if (n || roots != 1) bad = bad " not closed"; if (bad) { print bad; exit 1 } }' "$1"
}

# states NAME WANTED ARGUMENTS: the program runs and writes the states in the file WANTED.
states() {
  local name=$1 wanted=$2
  shift 2
  rm -f states.npy
  try "$@" --output states.npy
  if [ "$status" -ne 0 ]; then
    fail "$name" "status $status: $(head -n 1 "$err")"
  else
    spins states.npy >states.txt
    check "$name" diff "$wanted" states.txt
  fi
}
