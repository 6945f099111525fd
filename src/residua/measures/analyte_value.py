"""One result of one analyte on its day since an infusion: a number, or bounds around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from residua.facts.quantity import Quantity


@dataclass(frozen=True)
class AnalyteValue:
    """A concentration from ``low`` to ``high`` (None: no upper bound), all in one unit.

    Its day since the infusion lies from ``first`` to ``last``; ``clock`` are hours since midnight
    where they are stated.
    """

    first: int
    last: int
    low: Decimal
    high: Decimal | None
    clock: float | None = None

    @property
    def quantified(self) -> bool:
        """Whether it is a number."""
        return self.low == self.high

    @property
    def below(self) -> bool:
        """Whether all that is known is that it lies below ``high``."""
        return self.high is not None and self.low < self.high

    @property
    def limit(self) -> Decimal:
        """The number itself, or the bound that is known."""
        return self.low if self.high is None else self.high

    @property
    def dated(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last


def analyte_value(
    value: Quantity, first: int, last: int, *, unit: str,
    lloq: Quantity | None = None, uloq: Quantity | None = None, clock: float | None = None,
) -> AnalyteValue | str:  # fmt: skip
    """A result in `unit`, or in words why it says nothing.

    A number outside the assay's own range counts as the bound that it passes. Units of one kind
    convert exactly; raises `ValueFault` for a unit of another kind (units of activity are no mass).
    """
    number = value.to(unit).value
    least = lloq.to(unit).value if lloq else None
    most = uloq.to(unit).value if uloq else None
    if number < 0:
        return "a negative concentration"
    if value.comparator.startswith(">") or (most is not None and number > most):
        bound = number if value.comparator.startswith(">") or most is None else most
        if bound == 0:
            return "above 0 without a number"
        return AnalyteValue(first, last, bound, None, clock)
    if value.comparator or (least is not None and number < least) or number == 0:
        bound = number if value.comparator else least or Decimal(0)
        if bound == 0:
            return "0 without a lower limit of quantification"
        return AnalyteValue(first, last, Decimal(0), bound, clock)
    return AnalyteValue(first, last, number, number, clock)
