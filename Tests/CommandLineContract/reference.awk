# The classical network in the plainest way: reads a file of patterns, then one of cues (lines of +
# and -), recalls each cue by sweeps in the order of sites and prints, a line a cue,
#   STATE STEPS FLIPS ENERGIES PATTERN OVERLAP          (flips and energies joined by commas)
# All sums are of integers; with N a power of two the energies are exact.

BEGIN { P = 0 }
FNR == 1 { file++ }
file == 1 {
  for (i = 1; i <= length($0); i++) xi[P, i] = substr($0, i, 1) == "+" ? 1 : -1
  P++
  next
}

function energy(mu, sum) {
  sum = 0
  for (mu = 0; mu < P; mu++) sum += M[mu] * M[mu]
  return -(sum - P * N) / (2 * N)
}

{
  N = length($0)
  for (i = 1; i <= N; i++) s[i] = substr($0, i, 1) == "+" ? 1 : -1
  for (mu = 0; mu < P; mu++) {
    M[mu] = 0
    for (i = 1; i <= N; i++) M[mu] += xi[mu, i] * s[i]
  }
  energies = sprintf("%.17g", energy())
  flips = ""
  steps = 0
  do {
    flipped = 0
    for (i = 1; i <= N; i++) {
      field = -P * s[i]
      for (mu = 0; mu < P; mu++) field += xi[mu, i] * M[mu]
      if (field * s[i] < 0) {
        s[i] = -s[i]
        for (mu = 0; mu < P; mu++) M[mu] += 2 * xi[mu, i] * s[i]
        flipped++
      }
    }
    steps++
    flips = flips (steps > 1 ? "," : "") flipped
    energies = energies "," sprintf("%.17g", energy())
  } while (flipped && steps < 1000)

  best = 0
  for (mu = 1; mu < P; mu++) if (M[mu] * M[mu] > M[best] * M[best]) best = mu
  state = ""
  for (i = 1; i <= N; i++) state = state (s[i] > 0 ? "+" : "-")
  print state, steps, flips, energies, best, sprintf("%.17g", M[best] / N)
}
