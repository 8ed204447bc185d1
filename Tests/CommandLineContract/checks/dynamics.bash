# The other dynamics and orders.

for order in sequential permuted random steepest; do
  try recall three.npy --cues three-damaged.npy --order "$order" --output o.npy --json
  spins o.npy >o.txt 2>&1
  check "order $order finds the patterns" diff three.txt o.txt
  check "order $order ends in fixed points" equal "$(values "$out" outcome | sort -u)" fixedPoint
  check "order $order: the trace has an entry more than steps" equal \
    "$(arrays "$out" energyTrace | awk -F, '{ print NF - 1 }')" "$(values "$out" steps)"
  check "order $order: energies never rise" awk -F, \
    '{ for (k = 2; k <= NF; k++) if ($k + 0 > $(k - 1) + 0) exit 1 }' <(arrays "$out" energyTrace)
done

# One pattern, five wrong sites: steepest descent flips these and no other.
flip '3 14 15 59 62' <one.txt >five.txt
npy five.txt five.npy
try recall one.npy --cues five.npy --order steepest --json
check "steepest: five flips for five wrong sites" equal \
  "$(arrays "$out" flips | tr ',' '\n' | awk '{ n += $1 } END { print n }')" 5
# Overlaps 54, 56 ... 64: the energy of overlap M is -(M M - 64) / 128.
check "steepest: an energy for each flip, and the last look" numbers_equal \
  "$(arrays "$out" energyTrace)" "-22.28125,-24,-25.78125,-27.625,-29.53125,-31.5,-31.5"

# A cue without overlap with the one pattern: every field is -s, so parallel dynamics turns it over.
walsh 64 2 >orthogonal.txt
npy orthogonal.txt orthogonal.npy
try recall one.npy --cues orthogonal.npy --dynamics synchronous --output o.npy --json
check "synchronous: a cycle" equal "$(values "$out" outcome)" cycle
check "synchronous: its period and transient" equal \
  "$(values "$out" period) $(values "$out" transient)" "2 0"
spins o.npy >o.txt
check "synchronous: the output is the cycle's first state" diff orthogonal.txt o.txt
try recall three.npy --cues three-damaged.npy --dynamics synchronous --output o.npy --json
spins o.npy >o.txt
check "synchronous: the patterns" diff three.txt o.txt
check "synchronous: fixed points" equal "$(values "$out" outcome | sort -u)" fixedPoint

try recall loaded.npy --cues loaded-cues.npy --max-sweeps 1 --json
check "--max-sweeps 1 ends after one" equal "$(values "$out" steps | sort -u)" 1
check "--max-sweeps 1: that is a step limit where something flipped" equal \
  "$(values "$out" outcome | grep -c stepLimit)" \
  "$(arrays "$out" flips | grep -vcx 0)"

try recall three.npy --cues three-damaged.npy --dynamics glauber --temperature 0.4 --max-sweeps 7 --json
check "glauber runs exactly its sweeps" equal "$(values "$out" steps | sort -u)" 7
check "glauber ends as a step limit" equal "$(values "$out" outcome | sort -u)" stepLimit
check "glauber: eight energies" equal "$(arrays "$out" energyTrace | awk -F, '{ print NF }' | sort -u)" 8
try recall three.npy --cues three-damaged.npy --dynamics glauber --temperature 0.4 --json
check "glauber: 100 sweeps if not told" equal "$(values "$out" steps | sort -u)" 100
try recall three.npy --cues three-damaged.npy --dynamics annealed --max-sweeps 50 --json
check "annealed ends in a fixed point" equal "$(values "$out" outcome | sort -u)" fixedPoint
