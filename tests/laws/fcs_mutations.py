"""Broken FCS files made of whole ones: bytes changed, cut, doubled, keywords given other values.

Used by the short law in CI and by tools/fuzz_fcs.py, which runs for as long as it is told.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

NASTY = (
    b"0",
    b"1",
    b"-1",
    b"2",
    b"8",
    b"58",
    b"1000000000",
    b"1000000000000",
    b"99999999999999999999999999",
    b"9" * 5000,
    b"1e300",
    b"nan",
    b"inf",
    b"1_0",
    b"*",
    b"A",
    b"D",
    b"I",
    b"F",
    b"10",
    b"24",
    b"63",
    b"99999",
    b"4,0",
    b"30,1e300",
    b"3,4,1,2",
    b"4,3,2,1",
    b"1,2",
    b"2,C1,C2,1,0,0,1",
    b"99999999,1",
    "١٢".encode(),
    b"\xff\xfe",
    b"",
    b" ",
    b"x" * 300,
)
KEYS = (
    b"PAR",
    b"TOT",
    b"DATATYPE",
    b"BYTEORD",
    b"MODE",
    b"NEXTDATA",
    b"BEGINDATA",
    b"ENDDATA",
    b"BEGINSTEXT",
    b"ENDSTEXT",
    b"P1B",
    b"P2B",
    b"P1R",
    b"P2R",
    b"P1E",
    b"P1G",
    b"P1N",
    b"P1DATATYPE",
    b"P2DATATYPE",
    b"SPILLOVER",
    b"COMP",
    b"DFC1TO2",
    b"DFC1TO99",
    b"BEGINDATETIME",
)
_OFFSETS = re.compile(rb"\d{1,20}")


def joined(parts: Iterable[tuple[int, bytes]]) -> bytes:
    """The bytes of a file from its parts at their places, blanks between them."""
    raw = bytearray()
    for place, content in parts:
        raw[len(raw) :] = b" " * max(0, place - len(raw))
        raw[place : place + len(content)] = content
    return bytes(raw)


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """A broken variant of `seed`, one to four changes away from it."""
    raw = bytearray(seed)
    for _ in range(rng.randint(1, 4)):
        rng.choice((_flip, _cut, _double, _value, _value, _header, _number))(raw, rng)
    return bytes(raw)


def _flip(raw: bytearray, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 6)):
        if raw:
            raw[rng.randrange(min(len(raw), 4000))] = rng.randrange(256)


def _cut(raw: bytearray, rng: random.Random) -> None:
    if raw:
        del raw[rng.randrange(len(raw)) :]


def _double(raw: bytearray, rng: random.Random) -> None:
    if raw:
        first = rng.randrange(len(raw))
        piece = bytes(raw[first : first + rng.randint(1, 200)])
        place = rng.randrange(len(raw))
        raw[place:place] = piece


def _value(raw: bytearray, rng: random.Random) -> None:
    """Another value for one keyword, padded or cut so that the file keeps its length, or not."""
    key = rng.choice(KEYS)
    found = re.search(rb"\$?" + key + rb"(.)(.*?)\1", bytes(raw), re.DOTALL)
    value = rng.choice(NASTY)
    if found is None:
        return
    first, last = found.span(2)
    if rng.random() < 0.7:
        value = value[: last - first].ljust(last - first, rng.choice((b"0", b" ")))
    raw[first:last] = value


def _header(raw: bytearray, rng: random.Random) -> None:
    place = 10 + 8 * rng.randrange(6)
    offsets = (0, 1, 57, 58, len(raw) - 1, len(raw), len(raw) + 1, 99_999_999, rng.randrange(9999))
    raw[place : place + 8] = f"{rng.choice(offsets):>8d}".encode()[:8]


def _number(raw: bytearray, rng: random.Random) -> None:
    """One number anywhere in the text, one more or less or another one."""
    numbers = list(_OFFSETS.finditer(bytes(raw[:4000])))
    if numbers:
        found = rng.choice(numbers)
        old = int(found[0])
        new = rng.choice((old + 1, max(0, old - 1), old * 2, rng.randrange(300)))
        width = found.end() - found.start()
        raw[found.start() : found.end()] = f"{new:0{width}d}".encode()[-width:]
