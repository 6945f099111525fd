"""One cell of a table of concentrations: ``12.3``, ``< 3.2``, ``>10000``, ``*0.64``, ``OOR <``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from residua.errors import ValueFault
from residua.facts.cytokine_table import CytokineReading
from residua.facts.quantity import Quantity
from residua.readers.decimal_marks import decimal_marks, with_point

UNITS = {
    "pg/ml": "pg/mL", "ng/ml": "ng/mL", "ug/ml": "ug/mL", "µg/ml": "ug/mL", "μg/ml": "ug/mL",
    "mg/ml": "mg/mL", "ng/l": "ng/L", "ug/l": "ug/L", "mg/l": "mg/L", "pmol/l": "pmol/L",
    "nmol/l": "nmol/L", "iu/ml": "[IU]/mL", "[iu]/ml": "[IU]/mL", "miu/ml": "m[IU]/mL",
}  # fmt: skip
"""Spellings of units, without spaces and in lower case, and the unit of the table of units."""
UNIT_WORD = r"(?:\[?m?iu\]?|[pnuµμm]g|[pn]mol)\s*/\s*m?l"

_EMPTY = {
    "": "an empty cell",
    "-": "no value in the file (-)",
    "--": "no value in the file (--)",
    "nan": "NaN in the file, which may mean off the curve on either side",
    "nd": "ND in the file: not determined or not detected",
    "n.d.": "ND in the file: not determined or not detected",
    "n/a": "no value in the file (N/A)",
    "na": "no value in the file (N/A)",
    "no data": "no value in the file (no data)",
    "---": "marked as an outlier in the file (---)",
    "***": "marked as a malfunction in the file (***)",
    "oor": "out of range in the file, on a side that it does not say",
}
_NUMBER = r"[+-]?[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?"
_CELL = re.compile(
    rf"(?P<star>\*)?\s*(?P<oor>oor)?\s*(?P<side>[<>≤≥])?=?\s*(?P<number>{_NUMBER})?"
    rf"\s*(?P<arrow>[↓↑])?\s*(?P<unit>{UNIT_WORD})?\Z",
    re.IGNORECASE,
)
_SIDES = {"≤": "<", "≥": ">"}
_EXPECTED = 'a concentration such as "12.3", "< 3.2", "> 10000" or "*0.64"'
_DO = "correct the cell or leave it empty"


def marks_of(cells: Iterable[str]) -> frozenset[str]:
    """The decimal marks that the numbers among `cells` show beyond doubt."""
    found = (_CELL.match(cell.strip()) for cell in cells)
    return decimal_marks([match["number"] for match in found if match and match["number"]])


def read_cell(text: str, marks: frozenset[str]) -> tuple[CytokineReading, str | None]:
    """The reading in a cell and the unit that it names, if any.

    Raises ValueFault for what is no concentration and for an unknown unit.
    """
    text = text.strip()
    reason = _EMPTY.get(text.lower())
    if reason:
        return CytokineReading(text, reason=reason), None
    match = _CELL.match(text)
    if match is None or not (match["number"] or match["oor"]):
        raise ValueFault(_EXPECTED, "a text", _DO)
    side = _SIDES.get(match["side"] or "", match["side"] or "")
    number = None if match["number"] is None else number_of(match["number"], marks)
    if number is None and not side:
        return CytokineReading(text, reason=_EMPTY["oor"]), None
    marked = bool(match["star"]) or (bool(match["arrow"]) and not side)
    unit = None if match["unit"] is None else unit_of(match["unit"])
    return CytokineReading(text, number, side, marked and not side), unit


def number_of(text: str, marks: frozenset[str]) -> Decimal:
    """The number in a text; raises ValueFault where it is none or could be read two ways."""
    try:
        return Quantity(Decimal(with_point(text, marks))).value  # of a usual size
    except InvalidOperation:
        raise ValueFault("a number", "a text", _DO) from None


def unit_of(text: str) -> str:
    """The unit of the table of units that a text means; raises ValueFault for another one."""
    plain = re.sub(r"\s", "", text).lower()
    if plain not in UNITS:
        known = ", ".join(dict.fromkeys(UNITS.values()))
        raise ValueFault("a unit of concentration", "another unit", f"use one of: {known}")
    return UNITS[plain]
