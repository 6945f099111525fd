"""The frame of a laboratory: its landmarks and warps, learnt from its reference samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.align import Frame, checked, rough
from residua.measures.alignment.event_choice import chosen_events
from residua.measures.alignment.evidence import best_warps, evidence
from residua.measures.alignment.landmark_table import LandmarkTable, Mask, Values
from residua.measures.alignment.landmarks import (
    Landmarks,
    present,
    see_landmarks,
    table_of,
)
from residua.measures.alignment.monotone import Events
from residua.measures.alignment.process_map import (
    AFFINE,
    Warp,
    fit_channel,
)
from residua.measures.alignment.sample_map import apply_map, map_of
from residua.measures.mixture import GaussianMixture, fit_mixture, log_density

FEWEST_REFERENCES = 2  # one has nothing to differ from
EVENTS = 15_000  # of each reference
COARSE = 14  # populations for the first, affine maps
FINE = 24  # populations as landmarks
EQUAL = 30_000  # events drawn for those
FLATTEN = -0.35  # power of the density: small populations count more than their share
SPARSE = 0.04  # of events, the least dense: debris and doublets are no landmark
FIRST_SPREAD = 0.1  # decades between references, before anything is known
USUAL_SPREAD = 0.05  # decades, what a population is expected to differ between persons
USUAL_WEIGHS = 4.0  # references
ROUNDS = 2  # of landmarks sought anew among references better aligned


@dataclass(frozen=True, eq=False)
class _Sample:
    """Events (n, d) of a reference, and where its last map has put them."""

    events: Values
    aligned: Values


def build_frame(references: Sequence[Events], *, scatter: Mask, seed: int) -> Frame:
    """The frame of reference samples (n_i, d), `scatter` (d,) marking channels without dye.

    The order of the events changes nothing. Raises `ValueFault` for fewer than two references,
    and as `align` does.
    """
    if len(references) < FEWEST_REFERENCES:
        raise ValueFault(
            f"at least {FEWEST_REFERENCES} reference samples", f"{len(references)}", "give more"
        )
    for events in references:
        checked(events, len(scatter))
    chosen = [chosen_events(events, EVENTS) for events in references]
    samples = [_Sample(one, one) for one in chosen]
    for _ in range(ROUNDS):
        samples = _affine(samples, scatter, seed)
    for _ in range(ROUNDS):
        frame, samples = _bent(samples, scatter, seed)
    return frame


def _affine(samples: list[_Sample], scatter: Mask, seed: int) -> list[_Sample]:
    """The samples by affine maps to coarse populations of where they are."""
    pool = np.concatenate([one.aligned for one in samples])
    found = _landmarks(samples, fit_mixture(pool, COARSE, seed=seed), scatter)
    coarse = replace(found, spread=np.full_like(found.spread, FIRST_SPREAD))
    every = np.ones(COARSE, bool)
    flat = [AFFINE] * len(scatter)
    tables = [rough(one.events, coarse, every, None)[1] for one in samples]
    return [_moved(*pair, flat) for pair in zip(samples, tables, strict=True)]


def _bent(samples: list[_Sample], scatter: Mask, seed: int) -> tuple[Frame, list[_Sample]]:
    """Landmarks among the samples where they are, warps by them, and the samples bent by those."""
    mixture = fit_mixture(_equalised(samples, seed), FINE, seed=seed)
    landmarks = _landmarks(samples, mixture, scatter)
    tables, used = _tables(samples, landmarks)
    warps = best_warps(evidence(tables).sum(axis=1))
    landmarks = replace(landmarks, spread=_left_out_spread(tables, used, warps))
    tables, used = _tables(samples, landmarks)
    said = evidence(tables)
    warps = best_warps(said.sum(axis=1))
    bent = [_moved(*pair, warps) for pair in zip(samples, tables, strict=True)]
    return Frame(landmarks, warps, said.mean(axis=1)), bent


def _moved(sample: _Sample, table: LandmarkTable, warps: Sequence[Warp]) -> _Sample:
    found = apply_map(sample.events.astype(np.float32), map_of(table, warps))
    return replace(sample, aligned=found.astype(np.float64))


def _equalised(samples: list[_Sample], seed: int) -> Values:
    """Aligned events in which rare populations count more, and the sparsest events not at all."""
    pool = np.concatenate([one.aligned for one in samples])
    density = log_density(pool, fit_mixture(pool, COARSE, seed=seed))
    dense = density > np.quantile(density, SPARSE)
    wanted = np.exp(FLATTEN * (density - density.max())) * dense
    random = np.random.Generator(np.random.PCG64(seed))
    size = min(EQUAL, int(dense.sum()))
    return pool[np.sort(random.choice(len(pool), size, replace=False, p=wanted / wanted.sum()))]


def _landmarks(samples: list[_Sample], mixture: GaussianMixture, scatter: Mask) -> Landmarks:
    """The populations of a mixture with their mean place and its deviation between samples."""
    seen = [see_landmarks(one.aligned, one.aligned, mixture) for one in samples]
    there = np.stack([present(one, np.ones(mixture.components, bool)) for one in seen])
    counts = there.sum(axis=0)[:, None]
    means = np.stack([one.means for one in seen])
    weight = there[..., None]
    middle = (means * weight).sum(axis=0) / np.maximum(counts, 1)
    targets = np.where(counts > 0, middle, mixture.means)
    squares = ((means - targets) ** 2 * weight).sum(axis=0)
    return Landmarks(mixture, targets, _spread(squares, counts), scatter)


def _tables(samples: list[_Sample], landmarks: Landmarks) -> tuple[list[LandmarkTable], list[Mask]]:
    """The landmarks of each sample, and which (k,) they are."""
    every = np.ones(landmarks.mixture.components, bool)
    seen = [see_landmarks(one.events, one.aligned, landmarks.mixture) for one in samples]
    used = [present(one, every) for one in seen]
    tables = [table_of(one, landmarks, mask) for one, mask in zip(seen, used, strict=True)]
    return tables, used


def _left_out_spread(
    tables: list[LandmarkTable], used: list[Mask], warps: Sequence[Warp]
) -> Values:
    """The deviation (k, d) of landmarks between samples, each left out of the map it is judged by.

    A landmark that helped to fit its own map would seem steadier than it is.
    """
    squares = np.zeros((len(used[0]), len(warps)))
    for table, mask in zip(tables, used, strict=True):
        far = [fit_channel(table, place, warp, rounds=0).z for place, warp in enumerate(warps)]
        squares[mask] += (table.spread * np.stack(far, axis=1)) ** 2
    return _spread(squares, np.sum(used, axis=0)[:, None])


def _spread(squares: Values, counts: Mask) -> Values:
    """Standard deviations, drawn towards the usual one where samples are few."""
    total = squares + USUAL_WEIGHS * USUAL_SPREAD**2
    return np.sqrt(total / (np.maximum(counts, 1) - 1 + USUAL_WEIGHS))
