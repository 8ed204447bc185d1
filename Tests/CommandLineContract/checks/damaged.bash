# Bad data: 65. Nothing is written then, and what was there before stays.

mkdir -p damaged written
with_memory() { refuses 65 "$1" "$2" recall "damaged/$1" --cues three.npy --output written/o.npy; }
with_cues() { refuses 65 "$1" "$2" recall three.npy --cues "damaged/$1" --output written/o.npy; }

head -c 150 three.npy >damaged/short.npy
with_memory short.npy "a memory that is cut short"
with_cues short.npy "cues that are cut short"

head -c 20 three.npy >damaged/header.npy
with_memory header.npy "an array cut in its header"

: >damaged/nothing.npy
with_memory nothing.npy "an empty file"

echo "not an array at all" >damaged/text.npy
with_memory text.npy "text that calls itself an array"

{ npy_header '|i1' '0, 64'; } >damaged/none.npy
with_memory none.npy "no pattern"

{ npy_header '|i1' '1000000000000, 1000000000000' && echo; } >damaged/huge.npy
with_memory huge.npy "an array larger than any machine"

{ npy_header '|O' '1, 64' && head -c 64 /dev/zero; } >damaged/object.npy
with_memory object.npy "an array of objects"

npy_of '<f4' '\000\000\200\077' '\000\000\200\277' three.txt ones.npy
{ head -c $(($(wc -c <ones.npy) - 4)) ones.npy && printf '\000\000\300\177'; } >damaged/nan.npy
with_memory nan.npy "NaN in a memory"
with_cues nan.npy "NaN in the cues"
{ head -c $(($(wc -c <ones.npy) - 4)) ones.npy && printf '\000\000\200\177'; } >damaged/infinity.npy
with_cues infinity.npy "infinity in the cues"

refuses 65 "" "cues of another size" recall three.npy --cues free.npy
check "the message names both sizes" awk '/64/ && /8/ { found = 1 } END { exit !found }' "$err"

{ npy_header '|u1' '1, 64' && head -c 64 /dev/zero | tr '\000' '\007'; } >damaged/sevens.npy
with_memory sevens.npy "constant data of no known meaning"

{ npy_header '|u1' '1, 64' && printf '\000\001\002' && head -c 61 /dev/zero; } >damaged/three-values.npy
with_cues three-values.npy "cues of three values"
refuses 65 "three-values.npy" "a classical memory of three values without a threshold" \
  recall damaged/three-values.npy --cues three.npy --model classical

npz damaged/sum.npz a=three.npy
printf '\377' | dd of=damaged/sum.npz bs=1 seek=201 conv=notrunc 2>/dev/null
with_memory sum.npz "an archive whose check sum is wrong"
head -c 200 damaged/sum.npz >damaged/short.npz
with_memory short.npz "an archive that is cut short"
npz whole.npz a=three.npy
refuses '65|66' "whole.npz" "an archive without the array asked for" \
  recall whole.npz:b --cues three.npy

: >damaged/empty.csv
with_memory empty.csv "an empty table"
printf '1,-1,1\n1,-1\n' >damaged/ragged.csv
with_memory ragged.csv "a ragged table"
check "the message says where: line 2" grep -q 2 "$err"
printf '1,-1,1\n1,one,1\n' >damaged/word.csv
with_memory word.csv "a word in a table"
check "the message says where: line 2" grep -q 2 "$err"

png_of_spins glyph.png 8 "$(cat one.txt)"
head -c 60 glyph.png >damaged/short.png
with_cues short.png "an image that is cut short"
echo "not an image" >damaged/text.png
with_cues text.png "text that calls itself an image"
cp glyph.png damaged/sum.png
printf '\125' | dd of=damaged/sum.png bs=1 seek=48 conv=notrunc 2>/dev/null
with_cues sum.png "an image whose check sum is wrong"

mkdir -p damaged/sizes damaged/no-images
cp glyph.png damaged/sizes/a.png
png_of_spins damaged/sizes/b.png 4 "$(cat one.txt)"
with_memory sizes "a folder of images of two sizes"
echo "no image" >damaged/no-images/notes.txt
with_memory no-images "a folder without images"

echo "no database" >damaged/memory.hopfield
with_memory memory.hopfield "a store that is none"

{ npy_header '|u1' '9,' && printf '\001\001\001\001\001\001\001\001\001'; } >damaged/known-9.npy
refuses 65 "known-9.npy" "known sites of another size" \
  recall three.npy --cues three.npy --known damaged/known-9.npy
{ npy_header '|u1' '64,' && printf '\002\001' && head -c 62 /dev/zero; } >damaged/known-2.npy
refuses 65 "known-2.npy" "known sites that are neither 0 nor 1" \
  recall three.npy --cues three.npy --known damaged/known-2.npy

refuses 65 "short.npy" "inspect of a memory that is cut short" inspect damaged/short.npy --json

check "nothing was written in all that" equal "$(ls -A written)" ""
echo before >written/o.npy
try recall three.npy --cues damaged/short.npy --output written/o.npy --report written/r.json
check "a file that was there stays as it was" equal "$(cat written/o.npy)" before
check "and nothing stands beside it" equal "$(ls -A written)" o.npy
