#!/usr/bin/env python3
"""Writes the fixtures of FormatsTests with NumPy and Pillow, and expected.json beside them.

    pip install numpy pillow && python3 make_fixtures.py

Nothing here uses the library under test. Values in expected.json are what NumPy and Pillow read
back, or, for grey from colour and from 16 bits, the formula of the documentation worked out here.
"""

import json
import os
import struct
import zlib

import numpy as np
from PIL import Image

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for name in os.listdir("."):
    if name.endswith((".npy", ".npz", ".csv", ".png")):
        os.remove(name)
expected = {}


def number(value):
    """A JSON number, or the name of what JSON cannot write."""
    value = float(value)
    return value if np.isfinite(value) else {"nan": "nan", "inf": "inf", "-inf": "-inf"}[str(value)]


def note(name, array, kind=None):
    array = np.asarray(array)
    with np.errstate(over="ignore"):
        flat = [number(v) for v in array.ravel(order="C").astype(np.float64)]
    expected[name] = {"shape": list(array.shape), "type": kind or array.dtype.name, "values": flat}


# MARK: .npy

def npy(name, array, kind=None, version=None):
    name += ".npy"
    with open(name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)
    note(name, np.load(name), kind)


random = np.random.Generator(np.random.PCG64(1982))
kinds = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
for kind in kinds:
    dtype = np.dtype(kind)
    if kind == "b1":
        values = random.integers(0, 2, 12).astype(bool)
    elif dtype.kind == "f":
        info = np.finfo(dtype)
        values = np.array(
            [0, -0.0, 1, -1, info.max, info.min, info.tiny, info.smallest_subnormal, np.pi,
             np.inf, -np.inf, np.nan], dtype)
    else:
        info = np.iinfo(dtype)
        values = np.array([0, 1, info.max, info.min, 2, 3, 5, 7, 11, 13, 17, 19], dtype)
    for order in "<>" if dtype.itemsize > 1 else "|":
        swapped = values.reshape(3, 4).astype(dtype.newbyteorder(order))
        mark = {"<": "le", ">": "be", "|": "one"}[order]
        npy(f"{kind}-{mark}-c", swapped, dtype.name)
        npy(f"{kind}-{mark}-f", np.asfortranarray(swapped), dtype.name)

extended = np.array(
    [0, -0.0, 1, -1, np.longdouble(2) ** 1023, np.longdouble(2) ** 5000, np.longdouble(1) / 3,
     np.longdouble(2) ** -1074, np.longdouble(2) ** -1075, np.longdouble(3) * np.longdouble(2) ** -1076,
     np.longdouble(2) ** -1022 - np.longdouble(2) ** -1080, np.longdouble(2) ** -9000, np.inf,
     np.nan, 1 + np.finfo(np.longdouble).eps, -np.longdouble(7) * np.longdouble(2) ** -1073 / 3], np.longdouble)
assert np.finfo(np.longdouble).nmant == 63, "run this on x86"
npy("f16-le-c", extended.reshape(4, 4), "float64")
npy("f16-be-f", np.asfortranarray(extended.reshape(4, 4)).astype(np.dtype("g").newbyteorder(">")), "float64")

npy("scalar", np.array(2.5))
npy("vector", np.arange(7, dtype=np.int16))
npy("empty-rows", np.zeros((0, 5), np.int8))
npy("empty-columns", np.zeros((3, 0, 2), np.float32))
npy("empty-fortran", np.asfortranarray(np.zeros((3, 0, 2), np.float32)))
npy("rank5-f", np.asfortranarray(random.integers(-99, 99, (2, 3, 4, 5, 6)).astype(np.int32)))
npy("wide-f", np.asfortranarray(random.integers(-99, 99, (5, 150)).astype(np.int8)))
npy("version2", np.arange(6.0).reshape(2, 3), version=(2, 0))
npy("version3", np.arange(6.0).reshape(2, 3), version=(3, 0))
npy("int8-states", np.where(random.integers(0, 2, (4, 25)) == 1, 1, -1).astype(np.int8))

