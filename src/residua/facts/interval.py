"""An interval with its level and kind."""

from __future__ import annotations

from dataclasses import dataclass

from residua.errors import ValueFault


@dataclass(frozen=True)
class Interval:
    """From `low` to `high` at confidence `level` (0-1); `kind` says what it covers."""

    level: float
    low: float
    high: float
    kind: str

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise ValueFault("a level between 0 and 1", "one outside it", "write 0.95, say")
        if not self.low <= self.high:
            raise ValueFault("low <= high", "an interval turned round", "swap its ends")
