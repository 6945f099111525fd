"""From an acquisition to what the automatic reader takes of it, or the reasons why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.facts.quality import STEPS, FileQuality, QualityStep, StepName
from residua.measures.acquisition_quality import measure_quality
from residua.measures.acquisition_quality.finding import share
from residua.measures.acquisition_quality.steps import StatedGate
from residua.measures.preflight.display import displayed, to_linear
from residua.measures.preflight.panel import FORWARD, SIDE, Panel, panel_gaps, panel_of
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.preflight.small_particles import find_small_particles
from residua.measures.preflight.spill_left import EVENTS, is_identity, spill_left, spill_words
from residua.standards.automatic_preflight import preflight

Mask = NDArray[np.bool_]
_FEW_EVENTS = 5000  # fewer single cells cannot say whether a file is compensated
_UNCOMPENSATED = "uncompensated"


@dataclass(frozen=True, eq=False)
class Checked:
    """A prepared sample with the quality of its file, whose debris step is that of `prepare`."""

    sample: PreparedSample
    quality: FileQuality


def prepare(acquisition: Acquisition) -> Checked:
    """Single cells of `acquisition` without debris, in display decades, with what is wrong.

    Removed are the events that the quality steps find at faulty times, at the end of a scatter's
    range, without a finite value or as doublets (FSC-A / FSC-H, else FSC-W), and debris by all
    channels at once. Raises `ValueFault` where the matrix does not fit or two detectors share a
    marker.
    """
    panel = panel_of(acquisition.channels)
    everything = StatedGate("all", np.ones(len(acquisition.events), bool))
    measured = measure_quality(acquisition, stated={"debris": everything})
    rows = np.flatnonzero(measured.left)
    events = displayed(acquisition, panel.columns, rows)
    debris, words = _debris(events, panel)
    quality = _with_debris(measured.quality, int(debris.sum()), words)
    rows, events = rows[~debris], events[~debris]
    unfit = (*panel_gaps(panel), *_compensation(acquisition, panel, events))
    sample = PreparedSample(
        dimensions=panel.dimensions,
        events=events,
        rows=rows,
        total=len(acquisition.events),
        digest=acquisition.sha256,
        flags=(*panel.flags, *acquisition.flags, *quality.flags, *_not_removed(quality)),
        refusals=tuple(_refusals(len(rows), quality)),
        unfit=unfit,
    )
    return Checked(sample, quality)


def _debris(events: NDArray[np.float32], panel: Panel) -> tuple[Mask, str]:
    places = [
        panel.dimensions.index(name) if name in panel.dimensions else None
        for name in (FORWARD, SIDE, "CD45")
    ]
    forward, side, white = places
    if forward is None or side is None or white is None:
        return np.zeros(len(events), bool), ""
    found = find_small_particles(events, forward=forward, side=side, cd45=white)
    part = share(int(found.sum()), len(events))
    return found, f"{part} of the single events are dark and small, by all channels at once"


def _compensation(
    acquisition: Acquisition, panel: Panel, events: NDArray[np.float32]
) -> Iterator[str]:
    """Why the values cannot be taken for compensated."""
    if acquisition.compensated:
        return
    matrix = acquisition.spillover
    if matrix is None:
        yield f"{_UNCOMPENSATED}: the file holds no matrix and does not say that it is compensated"
    elif is_identity(matrix):
        yield f"{_UNCOMPENSATED}: the matrix of the file takes nothing from anything"
    elif len(events) >= _FEW_EVENTS:
        words = spill_words(spill_left(*_stained(acquisition, panel, events)))
        if words:
            yield words


def _stained(
    acquisition: Acquisition, panel: Panel, events: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of some events linear values (n, c) of the panel's dyes in the matrix, and the matrix."""
    matrix = acquisition.spillover
    assert matrix is not None
    names = [acquisition.names[column] for column in panel.columns]
    dyes = [name for name in matrix.channels if name in names and name in matrix.names]
    rows, columns = ([of.index(dye) for dye in dyes] for of in (matrix.names, matrix.channels))
    some = events[:: max(len(events) // EVENTS, 1), [names.index(dye) for dye in dyes]]
    return to_linear(some), matrix.matrix[np.ix_(rows, columns)]


def _with_debris(quality: FileQuality, removed: int, words: str) -> FileQuality:
    """The quality with the debris that was found among single events; every event goes once."""
    steps: list[QualityStep] = []
    before = 0
    for number, step in enumerate(quality.steps):
        debris = step.step == "debris"
        before = before if number else step.before
        made = replace(
            step,
            before=before,
            removed=removed if debris else step.removed,
            assessed=bool(words) if debris else step.assessed,
            reason=(words or "no CD45 with forward and side scatter") if debris else step.reason,
        )
        steps.append(made)
        before = made.left
    return replace(quality, steps=tuple(steps))


def _step(quality: FileQuality, name: StepName) -> QualityStep:
    return quality.steps[STEPS.index(name)]


def _not_removed(quality: FileQuality) -> Iterator[str]:
    """What could not be cleaned of."""
    names: tuple[tuple[StepName, str], ...] = (
        ("time", "events at faulty times"),
        ("doublets", "doublets"),
        ("debris", "debris"),
    )
    for name, word in names:
        step = _step(quality, name)
        if not step.assessed:
            yield f"{word} were not removed: {step.reason}"


def too_few(cells: int) -> tuple[str, ...]:
    """Why so few cells give no negative; empty where they suffice."""
    least = preflight().cells
    if cells >= least:
        return ()
    return (f"{cells} usable cells: a negative at 1e-4 needs {least}, in which 10 are 1e-4",)


def _refusals(cells: int, quality: FileQuality) -> Iterator[str]:
    rules, time = preflight(), _step(quality, "time")
    yield from too_few(cells)
    if time.assessed and time.removed > rules.faulty * max(time.before, 1):
        part = share(time.removed, time.before)
        yield f"{part} of the events were acquired under a fault of flow or signal"
