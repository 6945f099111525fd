"""A standard as data: rules with their limits, definitions made of rules, each with its place.

A rule says when one quantity meets one limit; a definition names a verdict and the rules that
it needs. Both carry clause, cite and provenance, or the file does not load. The measurement is
converted to the rule's unit, never the rule.
"""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.facts.day import Day
from residua.facts.quantity import Quantity

PROVENANCE = ("read", "computed", "abstract", "secondary", "choice", "reported", "unverified")
"""Strongest first; a judgement carries the weakest of the rules behind it."""

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "below": operator.lt,
    "at_most": operator.le,
    "at": operator.eq,
    "at_least": operator.ge,
    "above": operator.gt,
    "is": operator.is_,
}
_COMMON = {"id", "term", "clause", "cite", "provenance", "reading"}
_RULE_KEYS = _COMMON | {"quantity", "verdict", "if_unavailable", *COMPARISONS}
_DEFINITION_KEYS = _COMMON | {"verdict", "detail", "all", "any", "none"}
_HEAD = ("standard", "version", "published", "cite", "doi", "checked_by")


@dataclass(frozen=True)
class Rule:
    """One limit on one quantity.

    ``if_unavailable`` is what the rule counts as where the standard asks for the quantity only
    "if available"; None where it asks for it always.
    """

    id: str
    term: str
    quantity: str
    comparison: str
    limit: Quantity | bool
    verdict: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""
    if_unavailable: bool | None = None

    def holds(self, value: Quantity | bool) -> bool:
        """Whether `value` meets the rule; raises ValueFault for a unit that cannot."""
        compare = COMPARISONS[self.comparison]
        if isinstance(self.limit, bool) or isinstance(value, bool):
            if not (isinstance(self.limit, bool) and isinstance(value, bool)):
                raise ValueFault(f"a value for {self.quantity}", "another kind", "give its kind")
            return compare(value, self.limit)
        return compare(value.to(self.limit.unit).value, self.limit.value)

    @property
    def limit_number(self) -> float:
        """The limit in the base unit of its kind; 1 or 0 for yes or no."""
        return self.limit.number if isinstance(self.limit, Quantity) else float(self.limit)

    @property
    def text(self) -> str:
        """The comparison in words, such as ``at least 1 %``."""
        words = {"at": "exactly", "is": "is"}.get(self.comparison, self.comparison)
        limit = {True: "yes", False: "no"}[self.limit] if isinstance(self.limit, bool) else None
        return f"{words.replace('_', ' ')} {limit or self.limit}"


