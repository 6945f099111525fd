"""The files of the speed benchmarks: made-up marrow, written by NumPy alone, block by block.

Light scatter and dyes of three large populations and a rare one, spilled into each other by a
stated matrix, as FCS 3.1 floats; and 32-bit integers of 18 and 20 used bits, as a Navios writes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SCATTER = ["FSC-A", "FSC-H", "SSC-A", "Time"]
MARKED = {
    "FITC-A": "CD81",
    "PE-A": "CD22",
    "PerCP-A": "CD34",
    "PE-Cy7-A": "CD19",
    "APC-A": "CD10",
    "APC-H7-A": "CD38",
    "BV421-A": "CD20",
    "BV510-A": "CD45",
    "BV605-A": "CD58",
    "BV650-A": "CD73",
    "BV711-A": "CD123",
    "BV786-A": "CD24",
}
SPILL = 0.06  # of every dye into the next one
TOP = 262144
DATA_AT = 8192
BLOCK = 1 << 18
# share of the events, side scatter, and what is bright: marker -> level
POPULATIONS: list[tuple[float, float, dict[str, float]]] = [
    (0.7, 90_000, {"CD45": 3_000, "CD10": 4_000}),
    (0.2, 20_000, {"CD45": 20_000}),
    (0.1, 20_000, {"CD45": 15_000, "CD19": 9_000}),
    (5e-4, 18_000, {"CD45": 1_500, "CD19": 7_000, "CD10": 12_000, "CD34": 6_000, "CD22": 3_000}),
]
DIM = 150.0  # level of what is not bright


def dyes(channels: int) -> list[str]:
    """The dyes of a file of so many channels."""
    return list(MARKED)[: channels - len(SCATTER)]


def matrix(names: list[str]) -> NDArray[np.float64]:
    """What each dye (row) spills into each detector (column)."""
    return np.eye(len(names)) + SPILL * np.roll(np.eye(len(names)), 1, axis=1)


def write_floats(path: Path, *, events: int, channels: int = 12) -> None:
    """A file of float32 list-mode data with $SPILLOVER."""
    names = dyes(channels)
    cells = ",".join(f"{cell:g}" for cell in matrix(names).ravel())
    more = {"$SPILLOVER": f"{len(names)},{','.join(names)},{cells}"}
    random = np.random.default_rng(7)
    with path.open("wb") as stream:
        stream.write(_head([*SCATTER, *names], events, "F", [TOP] * channels, more))
        for first in range(0, events, BLOCK):
            count = min(BLOCK, events - first)
            stream.write(_marrow(random, first, count, names).astype("<f4").tobytes())


def write_integers(path: Path, *, events: int, channels: int = 12) -> None:
    """A file of 32-bit integers, 18 and 20 bits of which count; the bits above are junk."""
    bits = np.array([20 if place % 3 else 18 for place in range(channels)], dtype=np.uint64)
    random = np.random.default_rng(11)
    with path.open("wb") as stream:
        names = [*SCATTER, *dyes(channels)]
        stream.write(_head(names, events, "I", [1 << int(one) for one in bits], {}))
        for first in range(0, events, BLOCK):
            count = min(BLOCK, events - first)
            whole = random.integers(0, 1 << 32, (count, channels), dtype=np.uint64)
            stream.write(whole.astype("<u4").tobytes())


def _head(names: list[str], events: int, kind: str, tops: list[int], more: dict[str, str]) -> bytes:
    """HEADER and TEXT, blanks up to DATA."""
    last = DATA_AT + 4 * len(names) * events - 1
    large = last > 99_999_999
    pairs = {
        **dict.fromkeys(("$BEGINANALYSIS", "$ENDANALYSIS", "$BEGINSTEXT", "$ENDSTEXT"), "0"),
        **{"$BEGINDATA": str(DATA_AT), "$ENDDATA": str(last), "$BYTEORD": "1,2,3,4"},
        **{"$DATATYPE": kind, "$MODE": "L", "$NEXTDATA": "0"},
        **{"$PAR": str(len(names)), "$TOT": str(events), "$CYT": "made up"},
    }
    for number, (name, top) in enumerate(zip(names, tops, strict=True), start=1):
        pairs |= {f"$P{number}N": name, f"$P{number}B": "32", f"$P{number}R": str(top)}
        pairs |= {f"$P{number}E": "0,0", f"$P{number}S": MARKED.get(name, name)}
    text = "|" + "".join(f"{key}|{value}|" for key, value in (pairs | more).items())
    places = (256, 255 + len(text), 0 if large else DATA_AT, 0 if large else last, 0, 0)
    header = "FCS3.1    " + "".join(f"{place:>8}" for place in places)
    return (header.ljust(256) + text).ljust(DATA_AT).encode("ascii")


def _marrow(
    random: np.random.Generator, first: int, count: int, names: list[str]
) -> NDArray[np.float64]:
    """(count, channels) made-up events, those of `first` and on by the clock."""
    shares = np.array([share for share, _, _ in POPULATIONS])
    kinds = random.choice(len(shares), count, p=shares / shares.sum())
    levels = np.array([[bright.get(MARKED[n], DIM) for n in names] for _, _, bright in POPULATIONS])
    side = np.array([scatter for _, scatter, _ in POPULATIONS])
    area = 70_000 * random.lognormal(0, 0.15, count)
    seen = levels[kinds] * random.lognormal(0, 0.4, (count, len(names)))
    light = seen @ matrix(names) + random.normal(0, 60, seen.shape)
    scatter = [area, area * 0.9, side[kinds] * random.lognormal(0, 0.3, count)]
    clock = np.arange(first, first + count) / 1000
    return np.column_stack([*scatter, clock, light])
