# What recall finds and reports, against a plain recall in awk.

runs "recall of the patterns themselves" recall three.npy --cues three.npy --output o.npy --json
check "prints JSON" is_json "$out"
check "has the keys" has_keys "$out" network model rule neurons patterns load engine recalls cue \
  outcome steps flips energy energyTrace match pattern overlap kind exact seconds store recall
check "network" equal "$(values "$out" model) $(values "$out" rule) $(values "$out" neurons) \
$(values "$out" patterns) $(values "$out" load | head -n 1)" "classical hebbian 64 3 0.046875"
check "cues are numbered" equal "$(values "$out" cue | tr '\n' ' ')" "0 1 2 "
check "patterns stay" equal "$(values "$out" outcome | sort -u)" fixedPoint
check "in one step" equal "$(values "$out" steps | tr '\n' ' ')" "1 1 1 "
check "without a flip" equal "$(arrays "$out" flips | tr '\n' ' ')" "0 0 0 "
check "their energy is -30.5" numbers_equal "$(values "$out" energy)" "-30.5 -30.5 -30.5"
check "the trace has an entry more than steps" \
  numbers_equal "$(arrays "$out" energyTrace | tr '\n' ',' | sed 's/,$//')" "-30.5,-30.5,-30.5,-30.5,-30.5,-30.5"
check "each matches itself" numbers_equal "$(matches "$out")" "0 1 1 1 2 1"
check "they are stored" equal "$(values "$out" kind | sort -u)" stored
check "and exact" equal "$(values "$out" exact | sort -u)" true
spins o.npy >o.txt
check "the output holds them" diff three.txt o.txt

for case in three loaded; do
  cues=$case-damaged
  [ -f "$cues.npy" ] || cues=$case-cues
  awk -f "$here/reference.awk" "$case.txt" "$cues.txt" >expected.txt
  runs "$case: recall of damaged cues" recall "$case.npy" --cues "$cues.npy" --output o.npy --json
  cut -d' ' -f1 expected.txt >expected-states.txt
  spins o.npy >o.txt
  check "$case: states" diff expected-states.txt o.txt
  check "$case: steps" equal "$(values "$out" steps)" "$(cut -d' ' -f2 expected.txt)"
  check "$case: flips" numbers_equal "$(arrays "$out" flips)" "$(cut -d' ' -f3 expected.txt)"
  check "$case: energies" numbers_equal "$(arrays "$out" energyTrace)" "$(cut -d' ' -f4 expected.txt)"
  check "$case: matches" numbers_equal "$(matches "$out")" "$(cut -d' ' -f5,6 expected.txt)"
done

reversed <three.txt >reversed.txt
npy reversed.txt reversed.npy
try recall three.npy --cues reversed.npy --json
check "a reversed pattern" equal "$(values "$out" kind | sort -u) $(values "$out" exact | sort -u)" \
  "reversed false"
check "its overlap has its sign" numbers_equal "$(matches "$out")" "0 -1 1 -1 2 -1"

awk '{ for (i = 1; i <= 64; i++) sum[i] += substr($0, i, 1) == "+" ? 1 : -1 }
  END { for (i = 1; i <= 64; i++) printf "%s", (sum[i] > 0 ? "+" : "-"); print "" }' three.txt >mixture.txt
npy mixture.txt mixture.npy
try recall three.npy --cues mixture.npy --json
check "the majority of three patterns is a mixture" equal \
  "$(values "$out" outcome) $(values "$out" kind)" "fixedPoint mixture"
check "of these three" equal "$(compact "$out" | grep -o '"mixture":\[[^]]*\]' |
  grep -o '"pattern":[0-9]*' | cut -d: -f2 | sort | tr '\n' ' ')" "0 1 2 "

try recall twice.npy --cues one.npy --json
check "of equal patterns the first is the match" numbers_equal "$(matches "$out")" "0 1"

try recall free.npy --cues free.npy --json
check "no coupling: every state stays" equal "$(values "$out" steps | sort -u)" 1
compact "$out" >free.json
check "with energy 0, not -0" lacks -E -- '-0(\.0)?[],}]' free.json

runs "recall for people to read" recall three.npy --cues three-damaged.npy
check "says something" test -s "$out"
