# Where answers go, and what the files look like.

mkdir -p o
ordinary=(recall three.npy --cues three-damaged.npy)
expect_only() { equal "$(ls -A o | tr '\n' ' ')" "$1 "; }

runs "--output o.npy" "${ordinary[@]}" --output o/o.npy
spins o/o.npy >o.txt
check "npy: int8, cues by neurons" diff three.txt o.txt
check "nothing else is left beside it" expect_only o.npy
cp o/o.npy first.npy 2>/dev/null
try recall three.npy --cues three.npy --output o/o.npy
check "an old file is replaced" test "$status" -eq 0 -a -s o/o.npy
rm -f o/*

try recall one.npy --cues one.npy --output o/o.npy
check "one cue is one row" grep -aq "'shape': (1, 64)" o/o.npy
npy three.txt cube.npy '3, 8, 8'
try recall cube.npy --cues cube.npy --output o/o.npy
check "images too come out as rows" grep -aq "'shape': (3, 64)" o/o.npy
rm -f o/*

runs "--output o.npz" "${ordinary[@]}" --output o/o.npz
check "npz: it holds states" grep -aq 'states.npy' o/o.npz
try recall three.npy --cues o/o.npz:states --output o/back.npy
check "npz: it can be read again" cmp first.npy o/back.npy
rm -f o/*

runs "--output o.csv" "${ordinary[@]}" --output o/o.csv
sed -e 's/-1/-/g' -e 's/1/+/g' -e 's/,//g' o/o.csv 2>/dev/null | tr -d '\r' >o.txt
check "csv: rows of 1 and -1" diff three.txt o.txt
check "csv: 64 columns" awk -F, 'NF != 64 { exit 1 }' o/o.csv
rm -f o/*

runs "--output to a new folder" "${ordinary[@]}" --output o/images
check "a folder: an image a cue" equal "$(ls o/images 2>&1 | tr '\n' ' ')" "00000.png 00001.png 00002.png "
check "a folder: they are images" is_png o/images/00001.png
try recall three.npy --cues o/images --output o/back.npy
check "a folder: it can be read again" cmp first.npy o/back.npy
check "a square number of neurons gives a square" equal "$(png_size o/images/00000.png)" "8 8"
mkdir o/empty
runs "--output to an empty folder" "${ordinary[@]}" --output o/empty
check "an empty folder is filled" equal "$(ls o/empty 2>&1 | wc -l | tr -d ' ')" 3
rm -rf o/*

runs "--output o.png, one cue" recall three.npy --cues one.npy --output o/o.png
check "png: an image" is_png o/o.png
try recall three.npy --cues o/o.png --output o/back.npy
spins o/back.npy >o.txt
check "png: +1 is 255" diff one.txt o.txt
png_of_spins wide.png 16 "$(cat one.txt)"
try recall three.npy --cues wide.png --output o/wide.png
check "png: as wide and high as the cue" equal "$(png_size o/wide.png)" "16 4"
walsh 8 0 >plus.txt
npy plus.txt row.npy
try recall row.npy --cues row.npy --output o/row.png
check "png: else one row" equal "$(png_size o/row.png)" "8 1"
runs "--output o.png, three cues" "${ordinary[@]}" --output o/grid.png
check "png: three cues make a grid" awk -v size="$(png_size o/grid.png)" \
  'BEGIN { split(size, n, " "); exit !(n[1] * n[2] >= 3 * 64) }'
rm -f o/*

mkfifo o/pipe.npy
cat o/pipe.npy >piped.npy &
reader=$!
try "${ordinary[@]}" --output o/pipe.npy
# If the program did not open the pipe, its reader would wait for ever.
for _ in 1 2 3 4 5; do
  kill -0 "$reader" 2>/dev/null || break
  sleep 0.2
done
kill "$reader" 2>/dev/null
wait "$reader" 2>/dev/null
check "a pipe gets the same bytes" cmp first.npy piped.npy
check "and stays a pipe" test -p o/pipe.npy
check "with nothing beside it" expect_only pipe.npy
rm -f o/*

"$program" "${ordinary[@]}" --json 2>"$err" </dev/null | cat >"$out"
check "JSON through a pipe" is_json "$out"
try "${ordinary[@]}" --output o/o.npy --report o/r.json --json
check "--output, --report and --json together" is_json "$out"
check "leave two files" expect_only "o.npy r.json"
rm -f o/*
