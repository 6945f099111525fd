"""The compensation matrix of TEXT: $SPILLOVER, SPILL and the like, $COMP or $DFCiTOj.

$SPILLOVER says what is still to be done. $COMP in the form of the standard (FCS 3.0 section
3.2.20: percentages, a diagonal of zeros) and $DFCiTOj (FCS 2.0; Beckman Coulter Navios,
Instructions for Use 773232AH, table 4.1: "% of FLi to subtract from FLj", of data that are
"compensated") say what the cytometer has done already. $COMP with a diagonal of ones is a
spillover matrix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.readers.fcs.keywords import Keywords, to_number, to_whole

_NAMED = ("$SPILLOVER", "SPILL", "SPILLOVER", "$SPILL")
_DFC = re.compile(r"\$DFC(\d{1,3})TO(\d{1,3})")
_FLUORESCENCE = re.compile(r"FL\s*0*(\d{1,3})(?!\d)")
_NOT_FLUORESCENCE = re.compile(r"FSC?|SSC?|TIME|EVENT|AE|CV|CS")
_MOST_DETECTORS = 256
_PERCENT = 100.0
_ROUNDED = 1e-3  # an own detector as programs print it
_IN_PERCENT = "the spillover matrix is in percent, and read as shares"
Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FoundSpillover:
    """The matrix or None, what is wrong about it, and whether the values are compensated by it."""

    spillover: Spillover | None = None
    fault: str = ""
    applied: bool = False
    flags: tuple[str, ...] = ()


def read_spillover(keywords: Keywords, names: tuple[str, ...]) -> FoundSpillover:
    """The spillover matrix, or None with what is wrong about it ("" where there is none).

    A matrix that cannot be read is no reason to refuse the events: whoever needs it does.
    """
    for key in (*_NAMED, "$COMP"):
        text = keywords.get(key, "").strip()
        if not text or text == "0":
            continue
        try:
            read = _square(text, names) if key == "$COMP" else _named(text, names)
            return replace(read, flags=(*read.flags, *_other_flags(read, key, keywords, names)))
        except ValueFault as fault:
            return FoundSpillover(fault=f"{key}: {fault}")
        except ValueError:
            fault_text = f"{key}: expected numbers, received another text, do re-export the file"
            return FoundSpillover(fault=fault_text)
    cells = {found: keywords[key] for key in keywords if (found := _DFC.fullmatch(key))}
    try:
        return _subtracted(cells, names) if cells else FoundSpillover()
    except ValueFault as fault:
        return FoundSpillover(fault=f"$DFCiTOj: {fault}")


def _other_flags(
    found: FoundSpillover, key: str, keywords: Keywords, names: tuple[str, ...]
) -> tuple[str, ...]:
    """A flag for every other keyword that names a matrix of its own: the first one counts."""
    ours = found.spillover
    flags = []
    for other in _NAMED[_NAMED.index(key) + 1 :] if key in _NAMED else ():
        text = keywords.get(other, "").strip()
        try:
            theirs = _named(text, names).spillover if text not in ("", "0") else ours
        except ValueError:
            theirs = None
        if theirs is not ours and not _alike(ours, theirs):
            flags.append(f"{key} is used; {other} says another matrix")
    return tuple(flags)


def _alike(one: Spillover | None, other: Spillover | None) -> bool:
    if one is None or other is None or set(one.channels) != set(other.channels):
        return False
    order = [other.channels.index(name) for name in one.channels]
    return bool(np.allclose(one.matrix, other.matrix[np.ix_(order, order)], rtol=0, atol=1e-5))


def _named(text: str, names: tuple[str, ...]) -> FoundSpillover:
    parts = [part.strip() for part in text.split(",")]
    size = int(parts[0])
    _check_length(parts, 1 + size + size * size, size)
    chosen = tuple(_name(part, names) for part in parts[1 : size + 1])
    if len(set(chosen)) < size:
        raise ValueFault("each channel once", "a channel twice", "re-export the file")
    spillover = Spillover(chosen, _matrix(parts[size + 1 :], size))
    own = spillover.matrix.diagonal()
    if (np.abs(own - 1) <= _ROUNDED).all():
        return FoundSpillover(spillover)
    if (np.abs(own - _PERCENT) <= _PERCENT * _ROUNDED).all():
        return FoundSpillover(Spillover(chosen, spillover.matrix / _PERCENT), flags=(_IN_PERCENT,))
    raise ValueFault("1 in the own detector of a dye", "another number", "give the matrix apart")


def _square(text: str, names: tuple[str, ...]) -> FoundSpillover:
    """$COMP: row i says what of every column j has been subtracted from i (negative: taken off)."""
    parts = text.split(",")
    size = int(parts[0])
    _check_length(parts, 1 + size * size, size)
    if size != len(names):
        raise ValueFault(f"a matrix of {len(names)} channels", f"one of {size}", "re-export it")
    matrix = _matrix(parts[1:], size)
    if (matrix.diagonal() == 1).all():
        return FoundSpillover(Spillover(names, matrix))
    if (matrix.diagonal() != 0).any():
        raise ValueFault("a diagonal of ones or zeros", "another diagonal", "re-export the file")
    if not matrix.any():
        return FoundSpillover()
    spilled = np.eye(size) - matrix.T / _PERCENT
    return FoundSpillover(Spillover(names, spilled), applied=True)


def _subtracted(cells: dict[re.Match[str], str], names: tuple[str, ...]) -> FoundSpillover:
    """$DFCiTOj: the percentage of detector i subtracted from detector j."""
    places = {(int(found[1]), int(found[2])): text for found, text in cells.items()}
    size = max(max(pair) for pair in places)
    if not 1 <= size <= _MOST_DETECTORS or not all(min(pair) for pair in places):
        raise ValueFault(
            f"detectors 1 to {_MOST_DETECTORS}", "another number", "re-export the file"
        )
    matrix = np.eye(size)
    for (row, column), text in places.items():
        percent = to_number(text)
        if percent is None:
            raise ValueFault("numbers", "another text", "re-export the file")
        if row != column:
            matrix[row - 1, column - 1] = percent / _PERCENT
    if (matrix == np.eye(size)).all():
        return FoundSpillover()
    involved = [n for n in range(size) if (np.delete(matrix[n], n) != 0).any()]
    involved += [n for n in range(size) if (np.delete(matrix[:, n], n) != 0).any()]
    detectors = _detectors(names, size, sorted(set(involved)))
    kept = sorted(detectors)
    chosen = tuple(detectors[place] for place in kept)
    return FoundSpillover(Spillover(chosen, matrix[np.ix_(kept, kept)]), applied=True)


def _detectors(names: tuple[str, ...], size: int, involved: list[int]) -> dict[int, str]:
    """The channel of each detector (from 0): FLn by name, else fluorescence in file order."""
    found: dict[int, str] = {}
    for name in names:
        named = _FLUORESCENCE.match(name.upper())
        if named and 1 <= int(named[1]) <= size:
            found.setdefault(int(named[1]) - 1, name)
    if not found:
        dyes = [name for name in names if not _NOT_FLUORESCENCE.match(name.strip().upper())]
        chosen = names if len(names) == size else tuple(dyes)
        found = dict(enumerate(dict.fromkeys(chosen[:size])))
    if any(place not in found for place in involved):
        raise ValueFault("a channel for each detector", "fewer channels", "give the matrix apart")
    return found


def _name(part: str, names: tuple[str, ...]) -> str:
    if part in names:
        return part
    number = to_whole(part)
    if number is not None and 1 <= number <= len(names):
        return names[number - 1]
    raise ValueFault("channels of this file", "one that the file lacks", "re-export the file")


def _matrix(parts: list[str], size: int) -> Matrix:
    return np.array([float(part) for part in parts], dtype=np.float64).reshape(size, size)


def _check_length(parts: list[str], wanted: int, size: int) -> None:
    if size < 1 or len(parts) != wanted:
        raise ValueFault(f"{wanted} entries for {size} channels", f"{len(parts)}", "re-export it")
