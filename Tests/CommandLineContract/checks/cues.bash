# Damaged and partial cues.

# The noise of cue c under seed S comes from stream 2c: SplitMix64 started from the (2c + 1)-th output
# of SplitMix64(S). The shell's integers are 64 bits that wrap; only shifts and remainders need care.
mix_state=0 mixed=0
next_mixed() {
  local z
  mix_state=$((mix_state + 0x9E3779B97F4A7C15))
  z=$mix_state
  z=$(((z ^ ((z >> 30) & 0x3FFFFFFFF)) * 0xBF58476D1CE4E5B9))
  z=$(((z ^ ((z >> 27) & 0x1FFFFFFFFF)) * 0x94D049BB133111EB))
  mixed=$((z ^ ((z >> 31) & 0x1FFFFFFFF)))
}

# flipped_sites SEED CUE N K: the first K of 0 ..< N, shuffled.
flipped_sites() {
  local n=$3 k=$4 j t a=() swap
  mix_state=$1
  for ((j = 0; j <= 2 * $2; j++)); do next_mixed; done
  mix_state=$mixed
  for ((j = 0; j < n; j++)); do a[j]=$j; done
  for ((j = 0; j < k; j++)); do
    next_mixed
    t=$((j + (((mixed >> 1) & 0x7FFFFFFFFFFFFFFF) % (n - j) * 2 + (mixed & 1)) % (n - j)))
    swap=${a[j]} a[j]=${a[t]} a[t]=$swap
  done
  echo "${a[@]:0:$k}"
}

# The free network keeps whatever state it is given, so the output shows the noise.
noise() {
  local name=$1 fraction=$2 count=$3 seed=$4 cue=0
  rm -f o.npy
  try recall free.npy --cues free.npy --noise "$fraction" --seed "$seed" --output o.npy
  while read -r line; do
    echo "$line" | flip "$(flipped_sites "$seed" "$cue" 8 "$count")"
    cue=$((cue + 1))
  done <free.txt >expected.txt
  spins o.npy >o.txt 2>&1
  check "$name" diff expected.txt o.txt
}
noise "noise 0.25 of 8 flips 2, at the sites that the seed gives" 0.25 2 0
noise "noise 0.3125 of 8 flips 3: half goes up" 0.3125 3 1982
noise "noise 0 flips none" 0 0 3
noise "noise 1 flips all" 1 8 3

# Two known sites of nine are wrong: their field still points to the pattern. M = 60 then, and the
# energy -(60 * 60 - 64) / 128.
ones() { awk -v n="$1" -v k="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", (i < k ? "+" : "-"); print "" }'; }
ones 64 9 >known.txt
npy_of '|u1' '\001' '\000' known.txt known-row.npy
{ npy_header '|u1' '64,' && tail -c 64 known-row.npy; } >known.npy
random_spins 1 64 99 >garbage.txt
paste -d '' one.txt garbage.txt | awk '{ print substr($0, 1, 9) substr($0, 74, 55) }' |
  flip '2 7' >partial.txt
npy partial.txt partial.npy
flip '2 7' <one.txt >held.txt

partial() {
  local name=$1 wanted=$2
  shift 2
  rm -f o.npy
  try recall one.npy "$@" --output o.npy --json
  spins o.npy >o.txt 2>&1
  check "$name" diff "$wanted" o.txt
}
partial "unknown sites are filled, wrong known ones mended" one.txt --cues partial.npy --known known.npy
check "the trace begins with the filled state" numbers_equal \
  "$(arrays "$out" energyTrace | cut -d, -f1) $(values "$out" energy)" "-27.625 -31.5"
partial "--known with a row for each cue" one.txt --cues partial.npy --known known-row.npy
partial "--clamp holds the known sites" held.txt --cues partial.npy --known known.npy --clamp
check "--clamp: the energy of what is held" numbers_equal "$(values "$out" energy)" -27.625
check "--clamp: that is a fixed point" equal "$(values "$out" outcome)" fixedPoint

{
  npy_header '|i1' '1, 64'
  cut -c 1-9 partial.txt | tr -d '\n' | tr '+-' '\001\377'
  head -c 55 /dev/zero
} >zeros.npy
partial "0 among -1 and +1 is unknown" one.txt --cues zeros.npy
check "and starts at the sign of the known sites' field" numbers_equal \
  "$(arrays "$out" energyTrace | cut -d, -f1)" -27.625

rm -f o.npy
try recall one.npy --cues partial.npy --known known.npy --clamp --noise 0.5 --output o.npy
spins o.npy >o.txt 2>&1
check "noise flips known sites only: 5 of 9" equal "$(paste -d '' partial.txt o.txt | awk '{
  for (i = 1; i <= 9; i++) n += substr($0, i, 1) != substr($0, 64 + i, 1) } END { print n + 0 }')" 5
