"""Many cues in parallel steps, each to its fixed point or cycle of two: synchronous.py WAY FOLDER."""

import sys

import numpy as np

import blas
import peer
import spins


def settle(fields, cues):
    """The final states; `fields` takes and gives rows. Cues that have ended leave the batch."""
    states = cues.astype(np.float32)
    final = np.empty_like(cues)
    cue = np.arange(len(cues))
    before = None
    while len(cue):
        after = fields(states)
        ties = after == 0
        np.sign(after, out=after)
        np.copyto(after, states, where=ties)
        ended = (after == states).all(axis=1)
        if before is not None:
            ended |= (after == before).all(axis=1)
        if ended.any():
            final[cue[ended]] = after[ended]
            going = ~ended
            cue, states, after = cue[going], states[going], after[going]
        before, states = states, after
    return final


way, folder = sys.argv[1:]
patterns = np.load(f"{folder}/patterns.npy")
cues = np.load(f"{folder}/cues.npy")

if way == "couplings":
    coupling = spins.couplings(patterns)
    fields = lambda states: states @ coupling
elif way == "overlaps":
    rows, columns = spins.both_orders(patterns)

    def fields(states):
        result = (states @ columns) @ rows
        result -= len(rows) * states
        return result
else:
    sys.exit(f"no way {way}")

peer.serve({way: lambda: settle(fields, cues)}, blas.use_threads)
