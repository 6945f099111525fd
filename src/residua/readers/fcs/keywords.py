"""Numbers as TEXT writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT

_MOST_DIGITS = 40  # padded ones included
Keywords = Mapping[str, str]


def whole(keywords: Keywords, key: str) -> int:
    """A required whole number; raises `FcsFault` where it is missing or another text."""
    text = keywords.get(key)
    if text is None:
        raise FcsFault(key, "a number", "no such keyword", EXPORT)
    number = to_whole(text)
    if number is None:
        raise FcsFault(key, "a whole number", "another text", EXPORT)
    return number


def whole_or_none(keywords: Keywords, key: str) -> int | None:
    """A whole number, or None where the keyword is missing or empty."""
    return whole(keywords, key) if keywords.get(key) else None


def to_whole(text: str) -> int | None:
    """The whole number that `text` writes, or None."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text)


def to_number(text: str) -> float | None:
    """The finite number that `text` writes, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
