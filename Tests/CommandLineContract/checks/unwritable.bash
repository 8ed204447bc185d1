# What cannot be written: 73. A full disk is /dev/full, where there is one.

ordinary=(recall three.npy --cues three-damaged.npy)

refuses 73 "o.npy" "an output in no folder" "${ordinary[@]}" --output absent/o.npy
refuses 73 "r.json" "a report in no folder" "${ordinary[@]}" --report absent/r.json
check "no folder was made" test ! -e absent
mkdir -p taken.npy
refuses 73 "taken.npy" "an output where a folder stands" "${ordinary[@]}" --output taken.npy
check "the folder is untouched" equal "$(ls -A taken.npy)" ""
refuses 73 "images" "a folder of images below a file" "${ordinary[@]}" --output three.npy/images

mkdir -p full-folder
echo mine >full-folder/mine.txt
refuses '64|73' "full-folder" "a folder that is not empty" "${ordinary[@]}" --output full-folder
check "the folder is as it was" equal "$(ls -A full-folder)" mine.txt

mkdir -p sealed
chmod 555 sealed
if [ "$bound" = yes ]; then
  try_as_nobody "${ordinary[@]}" --output sealed/o.npy
  judge_refusal 73 "o.npy" "an output in a folder that may not be written"
  try_as_nobody "${ordinary[@]}" --report sealed/r.json
  judge_refusal 73 "r.json" "a report in a folder that may not be written"
  check "nothing was written there" equal "$(ls -A sealed)" ""
else
  skip "73 a folder that may not be written" "root may write everywhere"
fi

# to_device NAME DEVICE ARGUMENTS: standard output goes to the device.
to_device() {
  local name=$1 device=$2
  shift 2
  "$program" "$@" >"$device" 2>"$err" </dev/null
  note_run $? "$*"
  : >"$out"
  judge_refusal 73 "" "$name"
}

if [ -c /dev/full ]; then
  to_device "recall --json to a full disk" /dev/full "${ordinary[@]}" --json
  to_device "recall to a full disk" /dev/full "${ordinary[@]}"
  to_device "inspect to a full disk" /dev/full inspect three.npy
  to_device "inspect --json to a full disk" /dev/full inspect three.npy --json
  to_device "demo to a full disk" /dev/full demo
  to_device "--help to a full disk" /dev/full --help
  for extension in npy npz csv png; do
    ln -sf /dev/full "full.$extension"
    refuses 73 "full.$extension" "--output full.$extension on a full disk" \
      "${ordinary[@]}" --output "full.$extension"
  done
  ln -sf /dev/full full.json
  refuses 73 "full.json" "a report on a full disk" "${ordinary[@]}" --report full.json
else
  skip "73 a full disk" "there is no /dev/full here"
fi

"$program" "${ordinary[@]}" --json >&- 2>"$err" </dev/null
note_run $? "recall --json, standard output closed"
: >"$out"
judge_refusal 73 "" "standard output that is closed"

# More than a pipe holds, to a reader that goes away: a signal or 73, and no trace.
{
  "$program" "${ordinary[@]}" --dynamics glauber --temperature 1 --max-sweeps 20000 --json 2>"$err"
  echo $? >"$work/status"
} </dev/null | head -c 1 >/dev/null
status=$(cat "$work/status")
[ "$status" -ne 73 ] || echo "73 to a reader that went away" >>"$statuses"
check "a reader that goes away" test "$status" -eq 73 -o "$status" -eq 141
