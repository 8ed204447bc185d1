# Measurements: tables, figures, and the same numbers again.

# Each verb at a size that takes no time.
while read -r -a arguments; do
  name=${arguments[0]}
  runs "$name as JSON" experiment "${arguments[@]}" --json
  check "$name: it is JSON" is_json "$out"
  check "$name: with the keys of the contract" has_keys "$out" experiment rows findings seconds
  check "$name: its name" equal "$(values "$out" experiment)" "$name"
  grep -v '"seconds"' "$out" >first.txt
  try experiment "${arguments[@]}" --json --threads 1
  grep -v '"seconds"' "$out" >again.txt
  check "$name: the same numbers on one thread" cmp first.txt again.txt
  try experiment "${arguments[@]}" --output measured
  check "$name: a table and a figure" test -s "measured/$name.csv" -a -s "measured/$name.svg"
  cp "measured/$name.csv" whole.csv
  head -n 2 whole.csv >"measured/$name.csv"
  try experiment "${arguments[@]}" --output measured
  check "$name: a run that was interrupted goes on" cmp whole.csv "measured/$name.csv"
done <<'END'
capacity --size 50 --loads 0.1,0.2 --trials 3
basin --size 50 --overlaps 0.2,0.8 --trials 3
spurious --size 50 --loads 0.05,0.1 --trials 3
dynamics --size 50 --overlaps 0.2,0.8 --steps 3 --trials 3
transition --sizes 128 --loads 2 --samples 2 --starts 2
phase-diagram --size 50 --loads 0.05,0.1 --temperatures 0,0.5 --sweeps 4 --trials 2
rules --size 20 --loads 0.1,0.2 --trials 2
dense --size 20 --relative-loads 1,2 --trials 2 --probes 2
modern --memories 20 --dimension 5 --betas 1,10 --trials 3
recognition --size 20 --loads 1,2 --trials 2 --probes 5
prototypes --size 50 --prototypes 3 --examples 1,3 --trials 3
recency --size 50 --patterns 20 --trials 2
END

fast=(experiment landscape --size 100 --load 0.03 --grid 5 --trials 3)
runs "landscape" "${fast[@]}"
check "a table of states and ends" equal \
  "$(grep -c -E '^hebbian .* (pattern|mixture|path) ' "$out") $(grep -c '^hebbian .* grid ' "$out")" "10 0"
check "energies beside the theory's" grep -q '^predicted_pattern_energy: -0.495' "$out"

runs "landscape as JSON" "${fast[@]}" --json
check "it is JSON" is_json "$out"
check "with all points" has_keys "$out" experiment rows kind x y energy findings patternEnergy seconds
grep -v '"seconds"' "$out" >first.txt
try "${fast[@]}" --json --threads 1
grep -v '"seconds"' "$out" >again.txt
check "the same numbers on one thread" cmp first.txt again.txt

runs "landscape --output" "${fast[@]}" --rule storkey --output land
check "a folder has the table and the figure" equal "$(ls land 2>&1 | tr '\n' ' ')" "landscape.csv landscape.svg "
check "the table's columns" grep -q \
  '^rule,neurons,load,patterns,grid,trials,seed,kind,path,flips,x,y,energy,predicted,end' land/landscape.csv
check "a row a point" equal "$(tail -n +2 land/landscape.csv | wc -l | tr -d ' ')" "$((7 + 3 * 33 + 25))"
check "the figure is SVG" grep -q '<svg' land/landscape.svg

refuses 64 "--grid" "a grid of one point" experiment landscape --grid 1
refuses 64 "--size" "too few neurons" experiment landscape --size 3
refuses 64 "--rule" "an unknown rule" experiment landscape --rule nobody