# Booleans of other bytes than 0 and 1, and headers as other programs write them.
plain = np.arange(6, dtype=np.int32).reshape(2, 3)


def by_hand(name, header, data, kind, array, version=b"\x01\x00", length="<H"):
    text = header.encode("utf-8")
    with open(name + ".npy", "wb") as file:
        file.write(b"\x93NUMPY" + version + struct.pack(length, len(text)) + text + data)
    loaded = np.load(name + ".npy")
    assert (loaded == array).all() and loaded.shape == array.shape, name
    note(name + ".npy", loaded, kind)


by_hand("bool-bytes", "{'descr': '|b1', 'fortran_order': False, 'shape': (4,), }\n",
        bytes([0, 1, 2, 255]), "bool", np.array([False, True, True, True]))
by_hand("python2", "{'shape': (2L, 3L), 'fortran_order': False, 'descr': '<i4'}\n",
        plain.tobytes(), "int32", plain)
by_hand("tight", "{\"descr\":\"<i4\",\"fortran_order\":False,\"shape\":(2,3)}",
        plain.tobytes(), "int32", plain)
by_hand("spacious", "  {  'fortran_order' : True ,\n 'shape' : ( 2 , 3 , ) , 'descr' : '=i4' , }  \n",
        plain.tobytes(order="F"), "int32", plain, b"\x02\x00", "<I")

# MARK: .npz

states = np.where(random.integers(0, 2, (5, 16)) == 1, 1, -1).astype(np.int8)
weights = random.normal(size=(16, 16)).astype(np.float32)
np.savez("stored.npz", states=states, weights=weights)
np.savez_compressed("deflated.npz", states=states, weights=weights, zeros=np.zeros((100, 1000)))
for name in ["stored.npz", "deflated.npz"]:
    note(name, states)
    note(name + ":states", states)
    note(name + ":states.npy", states)
    note(name + ":weights", weights)

# MARK: .csv

np.savetxt("savetxt.csv", weights[:3], delimiter=",", header="w0,w1\nsecond line", comments="# ")
note("savetxt.csv", np.loadtxt("savetxt.csv", delimiter=","), "float64")
np.savetxt("blanks.csv", states, fmt="%3d")
note("blanks.csv", np.loadtxt("blanks.csv"), "float64")
doubles = np.concatenate([
    random.integers(0, 2**63, 400).astype(np.uint64).view(np.float64),
    random.normal(size=400), random.integers(-10**6, 10**6, 400) / 1000.0,
    2.0 ** random.integers(-1074, 1024, 400)])
doubles = doubles[np.isfinite(doubles)][:1500].reshape(-1, 3)
with open("doubles.csv", "w") as file:
    for row in doubles:
        file.write(",".join(repr(float(v)) for v in row) + "\n")
note("doubles.csv", doubles)
with open("digits.csv", "w") as file:
    for row in doubles[::5]:
        file.write("%.25e;%.40g;%.3f\n" % tuple(row))
with open("digits.csv") as file:
    note("digits.csv", [[float(v) for v in line.split(";")] for line in file], "float64")

# MARK: .png

def luma(red, green, blue):
    """round(0.299 R + 0.587 G + 0.114 B), halves up, in whole numbers."""
    total = 299 * red.astype(int) + 587 * green.astype(int) + 114 * blue.astype(int)
    return ((total + 500) // 1000).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, width, height, depth, color, rows, before=b"", interlace=0):
    """A PNG file whose rows are packed already; nothing filtered."""
    raw = b"".join(b"\0" + row for row in rows)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)))
        file.write(before + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def packed(row, depth):
    bits = "".join(format(int(v), f"0{depth}b") for v in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def adam7(values, depth):
    """The rows of the seven passes, each a list of samples of one channel."""
    rows = []
    for y0, x0, dy, dx in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2),
                           (0, 1, 2, 2), (1, 0, 2, 1)]:
        for row in values[y0::dy, x0::dx]:
            if len(row):
                rows.append(packed(row, depth))
    return rows


