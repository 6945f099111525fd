"""How much of an antigen the cells of one gate carry, as mrd.json says it.

What a course keeps of it is `facts.antigen.AntigenReading`.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.interval import Interval


@dataclass(frozen=True)
class AntigenExpression:
    """One entry of ``antigens[]`` in mrd.json.

    `percent` and `interval` count the events of gate `of` at or above `threshold` (units of
    the marker's scale), in percent. `ratio` is median(of) / median(negative) of compensated
    linear values. `positive` is None where it cannot be told.
    """

    marker: str
    of: str
    percent: float | None = None
    interval: Interval | None = None
    ratio: float | None = None
    threshold: float | None = None
    positive: bool | None = None
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueFault("a percentage of 0 to 100", "one outside it", "correct it")
