"""The quality steps in their order: time, boundary, debris, doublets, nucleated.

The order is that of ELN 2021 for flow MRD (time gate and doublets, Blood 2021;138:2753), with
debris before doublets. What is removed by one step is not looked at by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.facts.quality import STEPS, FileQuality, QualityStep, StepName
from residua.measures.acquisition_quality.boundary import find_boundary
from residua.measures.acquisition_quality.debris import find_debris
from residua.measures.acquisition_quality.doublets import find_doublets
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, Mask, share
from residua.measures.acquisition_quality.nucleated import find_nucleated
from residua.measures.acquisition_quality.scan import scan_events
from residua.measures.acquisition_quality.time import Timed, find_time_faults

_NOT_FINITE = 1
_RULES: Mapping[StepName, Callable[[Events], Finding]] = {
    "boundary": find_boundary,
    "debris": find_debris,
    "doublets": find_doublets,
    "nucleated": find_nucleated,
}


@dataclass(frozen=True)
class StatedGate:
    """A gate that a strategy names for a step: it keeps the events in `mask` (n,)."""

    name: str
    mask: Mask = field(repr=False, compare=False)


@dataclass(frozen=True, eq=False)
class MeasuredQuality:
    """The quality of a file, and for each event which step removed it.

    `fate` (n,) is 0 for an event that is left, 1 for one that is not finite, and 2 + the place
    of its step among STEPS for one that a step removed.
    """

    quality: FileQuality
    fate: NDArray[np.uint8]

    @property
    def left(self) -> Mask:
        """The events (n,) left after all steps."""
        mask: Mask = self.fate == 0
        return mask

    def without(self, steps: tuple[StepName, ...]) -> Mask:
        """The events (n,) that none of `steps` removed."""
        return ~np.isin(self.fate, [2 + STEPS.index(step) for step in steps])


def measure_quality(
    acquisition: Acquisition, *, stated: Mapping[StepName, StatedGate] | None = None
) -> MeasuredQuality:
    """The quality of an acquisition (n events), step by step; nothing is removed from it.

    `stated` gates stand in place of the rules for debris, doublets and nucleated cells. Same
    events, same answer.
    """
    scan = scan_events(acquisition.events)
    fate = np.where(scan.finite, np.uint8(0), np.uint8(_NOT_FINITE))
    not_finite = int(np.count_nonzero(fate))
    steps: list[QualityStep] = []
    flags: list[str] = []
    timed = Timed(Finding(None, "no events"))
    for place, name in enumerate(STEPS):
        left = fate == 0
        before = int(np.count_nonzero(left))
        events = Events(acquisition, left, scan)
        if name == "time":
            timed = find_time_faults(events) if before else timed
            finding = timed.finding
        else:
            finding = _finding(name, events, (stated or {}).get(name), before)
        removed = 0
        if finding.removed is not None:
            fate[finding.removed & left] = 2 + place
            removed = before - int(np.count_nonzero(fate == 0))
        flags += finding.flags
        assessed = finding.removed is not None
        steps.append(QualityStep(name, assessed, before, removed, finding.reason, finding.checks))
    quality = FileQuality(
        file=acquisition.path,
        total=len(fate),
        not_finite=not_finite,
        steps=tuple(steps),
        flags=tuple(flags),
        bins=timed.bins,
        time_unit=timed.unit,
    )
    return MeasuredQuality(quality, fate)


def _finding(name: StepName, events: Events, gate: StatedGate | None, before: int) -> Finding:
    if not before:
        return Finding(None, "no events")
    if gate is None:
        return _RULES[name](events)
    removed = events.left & ~gate.mask
    part = share(int(np.count_nonzero(removed)), before)
    return Finding(removed, f"{part} of the events lie outside the stated gate {gate.name}")
