"""The numbers of a validation, by the name of their rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from residua.standards.rulebook import load

BOOK = "assay_validation"


@dataclass(frozen=True)
class ValidationNumbers:
    """What a validation is judged by; shares and probabilities from 0 to 1."""

    blanks: int
    blank_quantile: float
    detection: float
    probit_levels: int
    confidence: float
    cv: float
    bias: float
    replicates: int
    linearity_levels: int
    curvature: float
    decision_level: float
    grey_zone: float
    pairs: int
    control_points: int


@cache
def validation_numbers() -> ValidationNumbers:
    """The numbers of ``assay_validation.toml``."""
    book = load(BOOK)

    def number(rule: str) -> float:
        return book[rule].limit_number

    return ValidationNumbers(
        blanks=int(number("blanks")),
        blank_quantile=number("blank-quantile"),
        detection=number("detection"),
        probit_levels=int(number("probit-levels")),
        confidence=number("confidence"),
        cv=number("cv"),
        bias=number("bias"),
        replicates=int(number("replicates")),
        linearity_levels=int(number("linearity-levels")),
        curvature=number("curvature"),
        decision_level=number("decision-level"),
        grey_zone=number("grey-zone"),
        pairs=int(number("limits-of-agreement")),
        control_points=int(number("control-points")),
    )
