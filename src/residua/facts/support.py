"""Supportive care: transfusions, growth factors, tocilizumab, oxygen and the like."""

from __future__ import annotations

from typing import ClassVar, Literal

from residua.facts.day import Day
from residua.facts.fact import Fact


class Support(Fact):
    """One support, from ``date`` to ``end``; ``amount`` as it was written."""

    table: ClassVar[str] = "support"
    end: Day | None = None
    kind: Literal[
        "platelets", "red cells", "g-csf", "tocilizumab", "steroid", "oxygen", "vasopressor",
        "ursodiol", "immunoglobulin", "rescue",
    ]  # fmt: skip
    amount: str | None = None
