"""The compensation matrix of TEXT: $SPILLOVER, SPILL and the like, or $COMP."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover

_NAMED = ("$SPILLOVER", "SPILL", "SPILLOVER", "$SPILL")


def read_spillover(
    keywords: Mapping[str, str], names: tuple[str, ...]
) -> tuple[Spillover | None, str]:
    """The spillover matrix, or None with what is wrong about it ("" where there is none).

    A matrix that cannot be read is no reason to refuse the events: whoever needs it does.
    """
    for key in (*_NAMED, "$COMP"):
        text = keywords.get(key, "").strip()
        if not text or text == "0":
            continue
        try:
            return (_square(text, names) if key == "$COMP" else _named(text, names)), ""
        except ValueFault as fault:
            return None, f"{key}: {fault}"
        except ValueError:
            return None, f"{key}: expected numbers, received another text, do re-export the file"
    return None, ""


def _named(text: str, names: tuple[str, ...]) -> Spillover:
    parts = [part.strip() for part in text.split(",")]
    size = int(parts[0])
    _check_length(parts, 1 + size + size * size, size)
    chosen = tuple(_name(part, names) for part in parts[1 : size + 1])
    if len(set(chosen)) < size:
        raise ValueFault("each channel once", "a channel twice", "re-export the file")
    return Spillover(chosen, _matrix(parts[size + 1 :], size))


def _square(text: str, names: tuple[str, ...]) -> Spillover:
    parts = text.split(",")
    size = int(parts[0])
    _check_length(parts, 1 + size * size, size)
    if size != len(names):
        raise ValueFault(f"a matrix of {len(names)} channels", f"one of {size}", "re-export it")
    return Spillover(names, _matrix(parts[1:], size))


def _name(part: str, names: tuple[str, ...]) -> str:
    if part in names:
        return part
    if part.isdigit() and 1 <= int(part) <= len(names):
        return names[int(part) - 1]
    raise ValueFault("channels of this file", "one that the file lacks", "re-export the file")


def _matrix(parts: list[str], size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([float(part) for part in parts], dtype=np.float64).reshape(size, size)


def _check_length(parts: list[str], wanted: int, size: int) -> None:
    if size < 1 or len(parts) != wanted:
        raise ValueFault(f"{wanted} entries for {size} channels", f"{len(parts)}", "re-export it")
