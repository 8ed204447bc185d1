# theory: the numbers of the literature, every verb in the same shape.

# verbs_of_theory: their names, from the help.
verbs_of_theory() {
  "$program" theory --help | awk '/^SUBCOMMANDS/ { on = 1; next } on && /^  [a-z]/ { print $1 }'
}

# documented_keys VERB: the quoted words of the help, which are the JSON's fields.
documented_keys() { "$program" theory "$1" --help | grep -o '"[A-Za-z]*"' | tr -d '"' | sort -u; }

# keys FILE: all keys of the JSON.
keys() { compact "$1" | grep -o '"[A-Za-z]*":' | tr -d '":' | sort -u; }

# near GOT WANTED TOLERANCE
near() {
  awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN {
    d = a - b; if (d < 0) d = -d
    if (a == "" || d > t) { print "got \"" a "\", not " b; exit 1 }
  }'
}

# gives NAME KEY ROW WANTED TOLERANCE VERB ...: runs a verb; the ROW-th value of KEY is WANTED.
exercised=" "
gives() {
  local name=$1 key=$2 row=$3 wanted=$4 tolerance=$5
  shift 5
  exercised="$exercised$1 "
  try theory "$@" --json
  check "$1: $name" near "$(values "$out" "$key" | sed -n "${row}p")" "$wanted" "$tolerance"
}

# gives_null NAME KEY VERB ...
gives_null() {
  local name=$1 key=$2
  shift 2
  try theory "$@" --json
  check "$1: $name" equal "$(values "$out" "$key")" null
}

refused=" "
refuses_theory() {
  refused="$refused$2 "
  refuses 64 "$1" "theory $(echo "${*:2}" | cut -c 1-60)" theory "${@:2}"
}

verbs=$(verbs_of_theory)
check "theory --help names its verbs" test "$(echo "$verbs" | wc -l)" -ge 16

# MARK: Every verb alone

for verb in $verbs; do
  runs "theory $verb" theory "$verb"
  check "$verb: a table" test "$(($(wc -l <"$out")))" -ge 3
  check "$verb: no number that is none" lacks -iw nan "$out"

  try theory "$verb" --help
  check "$verb --help has an example" grep -q "^ *hopfield theory $verb" "$out"
  check "$verb --help has a source" grep -q SOURCE "$out"

  runs "theory $verb --json" theory "$verb" --json
  check "$verb: JSON" is_json "$out"
  check "$verb: its name" equal "$(values "$out" theory)" "$verb"
  if [ "$verb" != ags ]; then
    check "$verb: the fields of its help, and no other" \
      equal "$(keys "$out" | tr '\n' ' ')" "$(documented_keys "$verb" | tr '\n' ' ')"
  fi
  cp "$out" table.json

  rm -rf t
  runs "theory $verb --output FOLDER" theory "$verb" --output t
  check "$verb: a table and a figure" equal "$(ls t | tr '\n' ' ')" "$verb.csv $verb.svg "
  check "$verb: CSV" is_csv "t/$verb.csv"
  check "$verb: as many rows" equal \
    "$(compact table.json | sed -e 's/.*"rows":\[//' -e 's/\].*//' | tr -cd '{' | wc -c | tr -d ' ')" \
    "$(($(wc -l <"t/$verb.csv") - 1))"
  check "$verb: SVG" is_svg "t/$verb.svg"
  check "$verb: the figure has axes and no gap" lacks -iE '[ ,"(]-?(nan|inf)' "t/$verb.svg"
done

# MARK: Where to

rm -rf t
mkdir t
try theory perfect --output t/one.csv
check "NAME.csv has NAME.svg beside it" equal "$(ls t | tr '\n' ' ')" "one.csv one.svg "
try theory perfect --output t/two.svg
check "NAME.svg has NAME.csv beside it" cmp t/one.csv t/two.csv
refuses 73 "" "theory into a file" theory perfect --output three.npy/t
refuses 64 "" "an unknown verb of theory" theory everything
refuses 64 "" "an argument too many" theory perfect 3

# MARK: ags

