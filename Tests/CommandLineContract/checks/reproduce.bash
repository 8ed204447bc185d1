# Papers' numbers, measured again.

runs "--list" reproduce --list
check "--list names a paper a line" grep -q '^hopfield-1982  ' "$out"
runs "--list --json" reproduce --list --json
check "the list is JSON" is_json "$out"
check "it has names, sources and summaries" has_keys "$out" name source summary
check "no name comes twice" equal "$(values "$out" name | sort | uniq -d)" ""

runs "one, quick" reproduce kosko-1988 --quick
check "a table with verdicts" grep -q ' pass ' "$out"
runs "one, quick, as JSON" reproduce kosko-1988 --quick --json
check "it is JSON" is_json "$out"
check "with the keys of the contract" has_keys "$out" \
  name source rows quantity published ours tolerance pass why seconds
check "its name" equal "$(values "$out" name)" kosko-1988
check "nothing failed" lacks -q '"pass": *false' "$out"
grep -v '"seconds"' "$out" >first.txt
try reproduce kosko-1988 --quick --json --threads 1
grep -v '"seconds"' "$out" >again.txt
check "the same numbers on one thread" cmp first.txt again.txt

runs "two, quick, as JSON" reproduce kosko-1988 millidge-2022 --quick --json
check "they are JSON" is_json "$out"
check "two names in their order" equal "$(values "$out" name | tr '\n' ' ')" "kosko-1988 millidge-2022 "

runs "--output" reproduce kosko-1988 --quick --output results
check "a table and a figure" equal "$(ls results 2>&1 | tr '\n' ' ')" "kosko-1988.csv kosko-1988.svg "
check "the table's columns" grep -q '^quantity,published,ours,tolerance,pass,why' results/kosko-1988.csv
check "the figure is SVG" grep -q '<svg' results/kosko-1988.svg

refuses 64 "nobody-1900" "an unknown name" reproduce nobody-1900
refuses 64 "name" "no name" reproduce
refuses 64 "--output" "an output without a name" reproduce kosko-1988 --output ""
