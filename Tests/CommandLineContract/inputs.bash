# Makes the files that the checks give to the program. States are kept as text, a line of + and -
# for each pattern. Sourced by run.

# MARK: Text

# walsh N A B ...: the Walsh functions of those numbers on N sites; two of them are orthogonal.
walsh() {
  awk 'BEGIN {
    for (k = 2; k < ARGC; k++) {
      for (i = 0; i < ARGV[1]; i++) {
        odd = 0
        for (bit = 1; bit < ARGV[1]; bit *= 2)
          if (int(ARGV[k] / bit) % 2 && int(i / bit) % 2) odd = !odd
        printf "%s", (odd ? "-" : "+")
      }
      print ""
    }
  }' "$@"
}

# random_spins COUNT N SEED
random_spins() {
  awk -v p="$1" -v n="$2" -v x="$3" 'BEGIN {
    while (p-- > 0) {
      for (i = 0; i < n; i++) { x = (x * 16807) % 2147483647; printf "%s", (x > 1073741823 ? "+" : "-") }
      print ""
    }
  }'
}

# flip SITES: flips the sites (numbers from 0, separated by blanks) of each line of standard input.
flip() {
  awk -v sites="$1" 'BEGIN { n = split(sites, at, " ") }
    {
      for (k = 1; k <= n; k++) {
        i = at[k] + 1
        $0 = substr($0, 1, i - 1) (substr($0, i, 1) == "+" ? "-" : "+") substr($0, i + 1)
      }
      print
    }'
}

# damage FRACTION SEED: flips each site of standard input with that probability.
damage() {
  awk -v f="$1" -v x="$2" '{
    line = ""
    for (i = 1; i <= length($0); i++) {
      x = (x * 16807) % 2147483647
      c = substr($0, i, 1)
      if (x < f * 2147483647) c = c == "+" ? "-" : "+"
      line = line c
    }
    print line
  }'
}

reversed() { tr '+-' '-+'; }

# MARK: Numbers as bytes

# little BYTES NUMBER and big BYTES NUMBER: the number in that many bytes.
little() {
  local k n=$2
  for ((k = 0; k < $1; k++)); do
    printf "\\$(printf %03o $((n & 255)))"
    n=$((n >> 8))
  done
}

big() {
  local k
  for ((k = $1 - 1; k >= 0; k--)); do printf "\\$(printf %03o $((($2 >> (8 * k)) & 255)))"; done
}

# bytes A B ...: those bytes, decimal.
bytes() {
  local text
  text=$(printf '\\%03o' "$@")
  # shellcheck disable=SC2059
  printf "$text"
}

# crc32 FILE: the four bytes of the check sum, the lowest first; gzip knows how.
crc32() { gzip -c <"$1" | tail -c 8 | head -c 4; }

# MARK: NPY

