# Every learning rule: `recall --rule` brings stored patterns back, `inspect --rule` knows what it holds.

rules="
  hebbian
  covariance
  projection
  projection-diagonal
  storkey
  storkey-second-order
  perceptron
  minimum-probability-flow
  unlearning
  marginalist
  bounded-synapses
  diluted
"

# What the program lists is what is checked here.
try recall --help
listed=$(tr '\n' ' ' <"$out" | sed 's/  */ /g' | sed -n 's/.*--rule <rule>[^(]*(default: hebbian)\. *(values: \([^)]*\)).*/\1/p' | tr -d ',')
check "the help lists every rule, and no other" equal \
  "$(echo $listed | tr ' ' '\n' | sort | tr '\n' ' ')" "$(echo $rules | tr ' ' '\n' | sort | tr '\n' ' ')"

for rule in $rules; do
  # Three orthogonal patterns of 64: every rule holds its newest, and all but the palimpsests hold all.
  runs "$rule recalls" recall three.npy --cues three-damaged.npy --rule "$rule" --json
  check "$rule prints JSON" is_json "$out"
  check "$rule names itself" grep -q "\"rule\": \"$rule\"" "$out"
  try recall three.npy --cues three-damaged.npy --rule "$rule" --output one-thread.npy --threads 1
  try recall three.npy --cues three-damaged.npy --rule "$rule" --output two-threads.npy --threads 2
  check "$rule gives the same bytes on one thread and on two" cmp one-thread.npy two-threads.npy
  runs "inspect knows $rule" inspect three.npy --rule "$rule" --json
  check "and prints JSON" is_json "$out"
  check "with the keys" has_keys "$out" neurons patterns load capacity correlation stableBits \
    stablePatterns expectedError engine advice
done

states "projection brings stored patterns back" three.txt \
  recall three.npy --cues three-damaged.npy --rule projection
refuses 65 "pattern" "equal patterns are dependent" \
  recall twice.npy --cues twice.npy --rule projection
refuses 64 "" "a rule that there is not" recall three.npy --cues three.npy --rule nobody
