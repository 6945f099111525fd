"""A specimen as it was drawn."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from residua.facts.fact import Fact
from residua.facts.quantity import Fraction

Tissue = Literal["marrow", "blood", "csf", "other"]


class Specimen(Fact):
    """``pull`` counts the aspirate pulls (1 = first); viability is a fraction."""

    table: ClassVar[str] = "specimen"
    tissue: Tissue | None = None
    pull: int | None = Field(default=None, ge=1, le=20)
    drawn: str | None = None
    received: str | None = None
    viability: Fraction | None = None
