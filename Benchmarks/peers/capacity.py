"""The capacity curve: from a stored pattern to its fixed point, load by load: capacity.py FOLDER.

Every network is made anew, with J or without. Most patterns of a small load are fixed points, which
one product for all networks of a load can tell: the checked ways relax the others only. Peers choose
among the four ways, and between one thread and all, by trial.
"""

import sys
from functools import partial

import numpy as np

import blas
import peer
import spins

CRITERION = 0.9


def relaxed_with_couplings(rows):
    return spins.recall_with_couplings(spins.couplings(rows), rows[0])


def relaxed_with_overlaps(rows):
    return spins.recall_with_overlaps(*spins.both_orders(rows), rows[0])


def unstable(stored):
    """Which networks have a first pattern that is no fixed point."""
    rows = stored.astype(np.float32)
    first = rows[:, :1]
    overlaps = rows @ first.transpose(0, 2, 1)
    fields = overlaps.transpose(0, 2, 1) @ rows
    fields -= stored.shape[1] * first
    fields *= first
    return np.flatnonzero((fields < 0).any(axis=(1, 2)))


def curve(patterns, counts, relaxed, checked):
    """Mean overlap and share retrieved, a row for each load."""
    trials, _, size = patterns.shape
    rows = []
    for count in counts:
        stored = patterns[:, :count]
        overlaps = np.ones(trials)
        for trial in unstable(stored) if checked else range(trials):
            first = stored[trial, 0]
            agreeing = np.count_nonzero(relaxed(stored[trial]) == first)
            overlaps[trial] = (2 * agreeing - size) / size
        rows.append((overlaps.mean(), (overlaps >= CRITERION).mean()))
    return np.array(rows)


folder = sys.argv[1]
patterns = np.load(f"{folder}/patterns.npy")
counts = np.load(f"{folder}/counts.npy")

ways = {"J": relaxed_with_couplings, "without J": relaxed_with_overlaps}
variants = {
    name + (", checked first" if checked else ""): partial(curve, patterns, counts, relaxed, checked)
    for name, relaxed in ways.items()
    for checked in [False, True]
}
peer.serve(variants, blas.use_threads)
