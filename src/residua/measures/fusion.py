"""BCR::ABL1 transcripts over those of ABL1, both by their standard curves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from residua.facts.interval import Interval
from residua.facts.molecular import INSENSITIVE, MolecularLevel
from residua.facts.qpcr import Plate
from residua.measures.plate import PlateResult, measure_plate
from residua.measures.plate_copies import SampleCopies
from residua.measures.standard_curve import ratio_interval
from residua.standards.bcr_abl1 import BcrAbl1Rules
from residua.standards.qpcr import QpcrRules

RATIO = "Fieller of both genes, two-sided, Ct of the plate only"
LIMITS = "sensitivity by these copies"


@dataclass(frozen=True)
class FusionPlate:
    """The copies of both genes (``copies``) and the ratio of every sample (``levels``).

    ``transcript`` is the fusion's, such as e1a2, None where it is not stated.
    """

    copies: PlateResult
    reference: str
    transcript: str | None
    levels: tuple[MolecularLevel, ...]
    rules: BcrAbl1Rules


def measure_fusion(
    plate: Plate,
    rules: BcrAbl1Rules,
    general: QpcrRules,
    *,
    reference: str,
    target: str | None = None,
    transcript: str | None = None,
    lloq: float | None = None,
) -> FusionPlate:
    """The ratio to `reference` of every sample and target (or only `target`).

    `lloq` in copies of the target per reaction. A negative needs the copies of ABL1 that its
    sensitivity asks for; without them it is not assessable. A positive does not.
    """
    copies = measure_plate(plate, general)
    limited = copies if lloq is None else measure_plate(plate, general, lloq=lloq)
    known = {(s.run, s.sample): s for s in copies.samples if s.target == reference}
    levels = [
        _level(one, known.get((one.run, one.sample)), rules, general.level, transcript)
        for one in limited.samples
        if one.target != reference and target in (None, one.target)
    ]
    samples = (*known.values(), *(s for s in limited.samples if s.target != reference))
    held = replace(copies, samples=samples)
    return FusionPlate(held, reference, transcript, tuple(levels), rules)


def _level(
    one: SampleCopies,
    gene: SampleCopies | None,
    rules: BcrAbl1Rules,
    level: float,
    transcript: str | None,
) -> MolecularLevel:
    base = MolecularLevel(
        one.sample, "pcr", one.target, "not assessable", "abl1",
        reason="the control gene was not measured in this sample", flags=one.flags,
    )  # fmt: skip
    if gene is None:
        return base
    if gene.copies is None:
        return replace(base, reason=f"{gene.target} {gene.status}: {gene.reason}")
    lod = rules.sensitivity(gene.copies)
    few = [] if lod is not None else [f"{gene.copies:.0f} copies of ABL1: too few for a negative"]
    base = replace(
        base,
        reason=one.reason or base.reason,
        denominator=max(1, round(gene.copies)),
        lod=lod,
        lloq=None if one.lloq is None else min(one.lloq / gene.copies, 1.0),
        input=f"{gene.copies:.0f} copies of {gene.target}, {_scale(rules, transcript)}, "
        f"{LIMITS} ({rules.mark})",
        flags=tuple(dict.fromkeys((*one.flags, *gene.flags, *few))),
    )
    if one.status == "not detected":
        return _negative(base, one)
    if base.lod is not None and base.lloq is not None and base.lod > base.lloq:
        base = replace(base, lod=None)  # what the rule grants is less than the plate shows
    if one.status == "quantified":
        return _ratio(base, one, gene, level)
    return replace(base, status=one.status)


def _negative(base: MolecularLevel, one: SampleCopies) -> MolecularLevel:
    if base.lod is None:
        return replace(base, reason=f"{INSENSITIVE}: too few copies of ABL1")
    if one.high is None:
        return replace(base, reason=f"{INSENSITIVE}: not all wells of the lowest standard amplify")
    return replace(base, status="not detected", lloq=max(base.lloq or 0.0, base.lod))


def _ratio(
    base: MolecularLevel, one: SampleCopies, gene: SampleCopies, level: float
) -> MolecularLevel:
    value, low, high = ratio_interval(_three(one), _three(gene), 1.0)
    if value > 1:
        return replace(base, reason="positive, with more copies than the control gene")
    found = Interval(level, low, min(high, 1.0), RATIO)
    return replace(base, status="quantified", reason="", fraction=value, interval=found)


def _three(one: SampleCopies) -> tuple[float, float, float]:
    return one.copies or 1.0, one.low or 1.0, one.high or 1.0


def _scale(rules: BcrAbl1Rules, transcript: str | None) -> str:
    if transcript == rules.without_scale:
        return f"{transcript}: ratio without International Scale"
    return "ratio not on the International Scale"
