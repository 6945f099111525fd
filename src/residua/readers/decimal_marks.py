"""Decimal point or decimal comma: a number that could be read two ways is refused.

``12,5`` can only be a decimal comma; ``1,234`` may be 1.234 or 1234, and is read only where the
other numbers of the file show which mark it uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from residua.errors import ValueFault

_NUMBER = re.compile(r"([<>]?=?\s*[+-]?)(\d*)([.,])(\d+)((?:[eE][+-]?\d+)?)(\s*(?![\d.,]).*)\Z")
_GROUPED = re.compile(r"[<>]?=?\s*[+-]?\d{1,3}(?:[.,]\d{3})*[.,]\d+(\s.*)?\Z")
_ONE_WAY = "a number that can be read in one way only"
_DO = "write it without thousands separators and with a decimal point"


def _ambiguous(match: re.Match[str]) -> bool:
    _, whole, _, part, exponent, _ = match.groups()
    return len(part) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and not exponent


def decimal_marks(cells: Iterable[str]) -> frozenset[str]:
    """The decimal marks that the numbers among `cells` show beyond doubt; none without a comma."""
    cells = tuple(cells)
    if not any("," in cell for cell in cells):
        return frozenset()
    found = (_NUMBER.match(cell) for cell in cells)
    return frozenset(match[3] for match in found if match and not _ambiguous(match))


def with_point(text: str, marks: frozenset[str]) -> str:
    """The number in `text` with a decimal point, given the `marks` that its file uses.

    Text that is no number comes back as it is. Raises ValueFault for a number that could be
    read two ways.
    """
    if "," not in text and "," not in marks:
        return text
    match = _NUMBER.match(text)
    if match is None:
        if _GROUPED.match(text):
            raise ValueFault(_ONE_WAY, "a number with several marks", _DO)
        return text
    mark = match[3]
    if _ambiguous(match) and marks != {mark} and not (mark == "." and not marks):
        name = "comma" if mark == "," else "point"
        raise ValueFault(_ONE_WAY, f"a number with a {name} before three digits", _DO)
    return f"{match[1]}{match[2] or '0'}.{match[4]}{match[5]}{match[6]}"
