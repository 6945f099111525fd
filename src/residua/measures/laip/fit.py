"""The LAIP of a patient from his blasts, found or gated, and that of several samples together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.box import Box
from residua.measures.laip.drift import box_about, drift_of, losable_in
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture, fit_mixture

Events = NDArray[np.float32]
Values = NDArray[np.float64]
COMPONENTS = 5  # a clone and its subclones
PER_COMPONENT = 60  # blasts, below which a component is not known
HELD_OUT = 0.2  # of the blasts
LEAST_HELD, MOST_HELD = 100, 5_000  # blasts; pseudo-spikes draw with replacement from them
FEWEST = 20  # blasts, below which there is no phenotype to speak of
FEW = 300  # blasts, below which a reader should know


def fit_laip(
    blasts: NDArray[np.floating], dimensions: Sequence[str], *, map_sd: Values, seed: int
) -> Laip:
    """The LAIP of `blasts` (m, d) on the scale of the references.

    `map_sd` (d,) is the standard deviation of the map of their sample at the blasts. It makes no
    difference to what follows whether they were found or lie in a person's gate. Raises
    `ValueFault` for fewer than `FEWEST` blasts, values that are not finite, or other dimensions.
    """
    events = np.asarray(blasts, np.float32)
    if events.ndim != 2 or events.shape[1] != len(dimensions) or not np.isfinite(events).all():
        raise ValueFault("finite blasts of the panel's dimensions", "others", "place them first")
    if len(events) < FEWEST:
        raise ValueFault(
            f"at least {FEWEST} blasts", f"{len(events)}", "give a sample with more of them"
        )
    drift = drift_of(dimensions, np.asarray(map_sd, np.float64))
    held_out, kept = _parted(events, seed)
    size = max(min(COMPONENTS, len(kept) // PER_COMPONENT), 1)
    losable = losable_in(dimensions)
    flags = (f"LAIP from {len(events)} blasts, fewer than {FEW}",) if len(events) < FEW else ()
    return Laip(
        tuple(dimensions),
        fit_mixture(kept, size, seed=seed),
        drift,
        box_about(events, drift, losable),
        held_out,
        losable,
        flags,
    )


def united(laips: Sequence[Laip]) -> Laip:
    """One LAIP of several samples of a patient: each weighs alike, as any may be what returns.

    The box holds all boxes; each dimension drifts as in the sample where it is known least. Raises
    `ValueFault` where there is none, or where dimensions differ.
    """
    if not laips or len({one.dimensions for one in laips}) > 1:
        raise ValueFault("phenotypes of one panel", "none, or several panels", "fit them anew")
    if len(laips) == 1:
        return laips[0]
    mixtures = [one.mixture for one in laips]
    size = min(len(one.held_out) for one in laips)  # rows stand in an order by chance
    return Laip(
        laips[0].dimensions,
        GaussianMixture(
            np.concatenate([one.weights for one in mixtures]) / len(laips),
            np.concatenate([one.means for one in mixtures]),
            np.concatenate([one.covariances for one in mixtures]),
        ),
        _widest([one.drift for one in laips]),
        Box(
            np.min([one.box.low for one in laips], axis=0),
            np.max([one.box.high for one in laips], axis=0),
        ),
        np.concatenate([one.held_out[:size] for one in laips]),
        laips[0].losable,
        flags=_all(one.flags for one in laips),
        alarms=_all(one.alarms for one in laips),
        sources=_all(one.sources for one in laips),
    )


def _all(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for some in words for word in some))


def _parted(events: Events, seed: int) -> tuple[Events, Events]:
    """Blasts held out, in an order by chance, and the others in theirs."""
    size = min(max(round(HELD_OUT * len(events)), LEAST_HELD), MOST_HELD, len(events) // 2)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(events))
    return events[order[:size]], events[np.sort(order[size:])]


def _widest(drifts: Sequence[Drift]) -> Drift:
    variance = np.max([np.diag(one.covariance) for one in drifts], axis=0)
    return Drift(np.mean([one.mean for one in drifts], axis=0), np.diag(variance))
