"""Where on the page a panel stands that does not lie on the common time axis."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A part of the page's width, in mm from its left edge.

    ``margin`` is the room left of the plot where it is to align with others, None for a panel's
    own.
    """

    left: float
    width: float
    margin: float | None = None

    @property
    def right(self) -> float:
        """Its right end."""
        return self.left + self.width
