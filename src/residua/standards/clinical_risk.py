"""Clinical elements of risk in adult ALL: at baseline, with each age limit, and by response."""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import PLAIN, Wording
from residua.standards.rulebook import Rulebook, edition
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "clinical_risk"
BASELINE = ("risk-age-above-35", "risk-age-from-35-40", "risk-age-from-45-55")
DYNAMIC = "risk"
OPEN = "open"
"""Definition word of an age at which the groups differ: never given as a verdict."""


def book(version: str = "current") -> Rulebook:
    """The standard with its rules."""
    return edition(BOOK, version)


def baseline(
    given: Mapping[str, Given], age: str, wording: Wording = PLAIN, *, version: str = "current"
) -> Ruling:
    """High risk by any one adverse element; `age` is one of `BASELINE`."""
    return rule_on(book(version), age, given, wording)


def dynamic(
    given: Mapping[str, Given], wording: Wording = PLAIN, *, version: str = "current"
) -> Ruling:
    """High risk by response: no CR after induction 1, or MRD."""
    return rule_on(book(version), DYNAMIC, given, wording)
