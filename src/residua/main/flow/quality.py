"""The quality of the files behind an MRD result, and what it means for the result."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.facts.acquisition import Channel, plain_name
from residua.facts.gating import MrdSpec, Strategy
from residua.facts.quality import (
    STEPS,
    FileQuality,
    Haemodilution,
    QualityReport,
    QualityStep,
    SensitivityVerdict,
    StepName,
)
from residua.measures.acquisition_quality import MeasuredQuality, measure_quality
from residua.measures.acquisition_quality.steps import StatedGate
from residua.measures.gates import Mask
from residua.measures.haemodilution import (
    haemodilution_unknown,
    measure_haemodilution,
    why_unknown,
)
from residua.measures.readout import Readout

_TAKES_PRECURSORS = ("cd19", "cd22")
_CAUTION = (
    "after therapy against CD19 or CD22, B-cell precursors say nothing of dilution; "
    "this ratio does not use them"
)


@dataclass(frozen=True)
class CountedQuality:
    """What the quality of one file says of its counts.

    `usable` are the denominator's events left after all steps; `granulocytes` the immature ones
    and the neutrophils, None where their gates are not stated.
    """

    file: FileQuality
    usable: int | None
    granulocytes: tuple[int, int] | None


def quality_of(
    readout: Readout, masks: Mapping[str, Mask], spec: MrdSpec, *, file: str
) -> MeasuredQuality:
    """The quality of a file, the gates that the strategy states standing for rules."""
    stated = _stated(readout.strategy, spec, masks)
    measured = measure_quality(readout.acquisition, stated=stated)
    return replace(measured, quality=replace(measured.quality, file=file))


def _stated(
    strategy: Strategy, spec: MrdSpec, masks: Mapping[str, Mask]
) -> dict[StepName, StatedGate]:
    """A denominator of nucleated cells is a stated gate of nucleated cells."""
    denominator = spec.denominator if spec.denominator_kind == "nucleated" else None
    named: dict[StepName, str | None] = {
        "debris": strategy.quality.cells,
        "doublets": strategy.quality.singlets,
        "nucleated": strategy.quality.nucleated or denominator,
    }
    return {
        step: StatedGate(name, masks[name])
        for step, name in named.items()
        if name is not None and name in masks
    }


def masks_to_count(
    masks: Mapping[str, Mask], measured: MeasuredQuality, remove: tuple[StepName, ...]
) -> dict[str, Mask]:
    """The masks without the events of the steps to `remove`; as they are where there are none."""
    if not remove:
        return dict(masks)
    kept = measured.without(remove)
    return {name: mask & kept for name, mask in masks.items()}


def masks_alike(
    readout: Readout, masks: Mapping[str, Mask], spec: MrdSpec, *, file: str
) -> tuple[dict[str, Mask], tuple[str, ...]]:
    """The masks of a file without the events that samples are counted without, and flags.

    So that pictures mark what was counted, and that a threshold from an FMO file does not rest
    on doublets or clogs that no sample has.
    """
    remove = readout.strategy.quality.remove
    if not remove:
        return dict(masks), ()
    measured = quality_of(readout, masks, spec, file=file)
    unknown = tuple(
        f"{file}: {step.step}: to be removed, but not assessable"
        for step in measured.quality.steps
        if step.step in remove and not step.assessed
    )
    return masks_to_count(masks, measured, remove), unknown


def counted_quality(
    measured: MeasuredQuality, masks: Mapping[str, Mask], strategy: Strategy, spec: MrdSpec
) -> CountedQuality:
    """What is counted beside the MRD: usable cells and granulocytes."""
    usable = None
    if measured.quality.left is not None:
        usable = int(np.count_nonzero(masks[spec.denominator] & measured.left))
    gates = strategy.haemodilution
    granulocytes = None
    if gates is not None and gates.immature in masks and gates.neutrophils in masks:
        counts = (int(np.count_nonzero(masks[n])) for n in (gates.immature, gates.neutrophils))
        immature, neutrophils = counts
        granulocytes = (immature, neutrophils)
    return CountedQuality(measured.quality, usable, granulocytes)


def usable_cells(counts: Sequence[CountedQuality]) -> int | None:
    """The denominator's events of several files left after quality; None where one is unknown."""
    known = [count.usable for count in counts if count.usable is not None]
    return sum(known) if known and len(known) == len(counts) else None