gives "the retrieval state" overlap 1 0.9979992663 1e-9 ags --load 0.1 --temperature 0
check "the fields of a point" equal "$(keys "$out" | tr '\n' ' ')" \
  "freeEnergy load overlap q r retrieval temperature "
check "it retrieves" equal "$(values "$out" retrieval)" true
gives "q at T = 0.3" q 1 0.93307009 1e-8 ags --load 0.1 --temperature 0.3
gives "no load: m = tanh(m/T)" overlap 1 0.95750402 1e-8 ags --load 0 --temperature 0.5
gives "the spin glass's energy" freeEnergy 1 -0.6374646 1e-6 ags --load 0.16 --temperature 0
check "above the limit: overlap 0" numbers_equal "$(values "$out" overlap)" 0
check "above the limit: no retrieval" equal "$(values "$out" retrieval)" false
gives "the paramagnet" q 1 0 0 ags --load 0.1 --temperature 2
try theory ags --load 0.1 --temperature 1.0001 --json
check "ags: JSON near T = 1" is_json "$out"
gives "load 0, T = 1" overlap 1 0 0 ags --load 0 --temperature 1

gives "the retrieval limit" retrievalLimit 1 0.13790556649 1e-11 ags --temperature 0
check "the fields of a temperature" equal "$(keys "$out" | tr '\n' ' ')" \
  "retrievalLimit temperature thermodynamicLimit "
gives "the thermodynamic limit" thermodynamicLimit 1 0.051854 1e-6 ags --temperature 0
gives "no memory from T = 1 on" retrievalLimit 1 0 0 ags --temperature 1
gives "the retrieval temperature" retrievalTo 1 0.315432 1e-6 ags --load 0.1
gives "T_g = 1 + sqrt alpha" glass 1 1.3 1e-12 ags --load 0.09
gives "just above the limit, some warmth is needed" retrievalFrom 1 0.009 0.008 ags --load 0.138
gives_null "no memory at a load of 0.2" retrievalTo ags --load 0.2
gives "the overlap at the limit" overlapAtLimit 1 0.9674171157 1e-9 ags
gives "the tip" retrievalTipLoad 1 0.138189 1e-6 ags --loads 0.1
check "ags: the fields of its help, and no other" equal \
  "$({
    keys "$out"
    echo "freeEnergy overlap q r retrieval temperature" | tr ' ' '\n'
  } | sort -u | tr '\n' ' ')" \
  "$(documented_keys ags | tr '\n' ' ')"
try theory ags --load 0.1 --temperature 0.3 --output t/ags.csv
check "ags at a point: CSV" equal "$(head -n 1 t/ags.csv)" \
  "load,temperature,overlap,q,r,free_energy,retrieval"
check "ags at a point: SVG" is_svg t/ags.svg

# MARK: Numbers in print

gives "E_3" freeEnergy 3 -0.375 1e-12 mixtures
gives "T_3" stabilityTemperature 1 0.45979424 1e-8 mixtures --patterns 3
gives "3-mixtures end at 0.03" existenceLoad 1 0.029941757 1e-8 mixtures --patterns 3
gives "many patterns" energyOfManyPatterns 1 -0.3183098862 1e-9 mixtures

row=0
for pair in 0.001:0.105 0.0036:0.138 0.01:0.185 0.05:0.37 0.1:0.61; do
  row=$((row + 1))
  gives "table 2.1 at ${pair%:*}" load "$row" "${pair#*:}" 0.0015 \
    errors --sizes 1000 --errors 0.001,0.0036,0.01,0.05,0.1
done
gives "0.36 % at 0.138" oneStepError 1 0.00355 0.00001 errors --sizes 1000 --loads 0.138
gives "wrong bits" wrongBits 1 0.08666 0.0001 errors --sizes 1000 --loads 0.072
gives "two patterns of two bits: half of them feel nothing" tieRate 1 0.5 1e-12 \
  errors --sizes 2 --loads 1

