"""Quantitative PCR by a standard curve: limits of acceptance, definitions, items of MIQE."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from residua.errors import ValueFault


@dataclass(frozen=True)
class Clause:
    """Where a number of the method comes from."""

    id: str
    clause: str
    cite: str
    provenance: str

    def __post_init__(self) -> None:
        if not (self.id and self.clause and self.cite and self.provenance):
            raise ValueFault("an entry with clause, cite, provenance", "one without", "add them")


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
    text = resources.files("residua.standards").joinpath("qpcr.toml").read_text("utf-8")
    data = tomllib.loads(text)
    clauses = (_clause(entry) for entry in data.values())
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


def _clause(entry: Mapping[str, Any]) -> Clause:
    return Clause(*(entry.get(key, "") for key in ("id", "clause", "cite", "provenance")))
