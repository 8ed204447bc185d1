"""Softmax retrieval in torch: attention.py WAY BETA FOLDER.

sdpa: scaled_dot_product_attention, fused. softmax: softmax(beta Q X') X as it is written.
"""

import sys

import numpy as np
import torch
import torch.nn.functional as F

import peer

way, beta, folder = sys.argv[1:]
beta = float(beta)
# Weights far below the largest are denormal numbers, which are slow.
torch.set_flush_denormal(True)
memories = torch.from_numpy(np.load(f"{folder}/memories.npy"))
queries = torch.from_numpy(np.load(f"{folder}/queries.npy"))


@torch.inference_mode()
def sdpa():
    q, x = queries[None, None], memories[None, None]
    return F.scaled_dot_product_attention(q, x, x, scale=beta)[0, 0].numpy()


@torch.inference_mode()
def softmax():
    if len(queries) == 1:
        weights = torch.softmax(torch.mv(memories, beta * queries[0]), 0)
        return torch.mv(memories.T, weights)[None].numpy()
    return (torch.softmax((beta * queries) @ memories.T, 1) @ memories).numpy()


peer.serve({way: {"sdpa": sdpa, "softmax": softmax}[way]}, torch.set_num_threads)
