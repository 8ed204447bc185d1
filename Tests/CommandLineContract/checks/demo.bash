# demo: no arguments, anywhere.

runs "demo" demo
check "speaks of energies" grep -qi energy "$out"
check "speaks of overlaps" grep -qi overlap "$out"
check "shows pictures" test $(($(wc -l <"$out"))) -ge 16
runs "demo --json" demo --json
check "demo --json prints JSON" is_json "$out"

(cd / && env -i "$program" demo >"$out" 2>"$err" </dev/null)
note_run $? "demo, elsewhere and without an environment"
check "demo needs no folder and no environment" test "$status" -eq 0 -a -s "$out"

runs "demo --output" demo --output pictures
found=0 sound=0
for file in pictures/*.png; do
  found=$((found + 1))
  if [ -f "$file" ] && is_png "$file"; then sound=$((sound + 1)); fi
done
check "writes images" test "$sound" -ge 1 -a "$sound" -eq "$found"
check "writes SVG" grep -lq '<svg' pictures/*.svg
check "the picture in the documentation is the program's" \
  cmp pictures/digits.svg "$here/../../Sources/Hopfield/Hopfield.docc/Resources/digits.svg"
try demo --output pictures-again
check "twice the same" diff -r pictures pictures-again
refuses 73 "" "demo into a file" demo --output three.npy/pictures