gives "erf 1" hebbian 1 0.8427007929 1e-9 step --loads 0.5 --overlaps 1
gives "the projection keeps its patterns" projection 1 1 0 step --loads 0.5 --overlaps 1
gives_null "no projection above a load of 1" projection step --loads 1.5 --overlaps 1

gives "the capacity" capacity 1 0.1596081343 1e-9 dynamics
gives "the first step" overlap 2 0.6572183 1e-6 dynamics --load 0.1 --overlaps 0.3 --steps 1
gives "the critical overlap" criticalOverlap 1 0.2094 1e-4 dynamics --load 0.1
gives_null "none above the capacity" criticalOverlap dynamics --load 0.17

gives "N/(2 ln N)" mostPatterns 1 72.3824 1e-4 perfect --sizes 1000
gives "N/(4 ln N)" allPatterns 1 36.1912 1e-4 perfect --sizes 1000
gives "N/sqrt(2 ln N)" storkeyPatterns 1 269.0398 1e-4 perfect --sizes 1000

gives "C(4, 3)" dichotomies 1 14 0 separability --dimensions 3 --points 4
gives "one half at P = 2N" separableFraction 1 0.5 1e-12 separability --dimensions 37 --loads 2
try theory separability --dimensions 100 --points 100 --json
check "separability: 2^100, exactly" equal "$(values "$out" dichotomies)" 1267650600228229401496703205376

gives "alpha_c = 2" load 1 2 1e-12 gardner --margins 0 --biases 0
gives "a margin of 1" load 1 0.519572 1e-6 gardner --margins 1 --biases 0
gives "a bias" load 1 3.913 0.0005 gardner --margins 0 --biases 0.8
gives "the inverse" margin 1 0 1e-7 gardner --loads 2 --biases 0

gives "f = 0.001" load 1 34.0 0.05 sparse --activities 0.001
gives "its asymptote" asymptote 1 72.3824 1e-4 sparse --activities 0.001
gives "f = 1/2, centred" centredLoad 1 0.1379056 1e-6 sparse --activities 0.5
gives "f = 1/2, half of it" load 1 0.0691 5e-5 sparse --activities 0.5
gives "ln 2 bits a coupling" willshawInformation 1 0.69314718 1e-8 sparse

gives "2/pi" capacity 1 0.6366197724 1e-9 dilution
gives "m at 0.3" overlap 1 0.89944 1e-5 dilution --loads 0.3 --temperatures 0

gives "the capacity" capacity 1 0.2690616 1e-7 sequences
gives "the overlap there" overlapAtCapacity 1 0.8349 5e-5 sequences
gives "2 ln 2" exponential 1 1.3862943611 1e-9 dwell-times --strengths 2
gives "a step" step 1 0.75 1e-12 dwell-times --strengths 2
gives_null "for ever" step dwell-times --strengths 1

gives "0.049" bestStrengthLoad 1 0.0489585 1e-6 palimpsest
gives "epsilon" bestStrength 1 4.10812 1e-5 palimpsest
gives "the least" smallestStrength 1 2.46481 1e-5 palimpsest
gives "bounded couplings" load 1 0.0405 5e-5 palimpsest --bounds 0.355
gives "the last pattern is recalled" overlap 1 1 0.01 palimpsest --strengths 4 --ages 0,0.06
gives "an old one is not" overlap 2 0 0 palimpsest --strengths 4 --ages 0,0.06

gives "q = 3" load 1 0.41441 1e-5 potts --states 3
gives "q = 2 is Hopfield's network" load 1 0.13790556649 1e-10 potts --states 2
gives "past the capacity" overlap 2 0 0 potts --states 3 --loads 0.3,0.5

gives "0.0231 N^2" patterns 1 23097.27 0.01 familiarity --sizes 1000
gives "the inverse" errorRate 1 0.01 1e-6 familiarity --sizes 1000 --patterns 23097
gives "Fontanari's formula" error 1 0.0320 5e-5 prototypes --examples 20 --overlaps 0.4

