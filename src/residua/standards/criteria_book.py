"""A standard of diagnosis as data: criteria with their limits, and sets of so many of them.

The file is a rulebook (criteria are its rules) with ``[[set]]`` tables: a verdict, the criteria
that it always needs, and how many of a list it needs besides. An entry of the list is one
criterion, or several of which any counts. Nothing loads without clause, cite and provenance.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError
from residua.facts.quantity import Quantity, kind_of
from residua.standards.rulebook import PROVENANCE, Rule, Rulebook, parse

NONE = "none"
_SOURCE = ("id", "verdict", "clause", "cite", "provenance")
_CONVERSION = ("id", "quantities", "unit", "to", "divided_by", "clause", "cite", "provenance")
_KEYS = {*_SOURCE, "all", "count", "of", "reading", "transplant_only"}


@dataclass(frozen=True, eq=False)
class CriteriaSet:
    """A verdict and what it needs: every rule of ``all`` and ``count`` entries of ``of``.

    ``transplant_only``: it counts days from a transplant and means nothing without one.
    """

    id: str
    verdict: str
    clause: str
    cite: str
    provenance: str
    all: tuple[str, ...] = ()
    count: int = 0
    of: tuple[tuple[str, ...], ...] = ()
    reading: str = ""
    transplant_only: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the criteria that it is made of."""
        return (*self.all, *(rule for entry in self.of for rule in entry))

    def met(self, holding: frozenset[str]) -> bool:
        """Whether it is met where exactly the rules `holding` hold."""
        found = sum(not holding.isdisjoint(entry) for entry in self.of)
        return holding.issuperset(self.all) and found >= self.count

    @property
    def text(self) -> str:
        """What it needs, in words."""
        listed = ", ".join(" or ".join(entry) for entry in self.of)
        parts = [*self.all, *([f"{self.count} of ({listed})"] if self.of else [])]
        return " and ".join(parts) or "no set of criteria is met"


@dataclass(frozen=True)
class Conversion:
    """How the standard takes a measurement in a unit of another kind to that of its limits."""

    id: str
    quantities: tuple[str, ...]
    unit: str
    to: str
    divided_by: Decimal
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    def __call__(self, value: Quantity) -> Quantity:
        """The value in the unit of the limits, where it is in one of the other kind."""
        if value.kind != kind_of(self.unit):
            return value
        return Quantity(value.to(self.unit).value / self.divided_by, self.to, value.comparator)


@dataclass(frozen=True, eq=False)
class CriteriaBook:
    """One version of one standard of diagnosis.

    ``sets`` are tried in order, the first that is met wins; the last one is met by anything.
    ``levels`` (weakest first) are verdicts that a later day may raise, as 2023 has them; where it
    is empty the day on which a set was first met names the verdict.
    """

    rulebook: Rulebook
    sets: tuple[CriteriaSet, ...]
    levels: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()

    @property
    def name(self) -> str:
        """``standard version``, as files and the command line have it."""
        return self.rulebook.name

    @property
    def cite(self) -> str:
        """The source of the whole standard."""
        return self.rulebook.cite

    @property
    def criteria(self) -> tuple[Rule, ...]:
        """The rules that its sets are made of."""
        named = {rule for one in self.sets for rule in one.rules}
        return tuple(rule for rule in self.rulebook.rules if rule.id in named)

    @property
    def quantities(self) -> tuple[str, ...]:
        """What its criteria ask for."""
        return tuple(dict.fromkeys(rule.quantity for rule in self.criteria))

    def __getitem__(self, rule_id: str) -> Rule | CriteriaSet | Conversion:
        listed: tuple[Rule | CriteriaSet | Conversion, ...] = (
            *self.rulebook.rules,
            *self.sets,
            *self.conversions,
        )
        return next(one for one in listed if one.id == rule_id)

    def in_its_unit(self, quantity: str, value: Quantity) -> Quantity:
        """The measurement in a unit of the kind of the limits; the rule is never converted."""
        for conversion in self.conversions:
            if quantity in conversion.quantities:
                return conversion(value)
        return value

    def rules_on(self, quantity: str) -> tuple[Rule, ...]:
        """The criteria on one quantity."""
        return tuple(rule for rule in self.criteria if rule.quantity == quantity)


@cache
def load_criteria(name: str) -> CriteriaBook:
    """The standard ``standards/NAME.toml``; raises `InputError` with all its faults."""
    file = f"{name}.toml"
    text = resources.files("residua.standards").joinpath(file).read_text("utf-8")
    return parse_criteria(text, file=file)


def parse_criteria(text: str, *, file: str) -> CriteriaBook:
    """Read a standard of diagnosis from TOML; raises `InputError` with all its faults."""
    book = parse(text, file=file)
    data = tomllib.loads(text, parse_float=Decimal)
    known = {rule.id for rule in book.rules}
    faults = [fault for record in data["set"] for fault in _faults(file, record, known)]
    faults += [
        Fault(file, f"conversion {record.get('id')}: {key}", "a text", "nothing", "cite its source")
        for record in data.get("conversion", [])
        for key in _CONVERSION
        if not str(record.get(key, "")).strip()
    ]
    if faults:
        raise InputError(faults)
    sets = tuple(_set(record) for record in data["set"])
    conversions = tuple(_conversion(record) for record in data.get("conversion", []))
    return CriteriaBook(book, sets, tuple(data.get("levels", ())), conversions)


def _faults(file: str, record: Mapping[str, Any], known: set[str]) -> Iterator[Fault]:
    where, do = f"set {record.get('id', '(without id)')}", "complete the set from its source"
    for key in _SOURCE:
        if not str(record.get(key, "")).strip():
            yield Fault(file, f"{where}: {key}", "a text", "nothing", do)
    for key in record.keys() - _KEYS:
        yield Fault(file, where, "a known key", f"key {key!r}", do)
    if record.get("provenance", "read") not in PROVENANCE:
        yield Fault(file, f"{where}: provenance", f"one of {PROVENANCE}", "another word", do)
    of = _entries(record)
    for rule in {*record.get("all", ()), *(rule for entry in of for rule in entry)} - known:
        yield Fault(file, where, "the id of a rule of the file", f"{rule!r}", do)
    if not 0 <= record.get("count", 0) <= len(of) or bool(of) != bool(record.get("count", 0)):
        yield Fault(file, f"{where}: count", "a number of entries of its list", "another", do)


def _entries(record: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((one,) if isinstance(one, str) else tuple(one) for one in record.get("of", ()))


def _set(record: Mapping[str, Any]) -> CriteriaSet:
    lists = {"all": tuple(record.get("all", ())), "of": _entries(record)}
    return CriteriaSet(**{**record, **lists})


def _conversion(record: Mapping[str, Any]) -> Conversion:
    exact = {
        "quantities": tuple(record["quantities"]),
        "divided_by": Decimal(record["divided_by"]),
    }
    return Conversion(**{**record, **exact})
