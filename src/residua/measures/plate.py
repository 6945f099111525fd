"""A whole plate of quantitative PCR: curves, samples, vector copy numbers, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.facts.qpcr import Plate, Well
from residua.measures.plate_copies import CopyNumber, SampleCopies, measure_sample, vector_copies
from residua.measures.plate_curve import Curve, measure_curve
from residua.standards.qpcr import QpcrRules


@dataclass(frozen=True)
class PlateResult:
    """What a plate gives; ``missing`` are the ids of MIQE's items that nothing tells."""

    plate: Plate
    curves: tuple[Curve, ...]
    samples: tuple[SampleCopies, ...]
    copy_numbers: tuple[CopyNumber, ...]
    missing: tuple[str, ...]
    rules: QpcrRules


def measure_plate(
    plate: Plate, rules: QpcrRules, *, lloq: float | None = None, reference: str | None = None
) -> PlateResult:
    """Curves and copies of every run and target that has standards or unknowns.

    `lloq` in copies per reaction; `reference` is the target of the reference gene.
    """
    curves, samples = [], []
    for run, target in plate.runs():
        wells = plate.of(run, target)
        if not any(well.role in ("standard", "unknown") for well in wells):
            continue
        curve = measure_curve(wells, rules)
        curves.append(curve)
        groups = replicates_of(wells)
        samples += [measure_sample(group, curve, rules, lloq=lloq) for group in groups]
    numbers = tuple(_copy_numbers(samples, reference, rules)) if reference else ()
    missing = missing_items(plate, rules, _told(curves, samples))
    return PlateResult(plate, tuple(curves), tuple(samples), numbers, missing, rules)


def replicates_of(wells: Sequence[Well]) -> list[list[Well]]:
    """The unknown wells by sample, in the order of the plate."""
    groups: dict[str, list[Well]] = {}
    for well in wells:
        if well.role == "unknown":
            groups.setdefault(well.sample, []).append(well)
    return list(groups.values())


def _copy_numbers(
    samples: Sequence[SampleCopies], reference: str, rules: QpcrRules
) -> Iterator[CopyNumber]:
    known = {(s.run, s.sample): s for s in samples if s.target == reference}
    for sample in samples:
        if sample.target == reference:
            continue
        other = known.get((sample.run, sample.sample))
        if other is None:
            reason = "the reference gene was not measured in this sample"
            yield CopyNumber(sample.run, sample.sample, sample.target, reference, reason=reason)
        else:
            yield vector_copies(sample, other, rules)


def missing_items(plate: Plate, rules: QpcrRules, told: frozenset[str]) -> tuple[str, ...]:
    """The ids of MIQE's items that neither the file nor the result (`told`) tells."""
    return tuple(item for item in rules.miqe if item not in plate.told | told)


def _told(curves: Sequence[Curve], samples: Sequence[SampleCopies]) -> frozenset[str]:
    """Items of MIQE that the result tells, for every target."""
    lines = bool(curves) and all(curve.line is not None for curve in curves)
    replicated = bool(samples) and all(sample.wells > 1 for sample in samples)
    dna = bool(samples) and all(sample.per_ug is not None for sample in samples)
    controls = bool(curves) and all(curve.ntc_wells for curve in curves)
    told = {
        **dict.fromkeys(("slope", "efficiency", "r2", "range"), lines),
        **dict.fromkeys(("replicates", "repeatability"), replicated),
        "dna": dna,
        "ntc": controls,
    }
    return frozenset(item for item, there in told.items() if there)
