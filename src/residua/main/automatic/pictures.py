"""What pictures of a measured file are made of: some of its cells, gates about its blasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import with_markers
from residua.facts.gating import Strategy
from residua.main.automatic.prepare import PreparedFile
from residua.measures.alignment.inverse_map import unmapped
from residua.measures.automatic.measured import Measured
from residua.measures.gate_polygons.fit import PlaneGate, fit_gates
from residua.measures.gate_polygons.planes import planes_apart, usual_planes
from residua.measures.gate_polygons.strategy import GatedFile, Markers, gating_strategy
from residua.measures.laip.aberrancies import Aberrancy
from residua.measures.laip.compartment import compartment_of, inside
from residua.measures.laip.laip import Events
from residua.measures.preflight.panel import panel_of
from residua.measures.reference.reference import NormalReference
from residua.standards.mrd_counting import CountingPolicy
from residua.views.automatic.shown import ShownCells

SHOWN = 60_000  # cells of a kind that are kept for a picture
DIAGNOSIS = 5_000  # blasts of the diagnosis
_OF_EACH = 2_000  # cells of each normal that tell where B-lineage cells lie
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class KnownBlasts:
    """The `blasts` (m, d) of the diagnosis on the scale of the reference, and their aberrancies."""

    blasts: Events
    aberrancies: tuple[Aberrancy, ...]


def pictured(
    file: PreparedFile,
    found: Measured,
    known: KnownBlasts,
    reference: NormalReference,
    *,
    path: str,
    markers: Markers = (),
    policy: CountingPolicy | None = None,
) -> ShownCells:
    """The cells of a measured file, and its gates.

    `path` is how the gates name the file, `markers` what a person calls its channels. The blasts of
    the diagnosis are brought to the file's own scale by its map turned round; for the gates of a
    file with few blasts they are moved by the drift that the model found, too.
    """
    columns = _columns(file, reference)
    dimensions = tuple(file.sample.dimensions[column] for column in columns)
    events = np.ascontiguousarray(file.sample.events[:, columns])
    blasts = found.blasts
    map_, some = found.placed.alignment.map, _some(known.blasts, DIAGNOSIS)
    moved = unmapped(some + found.share.shift.astype(np.float32), map_)
    usual = usual_planes(dimensions)
    gates = fit_gates(
        events,
        blasts,
        dimensions,
        diagnosis=moved,
        preferred=(*usual, *planes_apart(known.aberrancies, usual)),
    )
    return ShownCells(
        name=file.name,
        dimensions=dimensions,
        labels=_labels(file, dimensions, markers),
        others=_some(events[~blasts], SHOWN),
        lineage=_some(events[~blasts & _lineage(found, reference)], SHOWN),
        blasts=events[blasts],
        diagnosis=unmapped(some, map_),
        gates=gates,
        strategy=_strategy(file, path, markers, gates, policy),
    )


def _strategy(
    file: PreparedFile,
    path: str,
    markers: Markers,
    gates: Sequence[PlaneGate],
    policy: CountingPolicy | None,
) -> Strategy:
    given = GatedFile(path, file.acquisition, file.sample, markers)
    return gating_strategy(given, gates, policy=policy)


def _lineage(found: Measured, reference: NormalReference) -> Mask:
    """The cells that may be of B lineage, where normals have such a place."""
    normals = [np.asarray(one.events[:_OF_EACH], np.float32) for one in reference.normals]
    compartment = compartment_of(reference.dimensions, np.concatenate(normals))
    return inside(compartment, found.placed.events)


def _columns(file: PreparedFile, reference: NormalReference) -> list[int]:
    """The sample's columns in the order of the reference."""
    places = {
        frozenset(name.split("+")): place for place, name in enumerate(file.sample.dimensions)
    }
    return [places[frozenset(name.split("+"))] for name in reference.dimensions]


def _labels(file: PreparedFile, dimensions: Sequence[str], markers: Markers) -> tuple[str, ...]:
    """What an axis says: the antigen and its channel."""
    channels = with_markers(file.acquisition.channels, dict(markers))
    panel = panel_of(channels)
    found = []
    for name in dimensions:
        column = panel.column(name)
        channel = "" if column is None else channels[column].name
        found.append(name if channel in ("", name) else f"{name} {channel}")
    return tuple(found)


def _some(events: Events, most: int) -> Events:
    """At most `most` of the events, evenly spaced over them."""
    if len(events) <= most:
        return events
    return events[np.linspace(0, len(events) - 1, most).astype(np.intp)]
