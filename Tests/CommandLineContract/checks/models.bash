# The networks beside the classical one: each recalls, each knows its own options alone.

printf "0,3,7,2\n5,1,0,9\n" >grey.csv

for model in dense modern graded; do
  runs "$model recalls" recall three.npy --cues three-damaged.npy --model "$model" --json
  check "$model prints JSON" is_json "$out"
  check "$model names itself" grep -q "\"model\": \"$model\"" "$out"
  try recall three.npy --cues three-damaged.npy --model "$model" --output one-thread.npy --threads 1
  try recall three.npy --cues three-damaged.npy --model "$model" --output two-threads.npy --threads 2
  check "$model gives the same bytes on one thread and on two" cmp one-thread.npy two-threads.npy
  refuses 64 "" "$model has no learning rule" \
    recall three.npy --cues three.npy --model "$model" --rule hebbian
done

states "a dense memory brings stored patterns back" three.txt \
  recall three.npy --cues three-damaged.npy --model dense
states "of degree 2 it is Hebb's network" three.txt \
  recall three.npy --cues three-damaged.npy --model dense --degree 2
states "so does the exponential one" three.txt \
  recall three.npy --cues three-damaged.npy --model dense --interaction exponential
runs "a modern network takes grey data" recall grey.csv --cues grey.csv --json
check "and says that it is modern" grep -q '"model": "modern"' "$out"

refuses 64 "" "beta is not for spins" recall three.npy --cues three.npy --beta 8
refuses 64 "" "nor is the degree for Hebb's network" recall three.npy --cues three.npy --degree 4
refuses 64 "" "alpha goes with entmax" \
  recall three.npy --cues three.npy --model modern --separation softmax --alpha 2
refuses 64 "" "a negative beta" recall three.npy --cues three.npy --model modern --beta -1
refuses 64 "" "a gain of nothing" recall three.npy --cues three.npy --model graded --gain 0
refuses 64 "" "packed spins are not for modern networks" \
  recall three.npy --packed 64 --cues three.npy --model modern
