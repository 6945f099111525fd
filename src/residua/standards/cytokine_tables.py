"""What Residua asks of a table of cytokine concentrations, with the source of each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from residua.standards.method_clause import Clause, clause_of, method_file


@dataclass(frozen=True)
class CytokineRules:
    """``beads`` is the fewest that a median is read from, ``cv`` the highest of replicates."""

    beads: int
    cv: float
    clauses: Mapping[str, Clause]


@cache
def cytokine_rules() -> CytokineRules:
    """The encoded rules."""
    data = method_file("cytokine_tables")
    clauses = (clause_of(entry) for entry in data.values())
    return CytokineRules(
        beads=data["beads"]["at_least"],
        cv=data["replicates"]["at_most"],
        clauses=MappingProxyType({clause.id: clause for clause in clauses}),
    )
