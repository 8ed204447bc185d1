# The articles of the documentation: every command of the tutorial runs, prints the numbers that the
# article shows, and draws the figure that stands there; every figure of every article has a command.

catalog=$here/../../Sources/Hopfield/Hopfield.docc

# commands FILE: the lines of its ```shell blocks.
commands() { awk '/^```/ { on = $0 == "```shell"; next } on' "$1"; }

# figures FILE: the names of its pictures.
figures() { sed -n 's/^!\[.*\](\([A-Za-z0-9-]*\)\(\.svg\)\{0,1\})$/\1/p' "$1"; }

# shown FILE K: the ```text blocks between command K, from 1, and the next one.
shown() {
  awk -v wanted="$2" '
    /^```/ { block = $0; next }
    block == "```shell" { command++ }
    block == "```text" && command == wanted' "$1"
}

# prints SHOWN PRINTED: whether what is shown was printed. The first line names columns of the printed
# table, as many as the article likes; each row is the printed one in those columns, in order. Lines
# `name: number` stand as they are, and three dots for rows that are left out.
prints() {
  awk '
    NR == FNR { if (NF && $1 != "...") wanted[++count] = $0; next }
    { $1 = $1; printed[FNR] = $0; last = FNR }
    END {
      columns = split(printed[1], names, " ")
      for (i = 1; i <= columns; i++) place[names[i]] = i
      at = 1
      for (k = 1; k <= count; k++) {
        words = split(wanted[k], word, " ")
        isTable = word[1] !~ /:$/
        if (isTable && !chosen) {
          chosen = words
          for (i = 1; i <= words; i++) {
            if (!(word[i] in place)) { print "no column " word[i]; exit 1 }
            column[i] = place[word[i]]
          }
          continue
        }
        line = word[1]
        for (i = 2; i <= words; i++) line = line " " word[i]
        for (found = 0; !found && ++at <= last; ) {
          cells = split(printed[at], cell, " ")
          if (!isTable) { found = printed[at] == line; continue }
          if (cells != columns) continue
          row = cell[column[1]]
          for (i = 2; i <= chosen; i++) row = row " " cell[column[i]]
          found = row == line
        }
        if (!found) { print "not printed: " line; exit 1 }
      }
    }' "$1" "$2"
}

# MARK: The tutorial

article=$catalog/HowMuchCanANetworkRemember.md
commands "$article" >"$work/commands"
count=$(($(wc -l <"$work/commands")))
check "the tutorial has commands" test "$count" -ge 10
check "all of them are the program's" lacks -v '^hopfield ' "$work/commands"

mkdir tutorial
pushd tutorial >/dev/null || exit 70
for ((k = 1; k <= count; k++)); do
  line=$(sed -n "${k}p" "$work/commands")
  # Arguments are words to split.
  # shellcheck disable=SC2086
  runs "${line#hopfield }" ${line#hopfield }
  shown "$article" "$k" >"$work/shown"
  [ ! -s "$work/shown" ] || check "prints what the tutorial shows" prints "$work/shown" "$out"
  case $line in *--output\ *)
    figure=${line##*--output }
    check "draws $figure" is_svg "$figure"
    ;;
  esac
done
popd >/dev/null || exit 70

for figure in $(figures "$article"); do
  check "$figure.svg in the documentation is the program's (Scripts/figures makes it anew)" \
    cmp "tutorial/$figure.svg" "$catalog/Resources/$figure.svg"
  check "$figure.svg is small" \
    test "$(($(wc -c <"$catalog/Resources/$figure.svg")))" -lt 300000
done

# A table that was changed is noticed.
printf '%s\n' 'size  share' '...' '10 0.5000' >"$work/shown"
printf '%s\n' 'name size share' 'a 9 0.4000' 'a 10 0.5000' >"$out"
check "rows that were printed" prints "$work/shown" "$out"
sed 's/10 0.5000/10 0.5001/' "$out" >"$work/changed"
if prints "$work/shown" "$work/changed" >/dev/null; then
  fail "another number is found"
else
  pass "another number is found"
fi

# MARK: All articles

for text in "$catalog"/*.md; do
  commands "$text" >"$work/commands"
  for figure in $(figures "$text"); do
    check "${text##*/} has $figure.svg" test -f "$catalog/Resources/$figure.svg"
    check "and a command for it" grep -qE -- "--output ($figure\.svg|figures)\$" "$work/commands"
  done
done
for file in "$catalog"/Resources/*; do
  name=${file##*/}
  check "an article shows $name" grep -qE "\(${name%.svg}(\.svg)?\)" "$catalog"/*.md
done