H, W = 9, 13
gamma = chunk(b"gAMA", struct.pack(">I", 100000))
srgb = chunk(b"sRGB", b"\0")
profile = chunk(b"iCCP", b"odd\0\0" + zlib.compress(b"not a profile at all"))
transparent = chunk(b"tRNS", struct.pack(">H", 1))
for depth in [1, 2, 4, 8, 16]:
    grey = random.integers(0, 2**depth, (H, W))
    eight = (grey >> 8) if depth == 16 else grey * (255 // (2**depth - 1))
    rows = [packed(row, depth) for row in grey]
    for name, before in [("plain", b""), ("gama", gamma), ("srgb", srgb), ("iccp", profile), ("trns", transparent)]:
        png(f"grey{depth}-{name}.png", W, H, depth, 0, rows, before)
        note(f"grey{depth}-{name}.png", eight, "uint8")
    png(f"grey{depth}-interlaced.png", W, H, depth, 0, adam7(grey, depth), gamma, interlace=1)
    note(f"grey{depth}-interlaced.png", eight, "uint8")
    if depth <= 8:  # Pillow reads these as the formula says, and so are our own rows sound
        for name in ["plain", "interlaced"]:
            with Image.open(f"grey{depth}-{name}.png") as image:
                assert (np.array(image.convert("L")) == eight).all(), (depth, name)

for depth in [1, 2, 4, 8]:
    colours = random.integers(0, 256, (2**depth, 3)).astype(np.uint8)
    indices = random.integers(0, 2**depth, (H, W))
    table = chunk(b"PLTE", colours.tobytes())
    alpha = chunk(b"tRNS", random.integers(0, 256, 2**depth).astype(np.uint8).tobytes())
    grey = luma(*colours[indices].transpose(2, 0, 1))
    png(f"palette{depth}.png", W, H, depth, 3, [packed(row, depth) for row in indices], gamma + table + alpha)
    note(f"palette{depth}.png", grey, "uint8")
    png(f"palette{depth}-interlaced.png", W, H, depth, 3, adam7(indices, depth), table, interlace=1)
    note(f"palette{depth}-interlaced.png", grey, "uint8")

for color, channels in [(2, 3), (4, 2), (6, 4)]:
    for depth in [8, 16]:
        samples = random.integers(0, 2**depth, (H, W, channels))
        eight = samples >> (depth - 8)
        grey = eight[..., 0] if channels == 2 else luma(*eight[..., :3].transpose(2, 0, 1))
        rows = [row.astype(">u2" if depth == 16 else "u1").tobytes() for row in samples]
        png(f"color{color}-{depth}.png", W, H, depth, color, rows, gamma)
        note(f"color{color}-{depth}.png", grey, "uint8")

# Files as Pillow writes them, with its filters.
smooth = (np.add.outer(np.arange(40), np.arange(60)) * 2).astype(np.uint8)
Image.fromarray(smooth).save("pillow-grey.png")
note("pillow-grey.png", smooth)
rgb = random.integers(0, 256, (20, 30, 3)).astype(np.uint8)
Image.fromarray(rgb).save("pillow-rgb.png", optimize=True)
note("pillow-rgb.png", luma(*rgb.transpose(2, 0, 1)))
Image.fromarray(smooth % 2 * 255).convert("1").save("pillow-bits.png")
note("pillow-bits.png", smooth % 2 * 255)
# Every colour whose weighted sum ends in a half, and the corners: rounding is seen here.
reds, greens, blues = (v.ravel() for v in np.meshgrid(*[np.arange(0, 256)] * 3, indexing="ij"))
halves = np.flatnonzero((299 * reds + 587 * greens + 114 * blues) % 1000 == 500)[::41][:400]
rgb = np.stack([reds[halves], greens[halves], blues[halves]], 1).astype(np.uint8).reshape(20, -1, 3)
Image.fromarray(rgb).save("halves.png")
note("halves.png", luma(*rgb.transpose(2, 0, 1)))

with open("expected.json", "w") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")
print(len(expected), "fixtures by NumPy", np.__version__)
