"""Aligning a sample to the references of its laboratory by its own normal cells.

Landmark registration of cytometry as in Hahne 2010 (Cytometry A 77:121), by populations in all
channels at once instead of peaks in one, with an uncertainty and an alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.blast_region import BlastRegion, in_region
from residua.measures.alignment.event_choice import chosen_events
from residua.measures.alignment.evidence import best_warps, with_sample
from residua.measures.alignment.landmark_table import FEWEST, LandmarkTable, Mask, Values
from residua.measures.alignment.landmarks import (
    Landmarks,
    SeenLandmarks,
    mixed,
    of_channels,
    present,
    see_landmarks,
    table_of,
)
from residua.measures.alignment.misfit import Misfit, measure_misfit
from residua.measures.alignment.monotone import Events
from residua.measures.alignment.process_map import AFFINE, Warp
from residua.measures.alignment.sample_map import SampleMap, apply_map, map_of
from residua.measures.mixture import GaussianMixture, fit_mixture

EVENTS = 40_000  # of a sample: a population of 0.2 % then has its 80 events
FEW_EVENTS = 12_000  # of those, for the affine maps that the bent ones start from
BLURS = (0.3, 0.15, 0.08)  # decades: how rough the affine map is expected to be, pass by pass
RIVALS = 4  # populations for what lies where blasts may be: subclones, and precursors
FEWEST_RIVALS, MOST_RIVALS = 500, 4_000  # events that those are fitted to
PASSES = 3  # of the bent map; each starts from the populations that the last one found


@dataclass(frozen=True, eq=False)
class Frame:
    """The scale of a laboratory's references, and how its samples bend.

    `warps` one for each channel; `evidence` (w, d), the mean over the references of what
    `evidence.WARPS` say.
    """

    landmarks: Landmarks
    warps: tuple[Warp, ...]
    evidence: Values


@dataclass(frozen=True, eq=False)
class Alignment:
    """The map of a sample, and what speaks against it.

    `used` (k,) are the landmarks found among those that may be, `usable` (k,); `outliers` is the
    share of events of no population; `notes` say in words what a reader should know.
    """

    map: SampleMap
    table: LandmarkTable
    used: Mask
    usable: Mask
    misfit: Misfit
    outliers: float
    notes: tuple[str, ...]


def frame_of_channels(frame: Frame, columns: Sequence[int]) -> Frame:
    """The frame of a panel that has only these channels, in this order."""
    kept = list(columns)
    warps = tuple(frame.warps[column] for column in kept)
    return Frame(of_channels(frame.landmarks, kept), warps, frame.evidence[:, kept])


def align(events: Events, frame: Frame, *, blasts: BlastRegion | None = None) -> Alignment:
    """The map of `events` (n, d), on the display scale, to the scale of the references.

    At diagnosis `blasts` says where no landmark is to be trusted. The order of events changes
    nothing. Raises `ValueFault` for other channels, for values that are not finite, and where
    fewer than three populations of the references are found.
    """
    checked(events, len(frame.warps))
    chosen = chosen_events(events, EVENTS)
    usable = _usable(frame.landmarks, blasts)
    seen, table, used = rough(chosen, frame.landmarks, usable, blasts)
    warps = best_warps(with_sample(frame.evidence, table))
    for _ in range(PASSES):
        seen, table, used = again(chosen, map_of(table, warps), frame.landmarks, usable, blasts)
    warps = best_warps(with_sample(frame.evidence, table))
    misfit = measure_misfit(table, frame.warps)
    found = map_of(table, warps)
    return Alignment(found, table, used, usable, misfit, seen.outliers, _notes(table))


Step = tuple[SeenLandmarks, LandmarkTable, Mask]


def rough(chosen: Values, landmarks: Landmarks, usable: Mask, blasts: BlastRegion | None) -> Step:
    """The landmarks after affine maps that start from none.

    These look at every event: where blasts may be is not known before the map. Populations that
    may be blasts' draw events to themselves here too, and guide no map.
    """
    flat = [AFFINE] * chosen.shape[1]
    few = aligned = chosen[:FEW_EVENTS]  # a fair share, as they stand in an order by chance
    for blur in BLURS:
        seen = see_landmarks(few, aligned, landmarks.mixture, blur=blur)
        found = map_of(_step(seen, landmarks, usable)[1], flat)
        aligned = _mapped(few, found)
    return again(chosen, found, landmarks, usable, blasts)


def again(
    chosen: Values,
    found: SampleMap,
    landmarks: Landmarks,
    usable: Mask,
    blasts: BlastRegion | None,
) -> Step:
    """The landmarks after the map `found`.

    Events where blasts may be are not cut away: a population that reaches there would lose its
    tail, and its mean would lie. Rivals draw the blasts to themselves, and what a population still
    shares with them guides no map.
    """
    aligned = _mapped(chosen, found)
    if blasts is None:
        return _step(see_landmarks(chosen, aligned, landmarks.mixture), landmarks, usable)
    out = in_region(aligned, blasts, landmarks.targets)
    rivals = _rivals(chosen[out]) if out.sum() > FEWEST_RIVALS else None
    seen = see_landmarks(chosen, aligned, landmarks.mixture, rivals=rivals)
    single = usable & ~mixed(seen, landmarks)
    enough = present(seen, single).sum() >= FEWEST
    return _step(seen, landmarks, single if enough else usable)


def _mapped(chosen: Values, found: SampleMap) -> Values:
    return apply_map(chosen.astype(np.float32), found).astype(np.float64)


def _step(seen: SeenLandmarks, landmarks: Landmarks, usable: Mask) -> Step:
    used = present(seen, usable)
    return seen, table_of(seen, landmarks, used), used


def _rivals(events: Values) -> GaussianMixture:
    """What lies where blasts may be, as populations that draw their stragglers to themselves."""
    return fit_mixture(events[:MOST_RIVALS], RIVALS, seed=1)


def _usable(landmarks: Landmarks, blasts: BlastRegion | None) -> Mask:
    if blasts is None:
        return np.ones(len(landmarks.targets), bool)
    return ~in_region(landmarks.targets, blasts, landmarks.targets)


def checked(events: Events, channels: int) -> None:
    """Raise `ValueFault` unless events are (n, channels) and finite."""
    if events.ndim != 2 or events.shape[1] != channels:
        raise ValueFault(
            f"events of {channels} channels", "events of others", "give the references' channels"
        )
    if not np.isfinite(events).all():
        raise ValueFault("events with finite values", "one that is no number", "leave them out")


def _notes(table: LandmarkTable) -> tuple[str, ...]:
    return tuple(
        f"channel {channel}: no landmarks; left as it is, with the uncertainty of any batch"
        for channel in range(table.means.shape[1])
        if not table.told(channel).any()
    )
