"""The positive and the negative events of a single-stain control.

Both come from one scatter region, that of the positives, so that they share autofluorescence
(Roederer 2001, Cytometry 45:194). Numbers of events and widths here are Residua's choices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.median_spread import median_and_spread

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = 100  # positive or negative events without which no coefficient is given
FEW = 500  # below which the coefficients are flagged as uncertain
_TOP = 0.99  # of a detector's range: saturated from here on
_SATURATED = 0.5  # of the positives: more, and their median is the detector's end
_WIDTH = 3.0  # robust standard deviations of the positives' scatter
_APART = 2.0  # distance of two populations over the sum of their robust deviations
_TAIL = 5.0  # robust deviations above the bulk, where the positives are few
_BINS = 512
_DECADES = 2000.0  # the range over this is where the scale of the split turns linear


@dataclass(frozen=True, eq=False)
class Control:
    """One file of single-stained (or unstained) beads or cells.

    `light` is (n, d), the linear values of the d detectors before compensation, `scatter`
    (n, s); `tops` (d,) and `scatter_tops` (s,) are the ends of their ranges.
    """

    name: str
    light: Values
    scatter: Values
    tops: Values
    scatter_tops: Values


@dataclass(frozen=True, eq=False)
class Populations:
    """Positive (p, d) and negative (q, d) events of a control stained in detector `own`.

    `saturated` is the share of the positives left out because a detector was at its end;
    `negative_from` says whose events the negative ones are.
    """

    name: str
    own: int
    positive: Values
    negative: Values
    saturated: float
    negative_from: str

    def half(self, which: int) -> Populations:
        """Every second event, from the first (0) or the second (1)."""
        positive, negative = self.positive[which::2], self.negative[which::2]
        return Populations(
            self.name, self.own, positive, negative, self.saturated, self.negative_from
        )


def brightest(control: Control, unstained: Control | None = None) -> int:
    """The detector whose signal rises highest above the unstained, or its own lowest, events."""
    light = control.light[np.isfinite(control.light).all(axis=1)]
    if len(light) < FEWEST:
        raise ValueFault(f"at least {FEWEST} events", f"{len(light)}", "record more events")
    base = np.quantile(light, 0.01, axis=0)
    if unstained is not None and len(unstained.light):
        base = np.median(unstained.light, axis=0)
    return int(np.argmax(np.quantile(light, 0.995, axis=0) - base))


def populations_of(control: Control, own: int, unstained: Control | None = None) -> Populations:
    """The two populations of a control stained in detector `own`.

    The negative ones are the control's own where it has enough, else those of `unstained`.
    Raises `ValueFault` where either is missing or the stain is saturated.
    """
    control = _usable(control)
    scale = control.tops[own] / _DECADES
    stain = np.arcsinh(control.light[:, own] / scale)
    positive = _positive(stain)
    inside = _near(control.scatter, control.scatter[positive])
    positive, negative, source = positive & inside, ~positive & inside, control.name
    if not _two(stain, positive, negative):
        source, below = _from_unstained(control, unstained, positive)
        positive = inside
        _check_bright(stain[inside], np.arcsinh(below[:, own] / scale))
    else:
        below = control.light[negative]
    bright = control.light[positive]
    ends = (bright >= _TOP * control.tops).any(axis=1)
    saturated = float(ends.mean()) if len(bright) else 0.0
    _check(len(bright), len(below), saturated)
    below = below[~(below >= _TOP * control.tops).any(axis=1)]
    return Populations(control.name, own, bright[~ends], below, saturated, source)


def _usable(control: Control) -> Control:
    """Without events that are not finite or lie at the end of a scatter detector."""
    kept = np.isfinite(control.light).all(axis=1) & np.isfinite(control.scatter).all(axis=1)
    kept &= ~(control.scatter >= _TOP * control.scatter_tops).any(axis=1)
    tops, ends = control.tops, control.scatter_tops
    return Control(control.name, control.light[kept], control.scatter[kept], tops, ends)


def _positive(stain: Values) -> Mask:
    """The upper of two populations by Otsu's threshold; the upper tail where they are not two."""
    if not len(stain):
        return np.zeros(0, bool)
    upper: Mask = stain > _otsu(stain)
    if _two(stain, upper, ~upper):
        return upper
    middle, spread = median_and_spread(stain)
    tail: Mask = stain > middle + _TAIL * spread
    return tail if _two(stain, tail, ~tail) else np.ones(len(stain), bool)


def _otsu(stain: Values) -> float:
    """The threshold of the largest variance between classes (Otsu 1979)."""
    counts, edges = np.histogram(stain, _BINS)
    centres = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts).astype(np.float64)
    sums = np.cumsum(counts * centres)
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1:][np.nanargmax(between[:-1])])


def _two(stain: Values, upper: Mask, lower: Mask) -> bool:
    """Whether both are there and stand apart."""
    if min(np.count_nonzero(upper), np.count_nonzero(lower)) < FEWEST:
        return False
    (high, spread), (low, width) = median_and_spread(stain[upper]), median_and_spread(stain[lower])
    return bool(high - low > _APART * (spread + width))


def _check_bright(stain: Values, below: Values) -> None:
    """Raise `ValueFault` where the bulk of a control does not stand above the unstained events."""
    if min(len(stain), len(below)) < FEWEST:
        return  # the count is the fault
    (high, spread), (low, width) = median_and_spread(stain), median_and_spread(below)
    if not high - low > _APART * (spread + width):
        received, do = "one as dim as they are", "check which control this is"
        raise ValueFault("a control brighter than the unstained events", received, do)


def _near(scatter: Values, of: Values) -> Mask:
    """The events whose scatter lies within the bulk of `of`."""
    if not len(of) or not scatter.shape[1]:
        return np.ones(len(scatter), bool)
    middle, spread = median_and_spread(of)
    width = np.maximum(spread, 1e-9)
    return np.asarray(((((scatter - middle) / width) ** 2) <= _WIDTH**2).all(axis=1))


def _from_unstained(
    control: Control, unstained: Control | None, positive: Mask
) -> tuple[str, Values]:
    """Negative events of the unstained control, in the scatter region of the stained one."""
    if unstained is None:
        found = int(np.count_nonzero(positive))
        received = f"one population ({found} events)"
        do = "add an unstained control: stain = 'none'"
        raise ValueFault("a positive and a negative population", received, do)
    usable = _usable(unstained)
    inside = _near(usable.scatter, control.scatter[positive])
    return unstained.name, usable.light[inside]


def _check(bright: int, below: int, saturated: float) -> None:
    for count, called in ((bright, "positive"), (below, "negative")):
        if count < FEWEST:
            expected = f"at least {FEWEST} {called} events"
            raise ValueFault(expected, f"{count}", "record more events of this control")
    if saturated > _SATURATED:
        expected = "positive events within the range of every detector"
        received = f"{saturated:.0%} of them at the end of one"
        raise ValueFault(expected, received, "lower the voltage, or take a dimmer control")
