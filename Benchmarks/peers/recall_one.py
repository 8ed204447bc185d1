"""Recall of one cue, with or without storing: recall_one.py WAY FOLDER."""

import sys

import numpy as np

import blas
import peer
import spins

way, folder = sys.argv[1:]
patterns = np.load(f"{folder}/patterns.npy")
cue = np.load(f"{folder}/cues.npy")[0]

if way == "store-couplings":
    run = lambda: spins.recall_with_couplings(spins.couplings(patterns), cue)
elif way == "couplings":
    coupling = spins.couplings(patterns)
    run = lambda: spins.recall_with_couplings(coupling, cue)
elif way == "store-overlaps":
    run = lambda: spins.recall_with_overlaps(*spins.both_orders(patterns), cue)
elif way == "overlaps":
    rows, columns = spins.both_orders(patterns)
    run = lambda: spins.recall_with_overlaps(rows, columns, cue)
else:
    sys.exit(f"no way {way}")

peer.serve({way: run}, blas.use_threads)
