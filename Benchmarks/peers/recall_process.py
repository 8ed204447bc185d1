"""What a user would write instead of `hopfield recall`: recall_process.py WAY MEMORY CUES OUTPUT."""

import sys

import numpy as np

import spins

way, memory, cues, output = sys.argv[1:]
patterns = np.load(memory)
if way == "couplings":
    coupling = spins.couplings(patterns)
    recall = lambda cue: spins.recall_with_couplings(coupling, cue)
else:
    rows, columns = spins.both_orders(patterns)
    recall = lambda cue: spins.recall_with_overlaps(rows, columns, cue)
np.save(output, np.stack([recall(cue) for cue in np.load(cues)]))
