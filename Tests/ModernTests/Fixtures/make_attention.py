"""Writes attention.json: torch's scaled_dot_product_attention on small cases, masks included.

    python3 -m venv venv && venv/bin/pip install torch && venv/bin/python make_attention.py

Inputs are rounded to multiples of 1/64 so that JSON holds them exactly as floats; outputs are torch's
in float64, from which single precision may differ by 1e-6.
"""
import json
import pathlib

import torch
from torch.nn.functional import scaled_dot_product_attention

torch.manual_seed(1)


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape, dtype=torch.float64) * scale * 64) / 64


def case(name, queries, keys, width, value_width, scale=None, size=1.0, mask=None):
    q, k, v = grid(queries, width, scale=size), grid(keys, width), grid(keys, value_width)
    arguments = {"scale": scale}
    entry = {"name": name, "scale": scale}
    if mask == "causal":
        arguments["is_causal"] = True
        entry["causal"] = True
    elif mask == "boolean":
        allowed = torch.rand(queries, keys) < 0.5
        allowed[:, 0] = True
        arguments["attn_mask"] = allowed
        entry["boolean"] = allowed.tolist()
    elif mask == "additive":
        added = grid(queries, keys, scale=3.0)
        added[torch.rand(queries, keys) < 0.2] = -1e9
        arguments["attn_mask"] = added
        entry["additive"] = added.tolist()
    out = scaled_dot_product_attention(q[None, None], k[None, None], v[None, None], **arguments)
    entry |= {"queries": q.tolist(), "keys": k.tolist(), "values": v.tolist()}
    entry["output"] = out[0, 0].tolist()
    return entry


cases = [
    case("plain", 3, 7, 4, 5),
    case("many queries", 70, 19, 5, 3),
    case("a scale of 2", 4, 30, 8, 8, scale=2.0),
    case("sharp", 5, 11, 6, 2, scale=40.0, size=3.0),
    case("causal", 12, 12, 4, 4, mask="causal"),
    case("causal, fewer queries than keys", 5, 9, 4, 4, mask="causal"),
    case("boolean", 33, 21, 4, 3, mask="boolean"),
    case("additive", 6, 40, 3, 17, mask="additive"),
    case("one key", 2, 1, 3, 3),
    case("one coordinate", 9, 8, 1, 1),
]
file = pathlib.Path(__file__).with_name("attention.json")
text = json.dumps({"torch": torch.__version__, "cases": cases}).replace('{"name"', '\n{"name"')
file.write_text(text + "\n")
