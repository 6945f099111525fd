"""MRD by RQ-PCR of immunoglobulin and T-cell receptor genes: the EuroMRD guideline's criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from residua.standards.method_clause import Clause, clause_of, method_file

Intent = Literal["reduction", "intensification"]
INTENTS: tuple[Intent, ...] = ("reduction", "intensification")


@dataclass(frozen=True)
class EuroMrdRules:
    """The numbers of the guideline, in cycles where nothing else is said; all unverified.

    ``slope``, ``step`` and ``dna_ng`` are (lowest, highest); ``margins`` the distance from the
    background by intent; ``alpha`` that of Grubbs' test; ``clauses`` the source of each by its id.
    """

    slope: tuple[float, float]
    correlation: float
    levels: int
    spread: float
    quantitative_margin: float
    step: tuple[float, float]
    one_in: int
    sensitivity_margin: float
    sensitivity_step: float
    margins: Mapping[Intent, float]
    intent: Intent
    background_wells: int
    replicates: int
    dna_ng: tuple[float, float]
    alpha: float
    level: float
    clauses: Mapping[str, Clause]


@cache
def euromrd_rules() -> EuroMrdRules:
    """The encoded rules."""
    data = method_file("euromrd")
    clauses = (clause_of(entry) for entry in data.values())
    return EuroMrdRules(
        slope=(data["slope"]["at_least"], data["slope"]["at_most"]),
        correlation=data["correlation"]["at_least"],
        levels=data["levels"]["at_least"],
        spread=data["spread"]["at_most"],
        quantitative_margin=data["quantitative_margin"]["at_least"],
        step=(data["step"]["at_least"], data["step"]["at_most"]),
        one_in=data["sensitivity_share"]["one_in"],
        sensitivity_margin=data["sensitivity_margin"]["at_least"],
        sensitivity_step=data["sensitivity_step"]["at_most"],
        margins=MappingProxyType({intent: data["intent"][intent] for intent in INTENTS}),
        intent=data["default_intent"]["word"],
        background_wells=data["background"]["at_least"],
        replicates=data["replicates"]["at_least"],
        dna_ng=(data["input"]["at_least"], data["input"]["at_most"]),
        alpha=data["outlier"]["alpha"],
        level=data["interval"]["level"],
        clauses=MappingProxyType({clause.id: clause for clause in clauses}),
    )