def report_quality(
    counts: Sequence[CountedQuality],
    verdicts: tuple[SensitivityVerdict, ...],
    *,
    remove: tuple[StepName, ...],
) -> QualityReport:
    """The quality of all files of a specimen."""
    files = tuple(count.file for count in counts)
    flags = [f"{file.file}: {flag}" for file in files for flag in file.flags]
    flags += [
        f"enough cells for {verdict.level:.0e} as counted, not after the quality steps"
        for verdict in verdicts
        if verdict.detect_after_quality is not None
        and verdict.detect.enough
        and not verdict.detect_after_quality.enough
    ]
    steps = tuple(_summed(place, files) for place in range(len(STEPS)))
    flags += [
        f"{step.step}: to be removed, but {step.status}"
        for step in steps
        if step.step in remove and step.status != "assessed"
    ]
    return QualityReport(steps, files, verdicts, remove, tuple(flags))


def _summed(place: int, files: Sequence[FileQuality]) -> QualityStep:
    """One step over all files, in part where some of them cannot be assessed."""
    steps = [file.steps[place] for file in files]
    reasons = list(dict.fromkeys(step.reason for step in steps))
    if len(reasons) > 1:
        pairs = zip(files, steps, strict=True)
        reasons = [f"{file.file}: {step.reason}" for file, step in pairs]
    return QualityStep(
        step=steps[0].step,
        assessed=any(step.assessed for step in steps),
        partly=len({step.assessed for step in steps}) > 1,
        before=sum(step.before for step in steps),
        removed=sum(step.removed for step in steps),
        reason="; ".join(reasons),
    )


def events_left(counts: Sequence[CountedQuality]) -> int | None:
    """Events of all files after the quality steps; None where one cannot be assessed."""
    left = [count.file.left for count in counts]
    return None if None in left else sum(count for count in left if count is not None)


def dilution_of(
    counts: Sequence[CountedQuality],
    panels: Sequence[tuple[Channel, ...]],
    *,
    after: Collection[str],
    tissue: str | None,
) -> Haemodilution:
    """The haemodilution of a specimen over all files that count both kinds of granulocytes."""
    if tissue not in (None, "marrow"):
        return haemodilution_unknown(f"only marrow is diluted with blood, not {tissue}")
    pairs = [count.granulocytes for count in counts if count.granulocytes is not None]
    if not pairs:
        panel = [channel for channels in panels for channel in channels]
        return haemodilution_unknown(
            why_unknown(
                cd16=any(_carries(channel, "CD16") for channel in panel),
                cd45=any(_carries(channel, "CD45") for channel in panel),
                side_scatter=any(plain_name(c.name).upper().startswith("SS") for c in panel),
            )
        )
    found = measure_haemodilution(sum(i for i, _ in pairs), sum(n for _, n in pairs))
    caution = any(plain_name(marker).lower() in _TAKES_PRECURSORS for marker in after)
    return replace(found, notes=(*found.notes, *(_CAUTION,) * caution))


def _carries(channel: Channel, marker: str) -> bool:
    """Whether a channel is of that antigen; CD16 is not CD163."""
    names = (plain_name(name).upper() for name in (channel.marker, channel.name))
    return any(re.search(rf"{marker}(?!\d)", name) for name in names)


def dilution_flags(dilution: Haemodilution) -> list[str]:
    """Blood in the marrow is unusual; a panel that cannot tell is not."""
    grade = dilution.grade
    return [f"{grade} marrow by the IGRA/N ratio"] * (grade in ("haemodiluted", "moderately pure"))
