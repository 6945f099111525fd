"""The normal cells in a patient's box: one mixture over many normal marrows.

Each marrow is first moved onto the others by the one shift that its precursors share; what is
left between donors widens the components.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from residua.measures.blast_share.translation import translation
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Events, Laip, Values
from residua.measures.mixture import GaussianMixture, fit_mixture, moved

FIRST_COMPONENTS = 16
COMPONENTS = 20
MOST_COMPONENTS = 32
MOST_EVENTS = 150_000
"""Half as many as the mixture would take: as good here, in half the time."""
FEW = 50
"""Events below which one wide Gaussian is all that can be said."""
EVENTS_EACH = 40
"""Events for each component, at the least."""
MANY_EACH = 750
"""Events for each component beyond `COMPONENTS`: in a full box more of them follow the bends of
the precursors' path, in an emptier one they follow chance (choice, by measurement)."""
WIDE_WEIGHS = 20.0
"""Events' worth of a Gaussian as wide as the box, in that one Gaussian."""
REGISTERED_BY = 20_000
"""Events of a normal that say how it lies."""


def fit_normal(laip: Laip, normals: Sequence[Events], *, seed: int) -> GaussianMixture:
    """The mixture of normal events (n_i, d) in the box of `laip`, each marrow registered.

    Marrows count alike per event. With fewer than `FEW` events in all it is one wide Gaussian,
    with none as wide as the box. The same seed gives the same mixture.
    """
    events = _at_most([np.asarray(one, np.float32) for one in normals], seed)
    pool = np.concatenate([*events, np.zeros((0, len(laip.dimensions)), np.float32)])
    if len(pool) < FEW:
        return _wide(pool, laip.box)
    first = fit_mixture(pool, _components(FIRST_COMPONENTS, len(pool)), seed=seed)
    blasts = moved(laip.mixture, laip.drift.mean, laip.drift.covariance)
    flat = -laip.box.log_volume
    shifts = [translation(one[:REGISTERED_BY], first, blasts, log_neither=flat) for one in events]
    registered = [
        (one - shift).astype(np.float32) for one, shift in zip(events, shifts, strict=True)
    ]
    return fit_mixture(np.concatenate(registered), _final_components(len(pool)), seed=seed + 1)


def _components(most: int, events: int) -> int:
    return int(np.clip(events // EVENTS_EACH, 1, most))


def _final_components(events: int) -> int:
    return max(_components(COMPONENTS, events), min(events // MANY_EACH, MOST_COMPONENTS))


def _at_most(normals: list[Events], seed: int) -> list[Events]:
    """All events, or of each marrow the same share, drawn, where they are too many."""
    total = sum(len(one) for one in normals)
    rng = np.random.Generator(np.random.PCG64(seed))
    kept = [min(len(one), int(len(one) * MOST_EVENTS / max(total, 1))) for one in normals]
    if total <= MOST_EVENTS:
        kept = [len(one) for one in normals]
    return [one[rng.permutation(len(one))[:size]] for one, size in zip(normals, kept, strict=True)]


def _wide(events: Events, box: Box) -> GaussianMixture:
    """One Gaussian between that of a few events and one that fills the box."""
    middle, sd = (box.low + box.high) / 2, (box.high - box.low) / np.sqrt(12)
    n = len(events)
    x = events.astype(np.float64)
    mean = (x.sum(axis=0) + WIDE_WEIGHS * middle) / (n + WIDE_WEIGHS)
    around: Values = ((x - mean) ** 2).sum(axis=0) + WIDE_WEIGHS * (sd**2 + (middle - mean) ** 2)
    return GaussianMixture(np.ones(1), mean[None], np.diag(around / (n + WIDE_WEIGHS))[None])
