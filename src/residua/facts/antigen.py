"""How many of the blasts carry an antigen, as a laboratory reports it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from residua.facts.fact import Fact
from residua.facts.marker_names import Marker


class AntigenReading(Fact):
    """``percent`` (0-100) of the population ``of`` that is positive for ``marker``."""

    table: ClassVar[str] = "antigen"
    marker: Marker = Field(min_length=1)
    percent: float | None = Field(default=None, ge=0, le=100)
    of: str = "blasts"
    threshold_method: str | None = None
    positive: bool | None = None
    interval: tuple[float, float] | None = None
    flags: tuple[str, ...] = ()