gives "alpha_2" loadFactor 1 0.1507 5e-5 dense --degrees 2
gives "502 patterns of 100 bits" patterns 1 502.39 0.01 dense --degrees 3 --sizes 100
gives "the inverse" errorRate 1 0.005 1e-4 dense --degrees 3 --sizes 100 --patterns 502
gives "ln 2/2" allPatterns 1 0.3465735903 1e-9 exponential
gives "0.675" onePattern 1 0.675 5e-5 exponential
gives "Gaussian" gaussian 1 0.5 1e-12 continuous --sharpness 1
gives "on the sphere" spherical 1 0.6226 5e-5 continuous --sharpness 1

gives "d = 20" growth 1 3.1546 5e-5 modern --scales 3 --dimensions 20
gives "d = 75" growth 1 1.3718 1e-4 modern --scales 1 --dimensions 75
gives "theorem 5" retrievalError 1 0.0518 1e-4 bounds --separations 9.07

# MARK: What is refused

refuses_theory load ags --load=-0.1
refuses_theory load ags --load nan --temperature 0
refuses_theory temperature ags --load 0.1 --temperature=-1
refuses_theory temperature ags --temperature inf
refuses_theory loads ags --loads 0:0.1:0.05 --load 0.1
refuses_theory loads ags --loads 0.1,high
refuses_theory 100000 ags --loads 0:100:0.0005
refuses_theory patterns mixtures --patterns 0
refuses_theory patterns mixtures --patterns 2.5
refuses_theory temperature mixtures --temperature=-0.1
refuses_theory sizes errors --sizes 1
refuses_theory loads errors --loads=-0.1
refuses_theory errors errors --errors 0.5
refuses_theory errors errors --errors 0.1 --loads 0.1
refuses_theory pattern errors --sizes 10 --loads 0.01
refuses_theory loads step --loads 0
refuses_theory overlaps step --overlaps 1.1
refuses_theory load dynamics --load=-1
refuses_theory overlaps dynamics --overlaps 2
refuses_theory steps dynamics --steps=-1
refuses_theory sizes perfect --sizes 1
refuses_theory error-fraction perfect --error-fraction 0.6
refuses_theory dimensions separability --dimensions 0
refuses_theory points separability --points 0
refuses_theory points separability --points 3 --loads 2
refuses_theory points separability --dimensions 10000 --loads 3
refuses_theory margins gardner --margins=-10
refuses_theory biases gardner --biases 1
refuses_theory loads gardner --loads 0
refuses_theory activities sparse --activities 0
refuses_theory filled sparse --filled 1
refuses_theory loads dilution --loads=-1
refuses_theory temperatures dilution --temperatures=-1
refuses_theory loads sequences --loads=-1
refuses_theory strengths dwell-times --strengths 0
refuses_theory strengths palimpsest --strengths 0
refuses_theory bounds palimpsest --bounds 0
refuses_theory ages palimpsest --ages=-1
refuses_theory states potts --states 1
refuses_theory loads potts --loads=-1
refuses_theory sizes familiarity --sizes 1
refuses_theory error-rate familiarity --error-rate 0
refuses_theory patterns familiarity --patterns 10 --error-rate 0.1
refuses_theory examples prototypes --examples 0
refuses_theory overlaps prototypes --overlaps 1.5
refuses_theory degrees dense --degrees 1
refuses_theory error-rate dense --error-rate 0.5
refuses_theory patterns dense --patterns 0
refuses_theory error-fractions exponential --error-fractions 0.6
refuses_theory sharpness continuous --sharpness=-1
refuses_theory beta modern --beta 0
refuses_theory dimensions modern --dimensions 1
refuses_theory failure modern --failure 0
refuses_theory memories bounds --memories 0
refuses_theory norm bounds --norm 0

# MARK: Nothing is forgotten

missing=
for verb in $verbs; do
  case "$exercised" in *" $verb "*) ;; *) missing="$missing $verb" ;; esac
done
check "every verb has a number that is checked" equal "$missing" ""
missing=
for verb in $verbs; do
  case "$refused" in *" $verb "*) ;; *) missing="$missing $verb" ;; esac
done
check "every verb refuses something" equal "$missing" ""
