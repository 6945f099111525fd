"""Samples on the scale of a reference, by the dimensions that both have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.alarm import alarms
from residua.measures.alignment.align import Alignment, align, frame_of_channels
from residua.measures.alignment.blast_region import BlastRegion, in_region
from residua.measures.alignment.exchanged import exchanged
from residua.measures.alignment.misfit import misfit_limit
from residua.measures.alignment.monotone import Events
from residua.measures.alignment.sample_map import apply_map
from residua.measures.alignment.voltages import read_voltages
from residua.measures.reference.reference import NormalReference, NormalSample

NEEDED = ("SSC-A", "CD45", "CD19")  # what tells leukocytes and B lineage apart in every panel
MANY_BLASTS = 0.1
"""Share of cells where blasts may be, from which it is tried to place a follow-up as a diagnosis:
blasts that outnumber precursors are taken for precursors that moved, and no alarm need ring."""
BETTER = 0.8  # of the misfit: what placing it so must gain
WELL = 2.0
"""Times the limit of misfit, up to which a sample with two markers put back fits well. In 79
exchanged ones it was at most 1.2, a bent sample has up to 1.6, and right ones of 48 other
laboratories, with the two exchanged that seemed so, had 2.7 and more (simulated)."""
FEWEST_SHARED = 6  # dimensions; EuroFlow's smallest backbone and scatter are 8


@dataclass(frozen=True, eq=False)
class Placed:
    """`events` (n, d) float32 on the scale of a reference, by which map, its alarms and notes.

    `alarms` say that the map may be wrong, `notes` what a person should know of the sample,
    `unfit` why nothing that is read of it can be right.
    """

    events: Events
    alignment: Alignment
    alarms: tuple[str, ...]
    notes: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class SharedPanel:
    """A reference restricted to what a sample shows.

    `columns` (d,) are the sample's columns in the order of the restricted reference; `missing` are
    dimensions that only the reference has, `unused` those that only the sample has.
    """

    reference: NormalReference
    columns: tuple[int, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]


def place(
    sample_events: Events, reference: NormalReference, *, blasts: BlastRegion | None = None
) -> Placed:
    """`sample_events` (n, d), in the reference's dimensions, on its scale.

    At diagnosis `blasts` is `region_of` the dimensions. Raises `ValueFault` as `align` does.
    """
    found = align(sample_events, reference.frame, blasts=blasts)
    normals = [normal.misfit for normal in reference.normals]
    names = reference.dimensions
    said = alarms(found, normals, names=names)
    turned = _exchanged(sample_events, reference, found, blasts)
    usual = [normal.shifts for normal in reference.normals if normal.shifts]
    voltages = read_voltages(found.table, usual, names)
    notes = () if voltages.far else voltages.words
    events = apply_map(sample_events, found.map)
    return Placed(events, found, (*turned, *voltages.alarms, *said), notes, unfit=turned)


def place_follow_up(sample_events: Events, reference: NormalReference) -> Placed:
    """As `place`; a sample full of blasts is placed as a diagnosis is, where that fits better.

    One that cannot be placed so, for want of other cells, stays as it is.
    Raises `ValueFault` as `align` does.
    """
    found = place(sample_events, reference)
    region = region_of(reference.dimensions)
    targets = reference.frame.landmarks.targets
    if in_region(found.events.astype(np.float64), region, targets).mean() < MANY_BLASTS:
        return found
    try:
        again = place(sample_events, reference, blasts=region)
    except ValueFault:  # too few cells are left where no blast may be
        return found
    better = found.alignment.misfit.index * BETTER > again.alignment.misfit.index
    return again if not again.alarms and (found.alarms or better) else found


def _exchanged(
    events: Events, reference: NormalReference, found: Alignment, blasts: BlastRegion | None
) -> tuple[str, ...]:
    """That two markers stand in each other's place, in words.

    Said where the sample, with the two put back, fits better and well. One that fits neither way
    is bent or another laboratory's, and lies nearer to landmarks of other markers by chance.
    """
    pair = exchanged(events, reference.frame.landmarks, found.usable)
    if pair is None:
        return ()
    turned = events.copy()
    turned[:, list(pair)] = events[:, list(pair[::-1])]
    try:
        again = align(turned, reference.frame, blasts=blasts)
    except ValueFault:
        return ()
    limit = misfit_limit([normal.misfit for normal in reference.normals])
    if again.misfit.index > min(found.misfit.index, WELL * limit):
        return ()
    one, other = (reference.dimensions[place] for place in pair)
    return (f"{one} and {other} look exchanged: check the panel of the file",)


def region_of(dimensions: Sequence[str]) -> BlastRegion:
    """Where blasts may be among these dimensions; a detector of two antigens tells of neither."""
    columns = {name: place for place, name in enumerate(dimensions)}
    return BlastRegion(columns.get("CD19"), columns.get("CD20"), columns.get("CD34"))


def panel_of(reference: NormalReference, dimensions: Sequence[str]) -> SharedPanel:
    """The reference in those of its dimensions that are among `dimensions`, a sample's.

    Antigens of one detector may be named in any order. A reference that has all of its dimensions
    in the sample stays as it is. Raises `ValueFault` where too little is shared.
    """
    places = {_antigens(name): place for place, name in enumerate(dimensions)}
    kept = [place for place, name in enumerate(reference.dimensions) if _antigens(name) in places]
    shared = tuple(reference.dimensions[place] for place in kept)
    _check(shared)
    columns = tuple(places[_antigens(name)] for name in shared)
    missing = tuple(name for name in reference.dimensions if name not in shared)
    unused = tuple(name for place, name in enumerate(dimensions) if place not in columns)
    restricted = reference if not missing else _restricted(reference, kept, shared)
    return SharedPanel(restricted, columns, missing, unused)


def shared_dimensions(of: Sequence[str], sample: Sequence[str]) -> int:
    """How many of the dimensions `of` a reference a sample has."""
    return len({_antigens(name) for name in of} & {_antigens(name) for name in sample})


def _restricted(
    reference: NormalReference, kept: list[int], shared: tuple[str, ...]
) -> NormalReference:
    text = json.dumps([reference.digest, shared])
    return NormalReference(
        dimensions=shared,
        frame=frame_of_channels(reference.frame, kept),
        normals=tuple(_columns(normal, kept) for normal in reference.normals),
        simulated=reference.simulated,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _columns(normal: NormalSample, kept: list[int]) -> NormalSample:
    shifts = tuple(normal.shifts[place] for place in kept) if normal.shifts else ()
    return replace(normal, events=np.ascontiguousarray(normal.events[:, kept]), shifts=shifts)


def _antigens(name: str) -> frozenset[str]:
    return frozenset(name.split("+"))


def _check(shared: tuple[str, ...]) -> None:
    lacking = [name for name in NEEDED if name not in shared]
    if lacking or len(shared) < FEWEST_SHARED:
        wanted = f"at least {FEWEST_SHARED} dimensions of the normal reference with "
        received = f"{len(shared)} shared" + (f", without {', '.join(lacking)}" if lacking else "")
        do = "build a reference of this panel's normals (residua reference build)"
        raise ValueFault(wanted + ", ".join(NEEDED), received, do)
