"""Learning by the projection rule, Storkey's rule and the symmetric perceptron, and recall of one cue with
what was learned: learning.py TASK RULE FOLDER, where TASK is learn or recall.

Each rule in the ways that a careful user has. Peers choose among them, and between one thread and
all, by trial. After learning, the answer is what the cue is recalled as.
"""

import sys
from functools import partial

import numpy as np

import blas
import peer
import spins


# Projection: w = X' C^-1 X / N with C = X X' / N.


def correlations(patterns, kind):
    rows = patterns.astype(kind)
    return rows, rows @ rows.T / kind(rows.shape[1])


def without_diagonal(matrix):
    np.fill_diagonal(matrix, 0)
    return np.asarray(matrix, np.float32)


def projection_solved(patterns, kind):
    rows, product = correlations(patterns, kind)
    weights = np.linalg.solve(product, rows)
    weights /= kind(rows.shape[1])
    return without_diagonal(rows.T @ weights)


def projection_inverted(patterns, kind):
    rows, product = correlations(patterns, kind)
    weights = np.linalg.inv(product) @ rows
    weights /= kind(rows.shape[1])
    return without_diagonal(rows.T @ weights)


def projection_factored(patterns, kind):
    # Z = L^-1 X makes w = Z' Z / N, for which numpy uses syrk.
    rows, product = correlations(patterns, kind)
    weights = np.linalg.inv(np.linalg.cholesky(product)) @ rows
    weights /= np.sqrt(kind(rows.shape[1]))
    return without_diagonal(weights.T @ weights)


# Storkey: with u = x / 2 - h, a pattern makes (1 + 2 / N) w + (x u' + u x') / N of w. The factor is
# kept apart, so that a pattern is one product with w and one update of w.


def storkey(patterns, update):
    count, size = patterns.shape
    growth = 1 + 2 / size
    couplings = np.zeros((size, size), np.float32)
    scale = 1.0
    room = np.empty_like(couplings)
    for pattern in patterns.astype(np.float32):
        field = np.float32(scale) * (couplings @ pattern)
        scale *= growth
        partner = (pattern / 2 - field) / np.float32(size * scale)
        update(couplings, pattern, partner, room)
        np.fill_diagonal(couplings, 0)
    couplings *= np.float32(scale)
    return couplings


def by_product(couplings, x, u, room):
    np.matmul(np.stack([x, u], axis=1), np.stack([u, x]), out=room)
    couplings += room


def by_blocks(couplings, x, u, room):
    # Rows that stay in the cache between the two halves of the update.
    left, right = np.stack([x, u], axis=1), np.stack([u, x])
    for first in range(0, len(x), 64):
        rows = slice(first, first + 64)
        np.matmul(left[rows], right, out=room[rows])
        couplings[rows] += room[rows]


# The symmetric perceptron, margin 1: bits whose x h is below it have their couplings strengthened
# both ways. Numbers are 2 N w, which are integers, exact in float32.


def perceptron(patterns, update):
    count, size = patterns.shape
    couplings = np.zeros((size, size), np.float32)
    room = np.empty_like(couplings)
    rows = patterns.astype(np.float32)
    changed = True
    while changed:
        changed = False
        for pattern in rows:
            lacking = pattern * (couplings @ pattern) < 2 * size
            if not lacking.any():
                continue
            update(couplings, pattern, np.where(lacking, pattern, np.float32(0)), room)
            np.fill_diagonal(couplings, 0)
            changed = True
    couplings /= np.float32(2 * size)
    return couplings


def by_sites(update):
    """Only rows and columns of the sites that lack the margin, where they are few."""

    def sparse(couplings, x, u, room):
        sites = np.flatnonzero(u)
        if len(sites) > len(x) // 8:
            return update(couplings, x, u, room)
        change = np.multiply(u[sites][:, None], x)
        couplings[sites] += change
        couplings[:, sites] += change.T

    return sparse


rules = {
    "projection": {
        f"{name}, {kind.__name__}": partial(make, kind=kind)
        for name, make in [
            ("solve", projection_solved),
            ("inverse", projection_inverted),
            ("factor", projection_factored),
        ]
        for kind in [np.float32, np.float64]
    },
    "storkey": {
        "product": partial(storkey, update=by_product),
        "blocks": partial(storkey, update=by_blocks),
    },
    "perceptron": {
        "blocks": partial(perceptron, update=by_sites(by_blocks)),
    },
}


def recall(couplings, cue):
    return spins.recall_with_couplings(couplings, cue)


task, rule, folder = sys.argv[1:]
patterns = np.load(f"{folder}/patterns.npy")
cue = np.load(f"{folder}/cues.npy")[0]
ways = rules[rule]

if task == "learn":
    work = {name: partial(way, patterns) for name, way in ways.items()}
    peer.serve(work, blas.use_threads, lambda couplings: recall(couplings, cue))
elif task == "recall":
    couplings = next(iter(ways.values()))(patterns)
    peer.serve({"couplings": lambda: recall(couplings, cue)}, blas.use_threads)
else:
    sys.exit(f"no task {task}")
