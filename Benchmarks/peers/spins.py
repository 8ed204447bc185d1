"""Hebb's network in numpy, in the two ways that a careful user has.

With couplings: J once, then fields that are kept up to date, a row of J at every flip.
Without: the P overlaps of the state with the patterns, and blocks of fields made from them.

Fields are integers below 2^24 at the sizes used here, so float32 is exact and ties are ties.
"""

import numpy as np

# How many sites are looked at together. Tried: 32 to 1024.
WINDOW = 256
BLOCK = 64


def couplings(patterns):
    """J times N, in float32, without a diagonal. numpy uses ssyrk for a product with its transpose."""
    rows = patterns.astype(np.float32)
    product = rows.T @ rows
    np.fill_diagonal(product, 0)
    return product


def both_orders(patterns):
    """The patterns as rows and as columns in float32, both contiguous."""
    rows = patterns.astype(np.float32)
    return rows, np.ascontiguousarray(rows.T)


def first_unstable(fields, states, start):
    """The first site from `start` on that is against its field, or -1."""
    against = fields[start:] * states[start:] < 0
    site = int(against.argmax()) if against.size else 0
    return start + site if against.size and against[site] else -1


def recall_with_couplings(coupling, cue):
    """The fixed point of sequential sweeps from `cue`."""
    state = cue.astype(np.float32)
    # Half the fields: a flip then adds or subtracts a row as it is.
    half = coupling @ state
    half *= 0.5
    size = len(state)
    flipped = True
    while flipped:
        flipped = False
        site = 0
        while site < size:
            end = min(site + WINDOW, size)
            found = first_unstable(half[site:end], state[site:end], 0)
            if found < 0:
                site = end
                continue
            site += found
            state[site] = -state[site]
            if state[site] > 0:
                half += coupling[site]
            else:
                half -= coupling[site]
            flipped = True
            site += 1
    return state.astype(np.int8)


def recall_with_overlaps(rows, columns, cue):
    """The same without couplings: only those inside a block of sites are ever made."""
    state = cue.astype(np.float32)
    overlaps = rows @ state
    count, size = rows.shape
    flipped = True
    while flipped:
        flipped = False
        for start in range(0, size, BLOCK):
            block = columns[start : start + BLOCK]
            spins = state[start : start + BLOCK]
            fields = block @ overlaps
            fields -= count * spins
            site = first_unstable(fields, spins, 0)
            if site < 0:
                continue
            before = spins.copy()
            inside = block @ block.T
            np.fill_diagonal(inside, 0)
            while site >= 0:
                spins[site] = -spins[site]
                fields += (2 * spins[site]) * inside[site]
                site = first_unstable(fields, spins, site + 1)
            overlaps += (spins - before) @ block
            flipped = True
    return state.astype(np.int8)
