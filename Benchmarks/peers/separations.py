"""Sparse retrieval with the entmax package: separations.py MAP BETA FOLDER.

Both maps can sort the k largest scores alone and start anew with 2 k where that was not enough: k is
one more thing to choose.
"""

import sys
from functools import partial

import numpy as np
import torch
from entmax import entmax15, sparsemax

import peer

name, beta, folder = sys.argv[1:]
beta = float(beta)
memories = torch.from_numpy(np.load(f"{folder}/memories.npy"))
queries = torch.from_numpy(np.load(f"{folder}/queries.npy"))
separate = {"sparsemax": sparsemax, "entmax15": entmax15}[name]


@torch.inference_mode()
def retrieve(k):
    weights = separate((beta * queries) @ memories.T, dim=1, k=k)
    return (weights @ memories).numpy()


choices = [None] + [k for k in [16, 128, 1024, 8192] if k < len(memories)]
peer.serve({f"k = {k}": partial(retrieve, k) for k in choices}, torch.set_num_threads)
