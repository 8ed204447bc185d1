"""Overlaps and one asynchronous sweep of a dense memory, F(x) = x^4: dense.py WAY FOLDER.

differences: the published rule, the sum of F before and after a flip, from overlaps that every
flip brings up to date. expanded: the difference of the two written as one product of the site's
column with weights that change at flips only. Doubles are exact at these sizes.
"""

import sys

import numpy as np

import blas
import peer


def sweep_by_differences(rows, columns, cue):
    state = cue.astype(np.float64)
    overlaps = rows @ state
    flipped, squares = np.empty_like(overlaps), np.empty_like(overlaps)
    np.square(overlaps, out=squares)
    present = squares @ squares
    for site, column in enumerate(columns):
        np.multiply(column, 2 * state[site], out=flipped)
        np.subtract(overlaps, flipped, out=flipped)
        np.square(flipped, out=squares)
        after = squares @ squares
        if after > present:
            state[site] = -state[site]
            overlaps, flipped, present = flipped, overlaps, after
    return state.astype(np.int8)


def sweep_expanded(rows, columns, cue):
    # F(m + x) - F(m - x) = 8 x (m^3 + m) for x = 1 or -1; with m = M - x s this is
    # 8 [x (M^3 + 4 M) - s (3 M^2 + 1)].
    state = cue.astype(np.float64)
    overlaps = rows @ state
    count = len(overlaps)

    def weigh():
        squares = np.square(overlaps)
        return overlaps * (squares + 4), 3 * squares.sum() + count

    weights, own = weigh()
    for site, column in enumerate(columns):
        spin = state[site]
        if (column @ weights - spin * own) * spin < 0:
            state[site] = -spin
            overlaps -= (2 * spin) * column
            weights, own = weigh()
    return state.astype(np.int8)


way, folder = sys.argv[1:]
rows = np.load(f"{folder}/patterns.npy").astype(np.float64)
columns = np.ascontiguousarray(rows.T)
cue = np.load(f"{folder}/cues.npy")[0]
sweep = {"differences": sweep_by_differences, "expanded": sweep_expanded}[way]
peer.serve({way: lambda: sweep(rows, columns, cue)}, blas.use_threads)
