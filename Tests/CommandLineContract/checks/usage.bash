# Help, and wrong usage: 64.

ordinary=(recall three.npy --cues three-damaged.npy)

runs "hopfield --help" --help
for verb in recall inspect demo theory; do
  check "hopfield --help names $verb" grep -qw "$verb" "$out"
done

# An example is a line with the verb and no placeholder in it.
for verb in recall inspect demo theory; do
  runs "$verb --help" "$verb" --help
  check "$verb --help has an example" \
    awk -v verb="$verb" 'index($0, "hopfield " verb) && !/[<\[]/ && !/USAGE/ { n++ } END { exit !n }' "$out"
done

try recall --help
missing=
for option in --cues --output --report --json --model --rule --dynamics --order --temperature \
  --max-sweeps --noise --known --clamp --threshold --seed --threads; do
  grep -q -- "$option" "$out" || missing="$missing $option"
done
check "recall --help names every option" equal "$missing" ""

refuses 64 "" "an unknown verb" remember three.npy
refuses 64 "" "an unknown option" "${ordinary[@]}" --colour
refuses 64 "" "recall without a memory" recall
refuses 64 "cues" "recall without cues" recall three.npy
refuses 64 "" "recall with one argument too many" "${ordinary[@]}" three.npy
refuses 64 "" "inspect without a memory" inspect
refuses 64 "" "demo with an argument" demo three.npy

refuses 64 "model" "an unknown model" "${ordinary[@]}" --model spherical
refuses 64 "rule" "an unknown rule" "${ordinary[@]}" --rule thumb
refuses 64 "dynamics" "an unknown dynamics" "${ordinary[@]}" --dynamics thermo
refuses 64 "order" "an unknown order" "${ordinary[@]}" --order alphabetic
refuses 64 "threshold" "a threshold that is neither a number nor otsu" "${ordinary[@]}" --threshold high

refuses 64 "temperature" "glauber without a temperature" "${ordinary[@]}" --dynamics glauber
refuses 64 "known" "--clamp without --known" "${ordinary[@]}" --clamp
refuses 64 "order" "an order for synchronous dynamics" \
  "${ordinary[@]}" --dynamics synchronous --order random

refuses 64 "noise" "noise above 1" "${ordinary[@]}" --noise 1.5
refuses 64 "noise" "negative noise" "${ordinary[@]}" --noise=-0.1
refuses 64 "noise" "noise that is no number" "${ordinary[@]}" --noise nan
refuses 64 "temperature" "a negative temperature" \
  "${ordinary[@]}" --dynamics glauber --temperature=-1
refuses 64 "max-sweeps" "a negative number of sweeps" "${ordinary[@]}" --max-sweeps=-1
refuses 64 "threads" "no threads" "${ordinary[@]}" --threads 0
refuses 64 "seed" "a seed that is no number" "${ordinary[@]}" --seed one

echo stray >memory.xyz
refuses 64 "memory.xyz" "a memory with an unknown extension" recall memory.xyz --cues three.npy
refuses 64 "cues.xyz" "an output with an unknown extension" "${ordinary[@]}" --output cues.xyz
check "nothing was written" test ! -e cues.xyz
