"""A table of severity as data: cells that put one criterion into one category, and the inputs.

How many cells make a grade is the standard's own rule, beside its table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.quantity import Quantity, kind_of
from residua.standards.criteria_book import CriteriaBook, load_criteria
from residua.standards.rulebook import COMPARISONS, PROVENANCE, Rule
from residua.standards.truth import Given, holdings

_SOURCE = ("id", "quantity", "grade", "clause", "cite", "provenance")
_YES_NO = {"yes": True, "no": False}
_DUST = Decimal("1e-9")
Stated = Given | str
"""What is known of an input: a measurement, yes or no, a word of its own, or nothing."""


@dataclass(frozen=True)
class Input:
    """One input of a severity: a number with a unit, one of its words, or yes and no."""

    name: str
    asks: str
    unit: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class SeverityCell:
    """One way for one criterion to belong to one category; every limit has to hold."""

    id: str
    quantity: str
    grade: int
    clause: str
    cite: str
    provenance: str
    limits: tuple[Rule, ...] = ()
    word: str = ""
    starred: bool = False
    reading: str = ""


@dataclass(frozen=True, eq=False)
class SeverityTable:
    """The severity of one version of one standard."""

    book: CriteriaBook
    cells: tuple[SeverityCell, ...]
    inputs: tuple[Input, ...]

    @property
    def name(self) -> str:
        """``standard version``, as files and the command line have it."""
        return self.book.name

    @property
    def cite(self) -> str:
        """The source of the whole standard."""
        return self.book.cite

    def rule(self, rule_id: str) -> Rule:
        """One of the rules that make a grade of the cells."""
        return self.book.rulebook[rule_id]

    def __getitem__(self, cell_id: str) -> SeverityCell | Rule:
        found = [cell for cell in self.cells if cell.id == cell_id]
        return found[0] if found else self.rule(cell_id)

    def fits(self, quantity: str, stated: Stated) -> tuple[tuple[SeverityCell, ...], ...]:
        """The cells that an input may meet: one tuple for each way in which it may fall."""
        cells = tuple(cell for cell in self.cells if cell.quantity == quantity)
        words = next(one.words for one in self.inputs if one.name == quantity)
        if words:
            possible = words if stated is None else (stated,)
            return tuple(tuple(c for c in cells if c.word == word) for word in possible)
        assert not isinstance(stated, str)  # only inputs with words have them
        limits = tuple(rule for cell in cells for rule in cell.limits)
        sets = holdings(limits, stated)
        met = (
            tuple(c for c in cells if all(limit.id in held for limit in c.limits)) for held in sets
        )
        return tuple(dict.fromkeys(met))

    def read(self, name: str, raw: str) -> Stated:
        """One input as it is written; raises ValueFault (field ``finding``) for what does not fit.

        A number without a unit is in the unit of the table.
        """
        found = [one for one in self.inputs if one.name == name]
        if not found:
            do = nearest(name, [one.name for one in self.inputs])
            raise _fault("a finding that the severity asks for", f"finding {name!r}", do)
        known, word = found[0], raw.strip().lower()
        if known.unit:
            return self._number(known, raw)
        words = known.words or tuple(_YES_NO)
        if word not in words:
            raise _fault(f"{name}: one of {', '.join(words)}", "another word", nearest(word, words))
        return word if known.words else _YES_NO[word]

    def _number(self, known: Input, raw: str) -> Quantity:
        try:
            given = Quantity.parse(raw, default_unit=known.unit)
        except ValueFault as fault:
            raise _fault(fault.expected, fault.received, fault.do) from fault
        value = self.book.in_its_unit(known.name, given)
        if value.kind != kind_of(known.unit):
            raise _fault(f"{known.name} in {known.unit}", f"unit {value.unit!r}", "correct it")
        if known.unit == "d":
            value = _whole_days(known.name, value)
        if value.value < 0 and known.unit != "%":
            raise _fault(f"{known.name} of at least 0", "a smaller number", "correct it")
        return value


def _whole_days(name: str, value: Quantity) -> Quantity:
    """Days without what converting from hours leaves behind them."""
    whole = value.value.to_integral_value()
    if abs(value.value - whole) > _DUST:
        raise _fault(f"{name}: a whole number of days", "a part of a day", "round it")
    return Quantity(whole, value.unit)


def _fault(expected: str, received: str, do: str) -> ValueFault:
    return ValueFault(expected, received, do, field="finding")


@cache
def load_severity(name: str) -> SeverityTable:
    """The severity in ``standards/NAME.toml``; raises `InputError` with all its faults."""
    file = f"{name}.toml"
    text = resources.files("residua.standards").joinpath(file).read_text("utf-8")
    data = tomllib.loads(text, parse_float=Decimal)
    inputs = tuple(
        Input(key, record["asks"], record.get("unit", ""), tuple(record.get("words", ())))
        for key, record in data["input"].items()
    )
    faults = [fault for record in data["cell"] for fault in _faults(file, record, inputs)]
    if faults:
        raise InputError(faults)
    cells = tuple(_cell(record) for record in data["cell"])
    return SeverityTable(load_criteria(name), cells, inputs)


def _faults(file: str, record: Mapping[str, Any], inputs: tuple[Input, ...]) -> Iterator[Fault]:
    where, do = f"cell {record.get('id', '(without id)')}", "complete the cell from its source"
    for key in _SOURCE:
        if not str(record.get(key, "")).strip():
            yield Fault(file, f"{where}: {key}", "a text", "nothing", do)
    if record.get("provenance", "read") not in PROVENANCE:
        yield Fault(file, f"{where}: provenance", f"one of {PROVENANCE}", "another word", do)
    if record.get("quantity") not in {one.name for one in inputs}:
        yield Fault(file, f"{where}: quantity", "an input of the file", "another", do)
    if not (COMPARISONS.keys() & record.keys() or record.get("word")):
        yield Fault(file, where, "a limit or a word", "neither", do)


def _cell(record: Mapping[str, Any]) -> SeverityCell:
    source = {key: record[key] for key in _SOURCE}
    limits = tuple(
        _limit(record, comparison, record[comparison])
        for comparison in COMPARISONS
        if comparison in record
    )
    rest = {key: record[key] for key in ("word", "starred", "reading") if key in record}
    return SeverityCell(**source, **rest, limits=limits)


def _limit(record: Mapping[str, Any], comparison: str, raw: str | bool) -> Rule:
    return Rule(
        id=f"{record['id']}/{comparison}",
        term="severity",
        quantity=record["quantity"],
        comparison=comparison,
        limit=raw if isinstance(raw, bool) else Quantity.parse(raw),
        verdict="",
        clause=record["clause"],
        cite=record["cite"],
        provenance=record["provenance"],
    )
