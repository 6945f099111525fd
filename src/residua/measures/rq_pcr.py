"""MRD by RQ-PCR of rearranged immunoglobulin and T-cell receptor genes, by EuroMRD's rules.

Van der Velden 2007, Leukemia 21:604, doi:10.1038/sj.leu.2404586; the numbers are unverified.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from residua.facts.interval import Interval
from residua.facts.molecular import MolecularLevel
from residua.facts.qpcr import Well
from residua.measures.plate_copies import SampleCopies
from residua.measures.rq_pcr_curve import RqCurve, spread_of
from residua.measures.standard_curve import copies_interval, ratio_interval
from residua.standards.euromrd import EuroMrdRules, Intent

UNVERIFIED = "limits by EuroMRD (unverified)"
CT_ONLY = "Fieller, two-sided, Ct of the plate only"
CT_AND_GENE = "Fieller of target and control gene, two-sided, Ct of the plate only"


@dataclass(frozen=True)
class Amplifiable:
    """How a level read from the curve becomes one of the sample's amplifiable DNA.

    ``factor`` with its interval multiplies level, LOD and LLOQ; ``reason`` says why nothing can be
    told; ``words`` say how it was made.
    """

    factor: tuple[float, float, float] = (1.0, 1.0, 1.0)
    corrected: bool = False
    reason: str = ""
    words: str = ""
    flags: tuple[str, ...] = ()


def measure_rq_level(
    wells: Sequence[Well],
    curve: RqCurve,
    rules: EuroMrdRules,
    *,
    intent: Intent,
    dna: Amplifiable,
) -> MolecularLevel:
    """The level behind the replicates `wells` of one sample, as a part of diagnostic DNA.

    Quantified at or above the quantitative range; below it positive and not quantifiable
    ("detected below LLOQ"); without a positive well "not detected" with the sensitivity as LOD.
    """
    seen = [well for well in wells if well.amplified is not None]
    base = MolecularLevel(
        wells[0].sample, "pcr", curve.target, "not assessable", "dna",
        reason="no Ct stated",
        lod=_scaled(curve.sensitivity, dna), lloq=_scaled(curve.lloq, dna),
        input=_input(wells, dna), flags=(*_well_flags(wells, rules), *dna.flags),
    )  # fmt: skip
    if not curve.accepted or curve.line is None:
        reason = f"curve not accepted: {curve.reason}"
        return replace(base, reason=reason, lod=None, lloq=None)
    if not seen or dna.reason:
        return replace(base, reason=dna.reason or base.reason, lod=None, lloq=None)
    cts, base = _positive(seen, base, curve, rules.margins[intent])
    if not cts:
        return _negative(base)
    if curve.ntc_ct is not None and min(cts) >= curve.ntc_ct:
        return replace(base, reason="no earlier than a no-template control")
    return _placed(base, curve, cts, wells=len(seen), rules=rules, dna=dna)


def _positive(
    seen: Sequence[Well], base: MolecularLevel, curve: RqCurve, margin: float
) -> tuple[list[float], MolecularLevel]:
    """The Ct values before the background by the margin; the others are flagged."""
    amplified = [well.ct for well in seen if well.ct is not None]
    if curve.background_ct is None:
        return amplified, base
    cts = [ct for ct in amplified if round(curve.background_ct - ct, 9) >= margin]
    late = len(amplified) - len(cts)
    if not late:
        return cts, base
    flag = f"{late} of {len(seen)} wells less than {margin:g} Ct before the background: negative"
    return cts, replace(base, flags=(*base.flags, flag))


def _negative(base: MolecularLevel) -> MolecularLevel:
    if base.lod is None:
        return replace(base, reason="negative, and no dilution shows a sensitivity")
    return replace(base, status="not detected", reason="no specific amplification")


def _placed(
    base: MolecularLevel,
    curve: RqCurve,
    cts: Sequence[float],
    *,
    wells: int,
    rules: EuroMrdRules,
    dna: Amplifiable,
) -> MolecularLevel:
    """A positive sample with its level, or with what it lies beyond."""
    assert curve.line is not None
    assert curve.lloq is not None
    estimate = curve.line.copies(statistics.fmean(cts))
    if estimate < curve.lloq * (1 - 1e-9):
        reason = f"positive, not quantifiable: below the quantitative range of {curve.lloq:g}"
        below = curve.sensitivity is not None and estimate < curve.sensitivity
        flags = (*base.flags, *(["later than the sensitivity of the curve"] if below else []))
        return replace(base, status="detected below LLOQ", reason=reason, flags=flags)
    if len(cts) < wells:
        lost = f"{wells - len(cts)} of {wells} wells without specific amplification"
        reason = f"positive, but replicates disagree: {lost}, the others within the range"
        return replace(base, reason=reason)
    if curve.highest is not None and estimate > curve.highest * (1 + 1e-9):
        reason = f"positive above the top dilution of {curve.highest:g}: dilute and repeat"
        return replace(base, reason=reason)
    ends = copies_interval(curve.line, cts, level=rules.level)
    if ends is None:
        return replace(base, reason="the slope is too uncertain for an interval")
    return _quantified(base, (estimate, *ends), cts, rules, dna)


def _quantified(
    base: MolecularLevel,
    read: tuple[float, float, float],
    cts: Sequence[float],
    rules: EuroMrdRules,
    dna: Amplifiable,
) -> MolecularLevel:
    value, low, high = _corrected(read, dna)
    if value > 1:
        reason = "positive, with more than the whole of diagnostic DNA: check the DNA"
        return replace(base, reason=reason)
    spread = spread_of(cts)
    flag = f"replicates spread over {spread:.2f} Ct, more than {rules.spread:g}"
    kind = CT_AND_GENE if dna.corrected else CT_ONLY
    return replace(
        base,
        status="quantified",
        reason="",
        fraction=value,
        interval=Interval(rules.level, low, min(high, 1.0), kind),
        flags=(*base.flags, *([flag] if spread > rules.spread else [])),
    )


def _corrected(read: tuple[float, float, float], dna: Amplifiable) -> tuple[float, float, float]:
    if dna.corrected:
        factor, low, high = dna.factor
        return ratio_interval(read, (1 / factor, 1 / high, 1 / low), 1.0)
    value, low, high = (dna.factor[0] * part for part in read)
    return value, low, high


def amplifiable(
    wells: Sequence[Well], curve: RqCurve, reference: SampleCopies | None, *, asked: bool
) -> Amplifiable:
    """The correction for amplifiable DNA of one sample.

    `reference` is the control gene read in ng of DNA, `asked` whether one was named. The share of
    the sample's DNA that amplifies, and its amount, are set against that of the standards.
    """
    own, standards = _same_dna(wells), curve.dna_ng
    if not asked:
        known = own is not None and standards is not None
        factor = (standards or 1.0) / (own or 1.0) if known else 1.0
        return Amplifiable((factor,) * 3, flags=("amplifiable DNA not measured",))
    if reference is None:
        reason = "the control gene was not measured in this sample"
        return Amplifiable(reason=reason)
    if reference.copies is None or reference.low is None or reference.high is None:
        why = f"{reference.target} {reference.status}: {reference.reason}"
        return Amplifiable(reason=f"amplifiable DNA: {why}")
    nominal = standards or own
    if nominal is None:
        return Amplifiable(reason="amplifiable DNA: the DNA in the reaction is not stated")
    gene = 1000.0 / reference.per_ug if reference.per_ug else None
    scale = nominal * (gene / own if gene and own else 1.0)
    ends = (scale / part for part in (reference.copies, reference.high, reference.low))
    value, low, high = ends
    words = f"{reference.copies:.4g} ng amplifiable by {reference.target}"
    return Amplifiable((value, low, high), True, words=words)


def _same_dna(wells: Sequence[Well]) -> float | None:
    amounts = {well.dna_ng for well in wells}
    return amounts.pop() if len(amounts) == 1 else None


def _scaled(level: float | None, dna: Amplifiable) -> float | None:
    return None if level is None else min(level * dna.factor[0], 1.0)


def _input(wells: Sequence[Well], dna: Amplifiable) -> str:
    own = _same_dna(wells)
    amount = f"{len(wells)} wells" if own is None else f"{len(wells)} x {own:g} ng DNA"
    return ", ".join(part for part in (amount, dna.words, UNVERIFIED) if part)


def _well_flags(wells: Sequence[Well], rules: EuroMrdRules) -> tuple[str, ...]:
    lost = sum(well.amplified is None for well in wells)
    own, (least, most) = _same_dna(wells), rules.dna_ng
    wrong = own is not None and not least <= own <= most
    few = len(wells) < rules.replicates
    return (
        *([f"{len(wells)} wells, fewer than {rules.replicates}"] if few else []),
        *([f"{lost} of {len(wells)} wells without a stated Ct"] if lost else []),
        *([f"{own:g} ng DNA in a reaction, not {least:g} to {most:g}"] if wrong else []),
    )
