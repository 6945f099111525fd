"""Where on the page a panel stands that does not lie on the common time axis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A part of the page's width, in mm from its left edge."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Its right end."""
        return self.left + self.width
