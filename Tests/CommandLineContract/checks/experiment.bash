# Measurements: tables, figures, and the same numbers again.

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
