"""How wide a figure is for print: columns of journals by their names, or millimetres."""

from __future__ import annotations

from residua.errors import ValueFault

DOUBLE = 180.0
WIDTHS = {"single": 85.0, "1.5": 120.0, "double": DOUBLE}
"""Residua's choice within what journals ask for: one column 85 to 90 mm, one and a half 114 to
140 mm, two columns 170 to 180 mm."""
LEAST, MOST = 80.0, 400.0
_EXPECTED = f"single, 1.5 or double (a column of a journal), or {LEAST:g} to {MOST:g} mm"


def width_of_figure(words: str) -> float:
    """The width in mm that `words` name; raises `ValueFault` where they name none."""
    named = WIDTHS.get(words.strip().lower().removesuffix("column").strip(" -"))
    if named is not None:
        return named
    try:
        width = float(words.strip().lower().removesuffix("mm"))
    except ValueError:
        raise ValueFault(_EXPECTED, "other words", "name a column or millimetres") from None
    if not LEAST <= width <= MOST:
        raise ValueFault(_EXPECTED, "a width outside that", "name a column or millimetres")
    return width
