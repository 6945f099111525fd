"""A laboratory's normal marrows on one scale.

The frame is learnt from a few of the normals, chosen to differ; all of them are then aligned to
it, those few too. Their own misfit is therefore that of a map whose frame they helped to make;
leaving each out in turn would cost a frame for each and, measured, changes the median little.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.alarm import alarms
from residua.measures.alignment.align import Alignment, Frame, align
from residua.measures.alignment.event_choice import chosen_events
from residua.measures.alignment.landmark_table import Values
from residua.measures.alignment.monotone import Events
from residua.measures.alignment.references import build_frame
from residua.measures.alignment.sample_map import apply_map
from residua.measures.alignment.voltages import voltage_shifts
from residua.measures.preflight.panel import FORWARD, SIDE
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.reference import NormalReference, NormalSample
from residua.measures.side_by_side import side_by_side
from residua.progress import Progress, silent

ALGORITHM = 1  # raised with every change that gives the same files other numbers
MOST_EVENTS = 300_000  # kept of a normal: what a model of normals is fitted to, 7 MB of 12 channels
FRAME_NORMALS = 6  # 12 or 24 align the others no nearer; see decisions/normal-reference.md
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)  # quantiles by which normals are told to differ


@dataclass(frozen=True, eq=False)
class Thinned:
    """What a reference takes of a prepared file: at most `MOST_EVENTS` of its `cells`."""

    dimensions: tuple[str, ...]
    events: Events
    cells: int
    digest: str
    fit: bool


def thinned(sample: PreparedSample) -> Thinned:
    """What a reference takes of `sample`, chosen by bits: no smaller choice would differ by it."""
    events = chosen_events(sample.events, MOST_EVENTS).astype(np.float32)
    return Thinned(sample.dimensions, events, len(sample), sample.digest, not sample.unfit)


@dataclass(frozen=True, eq=False)
class BuiltReference:
    """A reference, and what speaks against each of its normals, in the order of those."""

    reference: NormalReference
    alarms: tuple[tuple[str, ...], ...]


def build_reference(
    samples: Sequence[PreparedSample], *, simulated: bool, seed: int = 1
) -> NormalReference:
    """The reference of `samples`, normal marrows of one panel; their order changes nothing.

    Raises `ValueFault` for fewer than two samples, for samples that nothing can be measured in, of
    different dimensions or given twice, and as `build_frame` and `align` do.
    """
    few = [thinned(one) for one in samples]
    return build_with_alarms(few, simulated=simulated, seed=seed).reference


def build_with_alarms(
    samples: Sequence[Thinned],
    *,
    simulated: bool,
    seed: int = 1,
    progress: Progress = silent,
) -> BuiltReference:
    """As `build_reference`, with what speaks against each normal, in the order of digests."""
    _check(samples)
    ordered = sorted(samples, key=lambda one: one.digest)
    dimensions = ordered[0].dimensions
    progress("learning the scale of the normals")
    scatter = np.array([name in (FORWARD, SIDE) for name in dimensions])
    few = [ordered[place].events for place in diverse(ordered, FRAME_NORMALS)]
    frame = build_frame(few, scatter=scatter, seed=seed)

    def aligned(number: int) -> tuple[NormalSample, Alignment]:
        progress(f"aligning normal {number + 1} of {len(ordered)}")
        return _aligned(ordered[number], frame)

    pairs = side_by_side(aligned, range(len(ordered)))
    normals = tuple(normal for normal, _ in pairs)
    digest = reference_digest(dimensions, (one.digest for one in ordered), seed, simulated)
    reference = NormalReference(dimensions, frame, normals, simulated, digest)
    misfits = [normal.misfit for normal in normals]
    return BuiltReference(
        reference, tuple(alarms(found, misfits, names=dimensions) for _, found in pairs)
    )


def reference_digest(
    dimensions: Sequence[str], digests: Iterable[str], seed: int, simulated: bool
) -> str:
    """SHA-256 over the files, the dimensions and the version of the algorithm."""
    parts = [ALGORITHM, MOST_EVENTS, seed, simulated, list(dimensions), sorted(digests)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def diverse(samples: Sequence[Thinned], count: int) -> tuple[int, ...]:
    """The places of `count` samples, evenly along the line in which samples differ most.

    The line is the first principal component of their quantiles. Neither end is taken: the most
    unlike of all normals may be one that went wrong.
    """
    if len(samples) <= count:
        return tuple(range(len(samples)))
    levels = np.stack([np.quantile(_some(one), _LEVELS, axis=0).ravel() for one in samples])
    away = levels - levels.mean(axis=0)
    line = np.linalg.svd(away, full_matrices=False)[0][:, 0]
    order = np.argsort(line, kind="stable")
    steps = ((np.arange(count) + 0.5) * len(samples) / count).astype(int)
    return tuple(sorted(int(order[step]) for step in steps))


def _some(sample: Thinned) -> Values:
    return chosen_events(sample.events, 5_000)


def _aligned(sample: Thinned, frame: Frame) -> tuple[NormalSample, Alignment]:
    found = align(sample.events, frame)
    events = cast("Events", apply_map(sample.events, found.map).astype(np.float16))
    shifts = tuple(float(one) for one in voltage_shifts(found.table))
    normal = NormalSample(events, sample.cells, found.misfit.index, sample.digest, shifts)
    return normal, found


def _check(samples: Sequence[Thinned]) -> None:
    if len(samples) < 2:
        raise ValueFault("at least 2 normal marrows", f"{len(samples)}", "give more")
    if not all(one.fit for one in samples):
        raise ValueFault("normals that can be measured", "one that cannot", "leave it out")
    if len({one.dimensions for one in samples}) > 1:
        raise ValueFault("normals of one panel", "other dimensions", "build one for each panel")
    if len({one.digest for one in samples}) < len(samples):
        raise ValueFault("normals that differ", "one file twice", "give each file once")
