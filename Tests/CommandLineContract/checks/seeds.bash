# The same seed, the same bytes: in files and in JSON but for the seconds, on any number of threads.

# sample FILE ARGUMENTS
sample() {
  local name=$1
  shift
  try recall loaded.npy --cues loaded-cues.npy --noise 0.1 "$@" --output "$name.npy" --report "$name.json"
  without_seconds "$name.json" >"$name.txt"
}

same() { cmp "$1.npy" "$2.npy" && cmp "$1.txt" "$2.txt"; }

for options in "--order sequential" "--order permuted" "--order random" "--order steepest" \
  "--dynamics synchronous" "--dynamics glauber --temperature 0.5 --max-sweeps 20" \
  "--dynamics annealed --max-sweeps 20"; do
  # shellcheck disable=SC2086
  { sample one-thread $options --seed 7 --threads 1 && sample two-threads $options --seed 7 --threads 2; }
  check "1 and 2 threads: $options" same one-thread two-threads
done

glauber="--dynamics glauber --temperature 0.5 --max-sweeps 20"
# shellcheck disable=SC2086
{
  sample first $glauber --seed 7
  sample again $glauber --seed 7
  sample other $glauber --seed 8
  sample zero $glauber --seed 0
  sample default $glauber
}
check "twice the same" same first again
check "another seed, another answer" differ first.npy other.npy
check "the seed is 0 if not told" same zero default

try recall loaded.npy --cues loaded-cues.npy --json
without_seconds "$out" >json.txt
try recall loaded.npy --cues loaded-cues.npy --report report.json
without_seconds report.json >report.txt
check "--report holds what --json prints" cmp json.txt report.txt
check "the report is JSON" is_json report.json

head -n 1 loaded-cues.txt >single.txt
npy single.txt single.npy
# shellcheck disable=SC2086
{
  try recall loaded.npy --cues single.npy $glauber --output single-o.npy
  try recall loaded.npy --cues loaded-cues.npy $glauber --output all-o.npy
}
check "a cue's answer does not depend on those after it" equal \
  "$(spins single-o.npy)" "$(spins all-o.npy | head -n 1)"
