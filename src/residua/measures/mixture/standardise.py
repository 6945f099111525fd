"""Events as the fit takes them: counted, standardised, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault
from residua.measures.mixture.gaussian import GaussianMixture, checked_events
from residua.measures.mixture.quadratic import Array, Floats

Columns = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Standard:
    """Mean and standard deviation (d,) of the channels, and what turns events by them."""

    mean: Array
    sd: Array

    def columns(self, events: Floats) -> Columns:
        """Standardised events in columns (d, n)."""
        made = np.empty((len(self.sd), len(events)), dtype=np.float32)
        for channel, (mean, sd) in enumerate(zip(self.mean, self.sd, strict=True)):
            made[channel] = (events[:, channel] - mean) / sd
        return made

    def raw(self, mixture: GaussianMixture) -> GaussianMixture:
        """A mixture of standardised events, in the units of the events."""
        return GaussianMixture(
            mixture.weights,
            mixture.means * self.sd + self.mean,
            mixture.covariances * np.outer(self.sd, self.sd),
        )


def standard_of(events: Floats, counted: Array) -> Standard:
    """Weighted mean and standard deviation. Raises `ValueFault` where a channel is constant."""
    total = counted.sum()
    mean = np.array([(counted * column).sum() / total for column in events.T])
    squares = [
        (counted * (column - m) ** 2).sum() for column, m in zip(events.T, mean, strict=True)
    ]
    sd = np.sqrt(np.array(squares) / total)
    if (np.ptp(events[counted > 0], axis=0) == 0).any() or not (sd > 0).all():
        raise ValueFault("channels that vary", "one with a single value", "leave that channel out")
    return Standard(mean, sd)


def counted_events(
    x: npt.ArrayLike, components: int, weights: npt.ArrayLike | None
) -> tuple[Floats, Array]:
    """Events (n, d) and what each counts (n,), without those that count nothing.

    Raises `ValueFault` as `fit_mixture` says.
    """
    events = checked_events(x)
    if components < 1:
        raise ValueFault("at least one component", "none", "give a number from 1")
    if weights is None:
        counted = np.ones(len(events))
    else:
        counted = np.asarray(weights, dtype=np.float64)
        if counted.shape != (len(events),) or not (np.isfinite(counted) & (counted >= 0)).all():
            raise ValueFault("one weight from 0 for each event", "others", "give them anew")
        events, counted = events[counted > 0], counted[counted > 0]
    if len(events) < max(components, 2):
        raise ValueFault(
            "more events than components", "fewer", "give more events or ask for fewer components"
        )
    return events, counted
