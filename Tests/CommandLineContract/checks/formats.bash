# One memory in every form that can be read; the answer is the same each time.

recall_from() {
  local name=$1 memory=$2 cues=$3
  rm -f states.npy
  try recall "$memory" --cues "$cues" --output states.npy
  if [ "$status" -ne 0 ]; then
    fail "$name" "status $status: $(head -n 1 "$err")"
  else
    spins states.npy >states.txt
    check "$name" diff three.txt states.txt
  fi
}

recall_from "npy, int8" three.npy three-damaged.npy
npy three.txt cube.npy '3, 8, 8'
recall_from "npy, three axes" cube.npy three-damaged.npy
npy_of '<f4' '\000\000\200\077' '\000\000\200\277' three.txt float.npy
recall_from "npy, float32" float.npy three-damaged.npy
npy_of '<f8' '\000\000\000\000\000\000\360\077' '\000\000\000\000\000\000\360\277' three.txt double.npy
recall_from "npy, float64" double.npy three-damaged.npy
npy_of '>i4' '\000\000\000\001' '\377\377\377\377' three.txt big.npy
recall_from "npy, int32 with the high byte first" big.npy three-damaged.npy
npy_of '|b1' '\001' '\000' three.txt bool.npy
recall_from "npy, bool" bool.npy bool.npy
{
  npy_header '|i1' '3, 64' True
  awk '{ line[NR] = $0 }
    END { for (i = 1; i <= 64; i++) for (k = 1; k <= NR; k++) printf "%s", substr(line[k], i, 1) }' \
    three.txt | tr '+-' '\001\377'
} >fortran.npy
recall_from "npy, in Fortran's order" fortran.npy three-damaged.npy

npz both.npz first=three.npy second=free.npy
recall_from "npz, the first array" both.npz three-damaged.npy
npz both.npz first=free.npy second=three.npy
recall_from "npz, an array by its name" both.npz:second three-damaged.npy

csv three.txt three.csv
csv three-damaged.txt three-damaged.csv
recall_from "csv" three.csv three-damaged.csv

mkdir -p images damaged-images
k=0
while read -r line; do
  png_of_spins "images/$k.png" 8 "$line"
  k=$((k + 1))
done <three.txt
k=0
while read -r line; do
  png_of_spins "damaged-images/$k.png" 8 "$line"
  k=$((k + 1))
done <three-damaged.txt
echo "no image" >images/notes.txt
recall_from "a folder of images" images three-damaged.npy
recall_from "a folder with a slash, and cues in another" images/ damaged-images

# Byte order: B before a.
mkdir -p ordered
cp images/0.png ordered/B.png
cp images/1.png ordered/a.png
try recall ordered --cues images/0.png --json
check "images are taken in byte order of their names" equal "$(matches "$out" | cut -d' ' -f1)" 0

try recall three.npy --cues images/2.png --json
check "one image is one cue" equal "$(matches "$out" | cut -d' ' -f1)" 2
npy one.txt flat.npy '64,'
try recall flat.npy --cues flat.npy --json
check "one row may have one axis" equal "$(values "$out" neurons) $(values "$out" patterns)" "64 1"
try recall three.npy --cues three.npy:a
check "a name is for archives only" test "$status" -ge 64 -a "$status" -le 66
