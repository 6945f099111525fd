"""What a standard of grades is given: one value with its limits, and findings in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from residua.facts.quantity import Quantity


@dataclass(frozen=True)
class GradeInputs:
    """A value, its limits of normal and its baseline, each None where not stated.

    ``findings`` are words beside it, such as ``symptoms = none``; each standard knows its own.
    """

    value: Quantity | None = None
    lln: Quantity | None = None
    uln: Quantity | None = None
    baseline: Quantity | None = None
    findings: Mapping[str, str] = field(default_factory=dict)
