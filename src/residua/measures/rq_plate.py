"""A whole plate of RQ-PCR: curves, the control gene, and the level of every sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from residua.facts.molecular import MolecularLevel
from residua.facts.qpcr import Plate, Well
from residua.measures.plate import missing_items, replicates_of
from residua.measures.plate_copies import SampleCopies, measure_sample
from residua.measures.plate_curve import Curve, measure_curve
from residua.measures.rq_pcr import amplifiable, measure_rq_level
from residua.measures.rq_pcr_curve import RqCurve, measure_rq_curve
from residua.standards.euromrd import EuroMrdRules, Intent
from residua.standards.qpcr import QpcrRules

DNA_UNITS = ("ng", "other")
"""Units in which the standards of a control gene may be given: a table states none."""


@dataclass(frozen=True)
class RqPlate:
    """What a plate gives; ``references`` are the control gene's curves, in ng of DNA."""

    plate: Plate
    curves: tuple[RqCurve, ...]
    references: tuple[Curve, ...]
    levels: tuple[MolecularLevel, ...]
    missing: tuple[str, ...]
    intent: Intent
    rules: EuroMrdRules
    miqe: QpcrRules


def measure_rq_plate(
    plate: Plate,
    rules: EuroMrdRules,
    general: QpcrRules,
    *,
    target: str | None = None,
    reference: str | None = None,
    intent: Intent | None = None,
) -> RqPlate:
    """Levels of every sample and target (or only `target`), corrected by `reference` if named.

    `intent` sets the distance from the background, `rules.intent` without one. `general` holds
    the items of MIQE and Grubbs' alpha.
    """
    chosen = intent or rules.intent
    curves, references, levels = [], [], []
    for run, name in plate.runs():
        wells = plate.of(run, name)
        if name == reference or (target is not None and name != target):
            continue
        if not any(well.role in ("standard", "unknown") for well in wells):
            continue
        curve = measure_rq_curve(wells, rules)
        gene, amounts = _reference(plate, run, reference, rules, general)
        curves.append(curve)
        references += [gene] if gene and gene not in references else []
        for group in replicates_of(wells):
            known = amounts.get(group[0].sample)
            dna = amplifiable(group, curve, known, asked=reference is not None)
            levels.append(measure_rq_level(group, curve, rules, intent=chosen, dna=dna))
    told = frozenset(_told(plate, curves))
    missing = missing_items(plate, general, told)
    return RqPlate(
        plate, tuple(curves), tuple(references), tuple(levels), missing, chosen, rules, general
    )


def _reference(
    plate: Plate, run: str, name: str | None, rules: EuroMrdRules, general: QpcrRules
) -> tuple[Curve | None, dict[str, SampleCopies]]:
    """The control gene's curve and its samples in ng; accepted by the guideline's limits."""
    wells = plate.of(run, name) if name is not None else ()
    if not wells:
        return None, {}
    limits = replace(general, slope=rules.slope, r2=rules.correlation**2)
    curve = measure_curve(wells, limits, units=DNA_UNITS)
    found = (measure_sample(group, curve, limits) for group in replicates_of(wells))
    return curve, {one.sample: one for one in found}


def _told(plate: Plate, curves: Sequence[RqCurve]) -> Iterator[str]:
    """Items of MIQE that the result tells for every target."""
    unknown = [well for well in plate.wells if well.role == "unknown"]
    if curves and all(curve.line is not None for curve in curves):
        yield from ("slope", "efficiency", "r2", "range", "lod", "specificity")
    if curves and all(curve.ntc_wells for curve in curves):
        yield "ntc"
    if unknown and all(len(group) > 1 for group in _groups(unknown)):
        yield from ("replicates", "repeatability")
    if unknown and all(well.dna_ng is not None for well in unknown):
        yield "dna"


def _groups(wells: Sequence[Well]) -> list[list[Well]]:
    groups: dict[tuple[str, str, str], list[Well]] = {}
    for well in wells:
        groups.setdefault((well.run, well.target, well.sample), []).append(well)
    return list(groups.values())
