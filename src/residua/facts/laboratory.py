"""Laboratory values and vital signs, each with the unit that it was reported in."""

from __future__ import annotations

import difflib
import re
import tomllib
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, model_validator

from residua.errors import ValueFault
from residua.facts.body_size import check_size
from residua.facts.cytokine_names import canonical_cytokine
from residua.facts.fact import Fact, Id
from residua.facts.quantity import Quantity, kind_of_thing, unit_table
from residua.facts.specimen import Tissue

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?\Z")


@cache
def analyte_table() -> dict[str, Any]:
    """The sections of ``analytes.toml``: laboratory, names, vital."""
    text = resources.files("residua.facts").joinpath("analytes.toml").read_text("utf-8")
    return tomllib.loads(text)


def _clock(raw: object) -> str:
    if isinstance(raw, str) and _CLOCK.match(raw.strip()):
        return raw.strip()
    raise ValueFault('a time such as "08:30"', kind_of_thing(raw), "write hours:minutes")


Clock = Annotated[str, BeforeValidator(_clock)]


def _analyte(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueFault("the name of an analyte", kind_of_thing(raw), "name the analyte")
    return canonical_analyte(raw)


@lru_cache(maxsize=4096)
def canonical_analyte(raw: str) -> str:
    """The name under which Residua knows an analyte; unknown ones keep theirs, in lower case.

    Raises ValueFault for a name that is nearly a known one, which is taken for a slip.
    """
    name = re.sub(r"[\s_]+", "-", raw.strip().lower())
    table = analyte_table()
    name = str(table["names"].get(name, name))
    known = table["laboratory"]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
    if name not in known and close and len(name) > 3:
        raise ValueFault("the name of an analyte", "a misspelt one", f"write {close[0]!r}")
    return name


def _check_unit(name: str, quantity: Quantity, kinds: list[str] | None) -> None:
    if kinds is None or quantity.kind in kinds:
        return
    fits = [unit for unit, (kind, _) in unit_table().items() if kind in kinds]
    raise ValueFault(
        f"{name} in a unit of {' or '.join(kinds)}",
        f"unit {quantity.unit!r}",
        f"use one of: {', '.join(fits)}",
        field="unit",
    )


def _join_unit(data: Any) -> Any:
    """Fold the row's unit into each of its numbers."""
    if not isinstance(data, dict) or "unit" not in data:
        return data
    unit = str(data["unit"]).strip()
    joined = {key: value for key, value in data.items() if key != "unit"}
    for field in ("value", "lower", "upper", "lloq", "uloq"):
        if isinstance(joined.get(field), (str, int, float, Decimal)):
            joined[field] = _parse(joined[field], unit, field, data)
    return joined


def _parse(raw: object, unit: str, field: str, row: dict[str, Any]) -> Quantity:
    try:
        return Quantity.parse(raw, default_unit=unit)
    except ValueFault as fault:
        known = unit in unit_table()
        do = fault.do if known or not fault.do.startswith("use one of") else _fitting(row, fault.do)
        wrong = field if known else "unit"
        raise ValueFault(fault.expected, fault.received, do, field=wrong) from fault


def _fitting(row: dict[str, Any], otherwise: str) -> str:
    """The units that fit what the row measures, where that is known; else the advice given."""
    table = analyte_table()
    name = str(row.get("analyte") or row.get("item") or "").strip().lower()
    name = table["names"].get(name, name)
    kinds = table["laboratory"].get(name) or table["vital"].get(name)
    fits = [unit for unit, (kind, _) in unit_table().items() if kinds and kind in kinds]
    return f"use one of: {', '.join(fits)}" if fits else otherwise


def _check_order(low: Quantity | None, high: Quantity | None, names: tuple[str, str]) -> None:
    """Raise ValueFault where the lower of two limits is the higher one."""
    if low is None or high is None:
        return
    if low.kind != high.kind:
        raise ValueFault(
            f"{names[0]} and {names[1]} in units of one kind", "units of two kinds",
            "correct one of the units", field=names[1],
        )  # fmt: skip
    if low.number > high.number:
        raise ValueFault(
            f"{names[0]} not above {names[1]}", "the reverse", "correct or exchange them",
            field=names[0],
        )  # fmt: skip


_RATIOS = frozenset({"inr", "ice"})


def _check_size(name: str, value: Quantity, known: bool) -> None:
    """Raise ValueFault for a percentage above 100 or a known analyte below 0."""
    if known and value.kind == "fraction" and name not in _RATIOS and value.number > 1:
        raise ValueFault("a part of at most 100 %", "a larger one", "correct it", field="value")
    if known and value.value < 0:
        raise ValueFault("a value of at least 0", "a negative one", "correct it", field="value")


class Timed(Fact):
    """A measured value with its clock time; ``unit`` is folded into ``value``."""

    time: Clock | None = None
    value: Quantity | None = None

    @model_validator(mode="before")
    @classmethod
    def _unit_into_value(cls, data: Any) -> Any:
        return _join_unit(data)


class Lab(Timed):
    """One laboratory value; ``lower`` and ``upper`` are the laboratory's limits of normal."""

    table: ClassVar[str] = "labs"
    analyte: Annotated[str, BeforeValidator(_analyte)]
    lower: Quantity | None = None
    upper: Quantity | None = None
    specimen: str | None = None

    @model_validator(mode="after")
    def _unit_fits(self) -> Lab:
        kinds = analyte_table()["laboratory"].get(self.analyte)
        if self.value is not None:
            _check_unit(self.analyte, self.value, kinds)
            _check_size(self.analyte, self.value, kinds is not None)
        _check_order(self.lower, self.upper, ("lower", "upper"))
        return self


_ICE = 10
"""The highest score of the ICE tool (ASTCT 2019)."""


class Vital(Timed):
    """One vital sign."""

    table: ClassVar[str] = "vitals"
    item: Literal["weight", "height", "temperature", "systolic", "spo2", "oxygen_flow", "ice"]

    @model_validator(mode="after")
    def _unit_fits(self) -> Vital:
        if self.value is not None:
            _check_unit(self.item, self.value, analyte_table()["vital"].get(self.item))
            _check_size(self.item, self.value, known=True)
            if self.item == "ice" and self.value.number > _ICE:
                raise ValueFault("an ICE score of at most 10", "a larger one", "correct it",
                                 field="value")  # fmt: skip
            if self.item in ("weight", "height") and not self.value.censored:
                check_size(self.item, self.value, field="value")
        return self


def _cytokine(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueFault("the name of an analyte", kind_of_thing(raw), "name the analyte")
    return canonical_cytokine(raw)


class Cytokine(Timed):
    """One cytokine concentration with the assay's range, under its common name."""

    table: ClassVar[str] = "cytokines"
    analyte: Annotated[str, BeforeValidator(_cytokine)]
    lloq: Quantity | None = None
    uloq: Quantity | None = None

    @model_validator(mode="after")
    def _unit_fits(self) -> Cytokine:
        kinds = ["mass concentration", "molar concentration", "international units concentration"]
        if self.value is not None:
            _check_unit("a cytokine", self.value, kinds)
            _check_size("a cytokine", self.value, known=True)
        _check_order(self.lloq, self.uloq, ("lloq", "uloq"))
        return self


class Transgene(Fact):
    """CAR transgene copies in a specimen; ``detected`` may stand without a number."""

    table: ClassVar[str] = "transgene"
    target: str | None = None
    value: Quantity | None = None
    detected: bool | None = None
    lloq: Quantity | None = None
    specimen: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _unit_into_value(cls, data: Any) -> Any:
        return _join_unit(data)

    @model_validator(mode="after")
    def _unit_fits(self) -> Transgene:
        kinds = ["copies per mass", "copies per volume", "copies per cell"]
        for quantity in filter(None, (self.value, self.lloq)):
            _check_unit("a transgene", quantity, kinds)
        if self.value is not None and self.value.value < 0:
            raise ValueFault("copies of at least 0", "a negative number", "correct it",
                             field="value")  # fmt: skip
        if self.lloq is not None and self.lloq.value <= 0:
            raise ValueFault("an LLOQ above 0", "0 or less", "correct it, or leave it out",
                             field="lloq")  # fmt: skip
        return self

    @property
    def refers_to(self) -> dict[str, str]:
        """Also the specimen, unless it is only the word for a tissue."""
        named = self.specimen is not None and self.specimen not in get_args(Tissue)
        return super().refers_to | ({"specimen": self.specimen or ""} if named else {})