# npy_header DESCR SHAPE [ORDER]: SHAPE as Python writes it between the parentheses: `64,` or `3, 64`.
npy_header() {
  local dict total
  dict="{'descr': '$1', 'fortran_order': ${3:-False}, 'shape': ($2), }"
  total=$(((${#dict} + 11 + 63) / 64 * 64))
  printf '\223NUMPY\001\000'
  little 2 $((total - 10))
  printf "%-$((total - 11))s\n" "$dict"
}

# npy TEXT FILE [SHAPE]: spins as int8, in the shape of the text if no other is given.
npy() {
  local rows columns
  rows=$(($(wc -l <"$1"))) columns=$(($(head -n 1 "$1" | wc -c) - 1))
  {
    npy_header '|i1' "${3:-$rows, $columns}"
    tr -d '\n' <"$1" | tr '+-' '\001\377'
  } >"$2"
}

# npy_of DESCR PLUS MINUS TEXT FILE: spins as elements of any type; PLUS and MINUS in octal escapes.
npy_of() {
  local rows columns
  rows=$(($(wc -l <"$4"))) columns=$(($(head -n 1 "$4" | wc -c) - 1))
  {
    npy_header "$1" "$rows, $columns"
    tr -d '\n' <"$4" | sed -e 's/-/m/g' -e "s/+/${2//\\/\\\\}/g" -e "s/m/${3//\\/\\\\}/g" |
      # shellcheck disable=SC2059
      while read -r line || [ -n "$line" ]; do printf "$line"; done
  } >"$5"
}

# spins FILE.npy: the text that the file holds, after checking that it is (C, N) of int8.
spins() {
  local start shape
  [ -f "$1" ] || {
    echo "no file $1"
    return
  }
  start=$(($(od -An -tu1 -j 8 -N 1 "$1") + 256 * $(od -An -tu1 -j 9 -N 1 "$1") + 10))
  shape=$(head -c "$start" "$1" | grep -ao "'shape': ([0-9]*, [0-9]*)" | tr -dc '0-9,')
  head -c "$start" "$1" | grep -aq "'descr': '|i1'" || echo "not int8"
  tail -c +$((start + 1)) "$1" | tr '\001\377' '+-' | fold -w "${shape#*,}"
  echo
}

# MARK: ZIP

# npz FILE NAME=FILE.npy ...: an archive of stored members.
npz() {
  local archive=$1 pair name file size offset=0 count=0 central=$work/central
  shift
  : >"$archive"
  : >"$central"
  for pair in "$@"; do
    name=${pair%%=*}.npy file=${pair#*=}
    size=$(($(wc -c <"$file")))
    {
      printf 'PK\003\004\024\000\000\000\000\000\000\000\041\000'
      crc32 "$file"
      little 4 $size
      little 4 $size
      little 2 ${#name}
      little 2 0
      printf '%s' "$name"
      cat "$file"
    } >>"$archive"
    {
      printf 'PK\001\002\024\000\024\000\000\000\000\000\000\000\041\000'
      crc32 "$file"
      little 4 $size
      little 4 $size
      little 2 ${#name}
      printf '\000\000\000\000\000\000\000\000\000\000\000\000'
      little 4 $offset
      printf '%s' "$name"
    } >>"$central"
    offset=$((offset + 30 + ${#name} + size)) count=$((count + 1))
  done
  cat "$central" >>"$archive"
  {
    printf 'PK\005\006\000\000\000\000'
    little 2 $count
    little 2 $count
    little 4 $(($(wc -c <"$central")))
    little 4 $offset
    little 2 0
  } >>"$archive"
}

# MARK: PNG

chunk() {
  local file=$work/chunk
  { printf '%s' "$1" && cat; } >"$file"
  big 4 $(($(wc -c <"$file") - 4))
  cat "$file"
  # shellcheck disable=SC2046
  set -- $(crc32 "$file" | od -An -tu1)
  bytes "$4" "$3" "$2" "$1"
}

# png FILE CHANNELS WIDTH VALUE ...: an image of 8 bits; 1 channel is grey, 3 are colours.
png() {
  local file=$1 channels=$2 width=$3 row height
  shift 3
  height=$(($# / channels / width))
  row=$((channels * width))
  : >"$work/scanlines"
  while [ $# -gt 0 ]; do
    bytes 0 "${@:1:$row}" >>"$work/scanlines"
    shift "$row"
  done
  {
    printf '\211PNG\r\n\032\n'
    { big 4 "$width" && big 4 "$height" && bytes 8 $((channels - 1)) 0 0 0; } | chunk IHDR
    {
      bytes 120 1
      # What gzip writes between its header of 10 bytes and its trailer of 8 is a zlib stream's body.
      gzip -c <"$work/scanlines" >"$work/deflated"
      tail -c +11 "$work/deflated" | head -c $(($(wc -c <"$work/deflated") - 18))
      # shellcheck disable=SC2046
      bytes $(od -An -v -tu1 "$work/scanlines" | awk '
        BEGIN { a = 1 }
        { for (i = 1; i <= NF; i++) { a = (a + $i) % 65521; b = (b + a) % 65521 } }
        END { print int(b / 256), b % 256, int(a / 256), a % 256 }')
    } | chunk IDAT
    chunk IEND </dev/null
  } >"$file"
}

# png_of_spins FILE WIDTH STATE: + is 255.
png_of_spins() {
  # shellcheck disable=SC2046
  png "$1" 1 "$2" $(echo "$3" | sed -e 's/+/255 /g' -e 's/-/0 /g')
}

# png_size FILE: width and height.
png_size() {
  is_png "$1" || return
  # shellcheck disable=SC2046
  set -- $(od -An -tu1 -j 16 -N 8 "$1")
  echo "$(($3 * 256 + $4)) $(($7 * 256 + $8))"
}

is_png() { [ -f "$1" ] && [ "$(od -An -tx1 -N 8 "$1" | tr -d ' \n')" = 89504e470d0a1a0a ]; }

# MARK: CSV

# csv TEXT FILE
csv() { sed -e 's/-/m/g' -e 's/+/,1/g' -e 's/m/,-1/g' -e 's/^,//' "$1" >"$2"; }

# MARK: What all checks use

make_inputs() {
  # Three orthogonal patterns of 64 sites; the energy of each is -(64^2 - 3 * 64) / 128 = -30.5.
  walsh 64 1 8 32 >three.txt
  npy three.txt three.npy
  head -n 1 three.txt >one.txt
  npy one.txt one.npy
  cat one.txt one.txt >twice.txt
  npy twice.txt twice.npy
  flip '0 9 33 62' <three.txt >three-damaged.txt
  npy three-damaged.txt three-damaged.npy
  # All Walsh functions of 8 sites: every coupling is zero, so every state stays.
  walsh 8 0 1 2 3 4 5 6 7 >free.txt
  npy free.txt free.npy
  # A loaded network, where recall takes several sweeps and some cues fail.
  random_spins 14 128 1982 >loaded.txt
  npy loaded.txt loaded.npy
  damage 0.22 7 <loaded.txt >loaded-cues.txt
  npy loaded-cues.txt loaded-cues.npy
}
