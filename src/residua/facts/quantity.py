"""A number with its unit, perhaps censored: ``0.8 mg/m2``, ``1.6 %``, ``<0.1 mg/L``.

Units are the closed table ``units.toml``; another unit is a fault that names the nearest
allowed one. Values stay decimal, as they were written.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

from residua.errors import ValueFault, nearest

_LARGEST_EXPONENT = 280
_NUMBER = re.compile(
    r"\s*([<>]=?)?\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"(?:\s+(\S.*)|([^\s\d.,].*))?\s*\Z"
)


@cache
def unit_table() -> dict[str, tuple[str, Decimal]]:
    """Every allowed unit -> (kind of quantity, factor to the kind's base unit)."""
    text = resources.files("residua.facts").joinpath("units.toml").read_text("utf-8")
    return {
        unit: (kind, Decimal(factor))
        for kind, units in tomllib.loads(text).items()
        for unit, factor in units.items()
    }


def kind_of(unit: str) -> str:
    """The kind of quantity that `unit` measures; raises ValueFault for an unknown unit."""
    try:
        return unit_table()[unit][0]
    except KeyError:
        # What resembles no unit may be anything, a name for instance, and is not repeated.
        slip = difflib.get_close_matches(unit, unit_table(), n=1, cutoff=0.6)
        received = f"unit {unit!r}" if slip else "a unit that it lacks"
        raise ValueFault(
            "a unit of the table of units (UCUM)", received, nearest(unit, unit_table())
        ) from None


@dataclass(frozen=True)
class Quantity:
    """A decimal number, its unit, and ``<``/``>`` where the assay only gave a bound."""

    value: Decimal
    unit: str = "1"
    comparator: str = ""

    def __post_init__(self) -> None:
        kind_of(self.unit)
        if not self.value.is_finite():
            raise ValueFault("a finite number", "a value that is not finite", "leave it out")
        if self.value and abs(self.value.adjusted()) > _LARGEST_EXPONENT:
            raise ValueFault("a number of usual size", "one far beyond it", "correct it")

    @property
    def kind(self) -> str:
        """Kind of quantity, such as ``mass concentration``."""
        return kind_of(self.unit)

    @property
    def censored(self) -> bool:
        """Whether the value is only a bound."""
        return bool(self.comparator)

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit of its kind; raises ValueFault when none fits."""
        if kind_of(unit) != self.kind:
            raise ValueFault(
                f"a unit of {kind_of(unit)}", f"unit {self.unit!r}", f"give it in {unit}"
            )
        factor = unit_table()[self.unit][1] / unit_table()[unit][1]
        return Quantity(self.value * factor, unit, self.comparator)

    @property
    def number(self) -> float:
        """The value in the base unit of its kind (a fraction for ``%``), as a float."""
        return float(self.value * unit_table()[self.unit][1])

    def __str__(self) -> str:
        unit = "" if self.unit == "1" else f" {self.unit}"
        return f"{self.comparator}{self.value}{unit}"

    @classmethod
    def parse(cls, raw: object, default_unit: str | None = None) -> Quantity:
        """Read ``"79 g/L"``, a bare number (unit `default_unit`) or ``"<0.1 mg/L"``."""
        if isinstance(raw, Quantity):
            return raw
        if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
            raise ValueFault('a number with a unit, such as "79 g/L"', kind_of_thing(raw), _HOW)
        found = _read(str(raw), default_unit)
        if found is None:
            raise ValueFault('a number with a unit, such as "79 g/L"', kind_of_thing(raw), _HOW)
        return found

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )


@lru_cache(maxsize=8192)
def _read(text: str, default_unit: str | None) -> Quantity | None:
    """The quantity in a text; None where it holds no number."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    named = match[3] or match[4]
    unit = named.strip() if named else default_unit
    if unit is None:
        raise ValueFault("a unit after the number", "a number without a unit", "add its unit")
    return Quantity(_decimal(match[2]), unit, match[1] or "")


_HOW = 'write it as "79 g/L", with a decimal point and a UCUM unit'


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        raise ValueFault("a number", "a text", _HOW) from None


def kind_of_thing(raw: object) -> str:
    """What sort of thing `raw` is, without saying its content."""
    names = {bool: "true or false", int: "a number", float: "a number", Decimal: "a number"}
    names |= {str: "a text", list: "a list", dict: "a table", type(None): "nothing"}
    if isinstance(raw, str) and not raw.strip():
        return "an empty text"
    if isinstance(raw, str) and re.fullmatch(r"\s*[<>]?\d+,\d+.*", raw):
        return "a number with a decimal comma"
    return names.get(type(raw), f"a {type(raw).__name__}")


def _fraction(raw: object) -> Quantity:
    try:
        quantity = Quantity.parse(raw, default_unit="1")
    except ValueFault as fault:
        raise ValueFault(_FRACTION, fault.received, _FRAC) from fault
    if quantity.kind != "fraction":
        raise ValueFault(_FRACTION, f"unit {quantity.unit!r}", _FRAC)
    if not 0 <= quantity.number <= 1:
        raise ValueFault("a fraction from 0 to 1", "a number outside it", _FRAC)
    return quantity


_FRACTION = 'a fraction such as 2.68e-5 or "1.6 %"'
_FRAC = 'give the part of all cells, as 2.68e-5 or "0.00268 %"'


def _of_kind(*kinds: str) -> BeforeValidator:
    def check(raw: object) -> Quantity:
        quantity = Quantity.parse(raw)
        if quantity.kind not in kinds:
            allowed = [u for u, (kind, _) in unit_table().items() if kind in kinds]
            raise ValueFault(
                f"a quantity of {' or '.join(kinds)}",
                f"unit {quantity.unit!r}",
                f"use one of: {', '.join(allowed)}",
            )
        return quantity

    return BeforeValidator(check)


Fraction = Annotated[Quantity, BeforeValidator(_fraction)]
"""A part of a whole from 0 to 1; bare numbers are fractions, ``%`` is accepted."""

Dose = Annotated[
    Quantity,
    _of_kind(
        "mass", "dose per area", "dose per weight", "dose rate", "dose rate per area",
        "dose rate per weight", "activity", "activity per area", "activity per weight",
        "cells per weight", "cells", "radiation dose", "volume",
    ),
]  # fmt: skip
"""A dose with its unit, absolute or per area or weight."""

CellDose = Annotated[Quantity, _of_kind("cells per weight", "cells")]
Duration = Annotated[Quantity, _of_kind("time", "calendar time")]

Percent = Annotated[Decimal, PlainSerializer(float, return_type=float)]
