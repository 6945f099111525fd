"""What Residua asks of a table of cytokine concentrations, with the source of each number."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from residua.errors import ValueFault


@dataclass(frozen=True)
class CytokineClause:
    """Where a number or a rule of the tables comes from."""

    id: str
    clause: str
    cite: str
    provenance: str

    def __post_init__(self) -> None:
        if not (self.id and self.clause and self.cite and self.provenance):
            raise ValueFault("an entry with clause, cite, provenance", "one without", "add them")


@dataclass(frozen=True)
class CytokineRules:
    """``beads`` is the fewest that a median is read from, ``cv`` the highest of replicates."""

    beads: int
    cv: float
    clauses: Mapping[str, CytokineClause]


@cache
def cytokine_rules() -> CytokineRules:
    """The encoded rules."""
    text = resources.files("residua.standards").joinpath("cytokine_tables.toml").read_text("utf-8")
    data = tomllib.loads(text)
    keys = ("id", "clause", "cite", "provenance")
    clauses = (
        CytokineClause(*(str(entry.get(key, "")) for key in keys)) for entry in data.values()
    )
    return CytokineRules(
        beads=data["beads"]["at_least"],
        cv=data["replicates"]["at_most"],
        clauses=MappingProxyType({clause.id: clause for clause in clauses}),
    )
