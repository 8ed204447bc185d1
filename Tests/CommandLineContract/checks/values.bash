# Which numbers are spins: any two values, constants, thresholds on grey.

npy_of '|u1' '\001' '\000' three.txt zero-one.npy
npy_of '|u1' '\007' '\003' three.txt three-seven.npy
npy_of '|u1' '\003' '\007' three.txt seven-three.npy
npy_of '|u1' '\002' '\001' three-damaged.txt one-two.npy
npy_of '|u1' '\007' '\003' three-damaged.txt three-seven-damaged.npy
npy_of '|u1' '\377' '\000' three-damaged.txt grey-two.npy
reversed <three.txt >three-reversed.txt

states "0 and 1 are spins" three.txt recall zero-one.npy --cues zero-one.npy
states "any two values are spins" three.txt recall three-seven.npy --cues three-seven-damaged.npy
states "the larger is +1" three-reversed.txt recall seven-three.npy --cues seven-three.npy
states "cues of two other values use their own" three.txt recall three.npy --cues one-two.npy
states "so do cues of 0 and 255" three.txt recall three.npy --cues grey-two.npy

# A constant cue inside the memory's two values means that value; the network is free, so it stays.
npy_of '|u1' '\007' '\003' free.txt free-three-seven.npy
{ npy_header '|u1' '1, 8' && bytes 3 3 3 3 3 3 3 3; } >threes.npy
echo "--------" >minus.txt
states "a constant cue of the memory's lower value" minus.txt \
  recall free-three-seven.npy --cues threes.npy
echo "++++++++" >plus.txt
{ npy_header '|u1' '1, 8' && bytes 255 255 255 255 255 255 255 255; } >white.npy
{ npy_header '|u1' '1, 8' && bytes 0 0 0 0 0 0 0 0; } >black.npy
states "a constant 255 is +1" plus.txt recall free.npy --cues white.npy
states "a constant 0 is -1" minus.txt recall free.npy --cues black.npy
npy plus.txt constant.npy
states "a constant memory of 1" plus.txt recall constant.npy --cues constant.npy

# Grey: three patterns with the values of a camera.
npy_of '|u1' '\310' '\024' three.txt grey.npy
{ head -c $(($(wc -c <grey.npy) - 4)) grey.npy && tail -c 4 grey.npy | tr '\310\024' '\322\036'; } >greys.npy
states "--threshold of the units of the file" three.txt recall greys.npy --cues greys.npy --threshold 100
states "--threshold otsu" three.txt recall greys.npy --cues greys.npy --threshold otsu
npy_of '|u1' '\310' '\024' free.txt grey-free.npy
{ head -c $(($(wc -c <grey-free.npy) - 4)) grey-free.npy && bytes 30 210 210 30; } >free-greys.npy
{ npy_header '|u1' '1, 8' && bytes 100 101 100 101 99 200 0 255; } >border.npy
echo "-+-+-+-+" >border.txt
states "only what is greater than the threshold is +1" border.txt \
  recall free-greys.npy --cues border.npy --threshold 100

# Luma: 76 for red, 150 for green, 29 for blue, 255 for white, 226 for yellow.
png colours.png 3 8 255 0 0 0 255 0 0 0 255 255 255 255 255 255 0 0 0 0 255 0 0 0 255 0
echo "-+-++--+" >colours.txt
states "colours become grey by their luma" colours.txt \
  recall free-greys.npy --cues colours.png --threshold 100
echo "++-++-++" >colours-76.txt
states "red is 76, not 75" colours-76.txt recall free-greys.npy --cues colours.png --threshold 75
