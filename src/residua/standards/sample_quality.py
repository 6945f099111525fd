"""What publications ask of a marrow sample; see sample_quality.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from residua.errors import ValueFault


@dataclass(frozen=True)
class PurityRule:
    """A grade of purity from a ratio of `at_least` on; none loads without a citation."""

    id: str
    term: str
    at_least: float
    clause: str
    cite: str
    provenance: str

    def __post_init__(self) -> None:
        _check_cited(self)


@dataclass(frozen=True)
class SampleRule:
    """A requirement of a sample: `at_most` of a unit."""

    id: str
    at_most: float
    unit: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    def __post_init__(self) -> None:
        _check_cited(self)


def _check_cited(rule: PurityRule | SampleRule) -> None:
    if not (rule.clause.strip() and rule.cite.strip() and rule.provenance.strip()):
        raise ValueFault("a rule with clause, cite and provenance", "one without", "add them")


def purity_of(ratio: float) -> PurityRule:
    """The grade of purity of a ratio of immature granulocytes to neutrophils, 0 or more."""
    rules = sorted(purity_rules(), key=lambda rule: -rule.at_least)
    return next(rule for rule in rules if ratio >= rule.at_least)


@cache
def purity_rules() -> tuple[PurityRule, ...]:
    """The grades of purity."""
    return tuple(PurityRule(**rule) for rule in _table()["purity"])


@cache
def sample_rule(name: str) -> SampleRule:
    """The requirement of that id."""
    rules = (SampleRule(**rule) for rule in _table()["sample"])
    return next(rule for rule in rules if rule.id == name)


def _table() -> dict[str, Any]:
    text = files("residua.standards").joinpath("sample_quality.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
