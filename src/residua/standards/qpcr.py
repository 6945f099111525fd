"""Quantitative PCR by a standard curve: limits of acceptance, definitions, items of MIQE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from residua.standards.method_clause import Clause, clause_of, method_file


@dataclass(frozen=True)
class QpcrRules:
    """The numbers of the method; ``clauses`` holds the source of each by its id.

    ``slope`` is (lowest, highest); ``level`` that of the interval; ``alpha`` of Grubbs' test;
    ``miqe`` maps an item's id to its words.
    """

    slope: tuple[float, float]
    r2: float
    levels: int
    level: float
    alpha: float
    genomes: int
    note: str
    miqe: Mapping[str, str]
    clauses: Mapping[str, Clause]


@cache
def qpcr_rules() -> QpcrRules:
    """The encoded rules."""
    data = method_file("qpcr")
    clauses = (clause_of(entry) for entry in data.values())
    return QpcrRules(
        slope=(data["acceptance"]["at_least"], data["acceptance"]["at_most"]),
        r2=data["fit"]["at_least"],
        levels=data["levels"]["at_least"],
        level=data["interval"]["level"],
        alpha=data["outlier"]["alpha"],
        genomes=data["vector_copy_number"]["genomes"],
        note=data["copies_per_ug"]["note"],
        miqe=MappingProxyType(data["miqe"]["items"]),
        clauses=MappingProxyType({clause.id: clause for clause in clauses}),
    )
