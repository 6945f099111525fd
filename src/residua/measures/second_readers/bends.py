"""What a logistic regression sees of events: values, products of two, and bends.

In units of the blasts' own spread about their own centre, so that one set of knots fits any
patient. Values far out count no more than at the rim, lest a product of two rule the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.second_readers.reader import Events, Values

RIM = 8.0  # spreads
KNOTS = (1.0, 2.0, 3.5)  # spreads to either side, where a slope may change


@dataclass(frozen=True, eq=False)
class Bends:
    """`centre` and `spread` (d,) of the blasts."""

    centre: Values
    spread: Values

    def of(self, events: Events) -> Values:
        """Features (n, 1 + d + d (d + 1) / 2 + 6 d) of events (n, d)."""
        units = np.clip((events - self.centre) / self.spread, -RIM, RIM)
        a, b = np.triu_indices(units.shape[1])
        beyond = [np.maximum(sign * units - knot, 0.0) for knot in KNOTS for sign in (1, -1)]
        parts = [np.ones((len(units), 1)), units, units[:, a] * units[:, b] / RIM, *beyond]
        return np.hstack(parts)


def bends_of(blasts: Events) -> Bends:
    """The bends about blasts (n, d)."""
    wide = blasts.astype(np.float64)
    return Bends(wide.mean(axis=0), np.maximum(wide.std(axis=0), 1e-3))