@dataclass(frozen=True)
class Definition:
    """A verdict and the rules it needs: every one of ``all``, one of ``any``, none of ``none``."""

    id: str
    term: str
    verdict: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""
    detail: str = ""
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules it is made of."""
        return (*self.all, *self.any, *self.none)

    def matches(self, holding: frozenset[str]) -> bool:
        """Whether the definition fits where exactly the rules `holding` hold."""
        one = not self.any or any(rule in holding for rule in self.any)
        return one and holding.issuperset(self.all) and holding.isdisjoint(self.none)


@dataclass(frozen=True)
class Exclusion:
    """What may be said where the verdict is open but all of ``excludes`` are impossible."""

    term: str
    verdict: str
    excludes: tuple[str, ...]
    left_open: str


@dataclass(frozen=True)
class Rulebook:
    """One version of one standard; definitions are tried in order, the first that fits wins."""

    standard: str
    version: str
    published: Day | None
    cite: str
    doi: str
    checked_by: str
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def name(self) -> str:
        """``standard version``, as files and the command line have it."""
        return f"{self.standard} {self.version}"

    def __getitem__(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    def definitions_of(self, term: str) -> tuple[Definition, ...]:
        """The definitions of one axis, in the order in which they are tried."""
        return tuple(d for d in self.definitions if d.term == term)

    def rules_of(self, term: str) -> tuple[Rule, ...]:
        """The rules that the definitions of one axis are made of."""
        named = {rule for d in self.definitions_of(term) for rule in d.rules}
        return tuple(rule for rule in self.rules if rule.id in named)

    def quantities(self, term: str) -> tuple[str, ...]:
        """The quantities on which one axis depends."""
        return tuple(dict.fromkeys(rule.quantity for rule in self.rules_of(term)))

    def exclusion(self, term: str) -> Exclusion | None:
        """The partial verdict of one axis, where the standard admits one."""
        return next((e for e in self.exclusions if e.term == term), None)


def weakest(provenances: Iterable[str]) -> str:
    """The weakest of some provenances; ``read`` of none."""
    return max(provenances, key=PROVENANCE.index, default="read")


@cache
def load(name: str) -> Rulebook:
    """The rulebook ``standards/NAME.toml``; raises `InputError` with all its faults."""
    file = f"{name}.toml"
    text = resources.files("residua.standards").joinpath(file).read_text("utf-8")
    return parse(text, file=file)


def edition(name: str, version: str) -> Rulebook:
    """The rulebook of one version of a standard; raises `ValueFault` for one not encoded."""
    book = load(name)
    if version != book.version:
        raise ValueFault(
            f"an encoded version of {book.standard}", "another one", f"ask for {book.version}"
        )
    return book


def parse(text: str, *, file: str) -> Rulebook:
    """Read a rulebook from TOML; raises `InputError` with all its faults, named by rule."""
    data = tomllib.loads(text, parse_float=Decimal)
    faults = [_fault(file, key, "a text", "nothing") for key in _HEAD if key not in data]
    for table in ("rule", "definition"):
        for record in data.get(table, []):
            faults += _record_faults(file, table, record)
    if faults:
        raise InputError(faults)
    try:
        book = _book(data)
    except ValueFault as error:
        raise InputError(error.at(file, "a limit")) from error
    known = {rule.id for rule in book.rules}
    unknown = [(d.id, r) for d in book.definitions for r in d.rules if r not in known]
    if unknown:
        raise InputError(
            _fault(file, d, "the id of a rule of the file", f"{r!r}") for d, r in unknown
        )
    return book


def _record_faults(file: str, table: str, record: Mapping[str, Any]) -> list[Fault]:
    where = f"{table} {record.get('id', '(without id)')}"
    faults = [
        _fault(file, f"{where}: {key}", "a text", "nothing")
        for key in ("id", "term", "clause", "cite", "provenance")
        if not str(record.get(key, "")).strip()
    ]
    allowed = _RULE_KEYS if table == "rule" else _DEFINITION_KEYS
    faults += [_fault(file, where, "a known key", f"key {k!r}") for k in record if k not in allowed]
    if record.get("provenance", "read") not in PROVENANCE:
        expected = f"one of {', '.join(PROVENANCE)}"
        faults.append(_fault(file, f"{where}: provenance", expected, "another word"))
    if table == "rule" and len(COMPARISONS.keys() & record.keys()) != 1:
        expected = f"one of {', '.join(COMPARISONS)}"
        faults.append(_fault(file, where, expected, "none of them or several"))
    return faults


def _fault(file: str, where: str, expected: str, received: str) -> Fault:
    return Fault(file, where, expected, received, "complete the rule from its source")


def _book(data: Mapping[str, Any]) -> Rulebook:
    published = str(data["published"])
    return Rulebook(
        standard=data["standard"],
        version=data["version"],
        published=Day.parse(published) if published else None,
        cite=data["cite"],
        doi=data["doi"],
        checked_by=data["checked_by"],
        rules=tuple(_rule(record) for record in data.get("rule", [])),
        definitions=tuple(_definition(record) for record in data.get("definition", [])),
        exclusions=tuple(
            Exclusion(e["term"], e["verdict"], tuple(e["excludes"]), e["left_open"])
            for e in data.get("exclusion", [])
        ),
    )


def _rule(record: Mapping[str, Any]) -> Rule:
    comparison = next(key for key in COMPARISONS if key in record)
    raw = record[comparison]
    return Rule(
        id=record["id"],
        term=record["term"],
        quantity=record["quantity"],
        comparison=comparison,
        limit=raw if isinstance(raw, bool) else Quantity.parse(raw),
        verdict=record.get("verdict", ""),
        clause=record["clause"],
        cite=record["cite"],
        provenance=record["provenance"],
        reading=record.get("reading", ""),
        if_unavailable=record.get("if_unavailable"),
    )


def _definition(record: Mapping[str, Any]) -> Definition:
    lists = {key: tuple(record.get(key, ())) for key in ("all", "any", "none")}
    return Definition(**{**record, **lists})
