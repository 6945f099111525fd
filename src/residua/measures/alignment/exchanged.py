"""Whether two channels of a sample stand in each other's place.

An alignment may follow a wrong panel without a word, each of the two channels finding landmarks
that agree by chance. What cannot agree is the density: with the two put back, a sample lies where
the references are, and as it is it does not.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from residua.measures.alignment.event_choice import chosen_events
from residua.measures.alignment.landmark_table import Mask, Values
from residua.measures.alignment.landmarks import Landmarks
from residua.measures.alignment.monotone import Events
from residua.measures.mixture import GaussianMixture, log_density, moved

EVENTS = 2_000
BLUR = 0.2  # decades by which a sample may lie elsewhere before it is aligned
LOWEST = -6.0
"""Natural log of the least density that counts. Blasts and whatever references lack lie below it
in any order of the channels and say nothing."""
GAIN = 0.1
"""Nats an event by which an exchange must explain a sample better. The best exchange of a sample
that is right gained 0.08 at most; undoing an exchange gains 0.2 and more, but for a few pairs."""


def exchanged(events: Events, landmarks: Landmarks, usable: Mask) -> tuple[int, int] | None:
    """The pair of channels of `events` (n, d), not aligned, that should be exchanged, else None.

    Only the landmarks `usable` (k,) tell: at diagnosis not those that blasts may look like.
    Scatter is never exchanged. The order of the events changes nothing.
    """
    chosen = chosen_events(events, EVENTS).astype(np.float32)
    mixture = _part(landmarks.mixture, usable)
    wide = moved(mixture, np.zeros(mixture.channels), BLUR**2 * np.eye(mixture.channels))
    dyes = np.flatnonzero(~landmarks.scatter)
    pairs = [(int(one), int(other)) for one, other in combinations(dyes, 2)]
    if not pairs:
        return None
    seen = _explained(chosen, wide)
    gains = [_explained(_with(chosen, pair), wide) - seen for pair in pairs]
    best = int(np.argmax(gains))
    return pairs[best] if gains[best] > GAIN else None


def _part(mixture: GaussianMixture, usable: Mask) -> GaussianMixture:
    weights = mixture.weights[usable]
    kept = mixture.means[usable], mixture.covariances[usable]
    return GaussianMixture(weights / weights.sum(), *kept)


def _explained(events: Values | Events, wide: GaussianMixture) -> float:
    return float(np.maximum(log_density(events, wide), LOWEST).mean())


def _with(events: Values | Events, pair: tuple[int, int]) -> Values | Events:
    turned = events.copy()
    turned[:, list(pair)] = events[:, list(pair[::-1])]
    return turned
