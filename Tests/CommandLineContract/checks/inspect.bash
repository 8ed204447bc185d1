# inspect: what the memory is and whether it can work.

runs "inspect" inspect three.npy
check "says how many neurons" grep -q 64 "$out"
runs "inspect --json" inspect three.npy --json
check "prints JSON" is_json "$out"
check "has the keys" has_keys "$out" neurons patterns load capacity correlation mean max stableBits \
  stablePatterns expectedError engine advice
check "three patterns of 64" equal \
  "$(values "$out" neurons) $(values "$out" patterns) $(values "$out" load)" "64 3 0.046875"
check "orthogonal: no correlation" numbers_equal "$(values "$out" mean) $(values "$out" max)" "0 0"
check "the advice is one line" awk '/"advice"/ { n++ } END { exit n != 1 }' "$out"
cp "$out" once.json
try inspect three.npy --json
check "twice the same" cmp once.json "$out"

try inspect twice.npy --json
check "two equal patterns: correlation 1" numbers_equal "$(values "$out" max)" 1
try inspect one.npy --json
check "one pattern: JSON, no NaN" is_json "$out"
try inspect free.npy --json
check "load 1" numbers_equal "$(values "$out" load)" 1
check "load 1: the advice says that this is past the limit" grep -q 0.138 "$out"
