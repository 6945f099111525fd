"""One thing on the timeline, and the lanes it may stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lane = Literal["Treatments", "Cell therapy", "Response and relapse", "Findings and support"]
LANES: tuple[Lane, ...] = (
    "Treatments", "Cell therapy", "Response and relapse", "Findings and support",
)  # fmt: skip
OPTIONAL_LANE: Lane = "Findings and support"
Symbol = Literal[
    "bar", "transplant", "car-t", "dli", "diagnosis", "assessment", "relapse", "last contact",
    "death",
]  # fmt: skip


@dataclass(frozen=True)
class TimelineItem:
    """One thing on the timeline: `title` on its first line, `details` below it.

    It stands where the fact `host` does; a run reaches on to the fact `last`.
    """

    label: str
    ids: tuple[str, ...]
    host: str
    lane: Lane
    symbol: Symbol
    title: str
    details: tuple[str, ...] = ()
    last: str = ""
    simulated: bool = False

    @property
    def text(self) -> str:
        """All words of the item."""
        return "; ".join((self.title, *self.details))
