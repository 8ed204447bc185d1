# What is not there, or cannot be read: 66.

refuses 66 "absent.npy" "no memory" recall absent.npy --cues three.npy
refuses 66 "absent.npy" "no cues" recall three.npy --cues absent.npy
refuses 66 "absent.npy" "no known sites" recall three.npy --cues three.npy --known absent.npy
refuses 66 "absent.npz" "no archive" recall absent.npz:a --cues three.npy
refuses 66 "absent" "no folder" recall absent/ --cues three.npy
refuses 66 "absent.npy" "a missing folder on the way" recall absent/absent.npy --cues three.npy
refuses 66 "absent.npy" "a file where a folder is needed" recall three.npy/absent.npy --cues three.npy
refuses 66 "absent.npy" "inspect of nothing" inspect absent.npy
mkdir -p folder.npy folder.csv
refuses 66 "folder.npy" "a directory that calls itself an array" recall folder.npy --cues three.npy
refuses 66 "folder.csv" "a directory that calls itself a table" recall three.npy --cues folder.csv

cp three.npy secret.npy
mkdir -p secret
png_of_spins secret/a.png 8 "$(cat one.txt)"
chmod 000 secret.npy secret
if [ "$bound" = yes ]; then
  try_as_nobody recall secret.npy --cues "$work/in/three.npy"
  judge_refusal 66 "secret.npy" "a memory that may not be read"
  try_as_nobody recall three.npy --cues secret.npy
  judge_refusal 66 "secret.npy" "cues that may not be read"
  try_as_nobody recall secret --cues three.npy
  judge_refusal 66 "secret" "a folder that may not be read"
else
  skip "66 what may not be read" "root may read everything, and there is no other user to be"
fi
chmod 755 secret.npy secret
