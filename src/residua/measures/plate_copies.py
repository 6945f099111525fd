"""Copies of the unknown samples of a plate by its standard curves."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from residua.facts.qpcr import Well
from residua.measures.plate_curve import Curve, outlier_flags
from residua.measures.standard_curve import copies_interval, ratio_interval
from residua.standards.qpcr import QpcrRules

Status = Literal["quantified", "detected below LLOQ", "not detected", "not assessable"]


@dataclass(frozen=True)
class SampleCopies:
    """Copies per reaction of one sample and target.

    ``copies`` only where quantified, with ``low`` and ``high`` of the interval; else these are
    bounds where one is known. ``estimate`` is what the line gives wherever it is read.
    ``per_ug`` turns copies into copies per ug of DNA, None where the DNA is not known; ``lloq``
    is the limit that the sample was held against, None without an accepted curve.
    """

    run: str
    sample: str
    target: str
    status: Status
    reason: str = ""
    copies: float | None = None
    low: float | None = None
    high: float | None = None
    estimate: float | None = None
    per_ug: float | None = None
    lloq: float | None = None
    wells: int = 0
    amplified: int = 0
    silent: int = 0
    ct_mean: float | None = None
    ct_sd: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class CopyNumber:
    """Vector copies per cell of one sample, with its interval."""

    run: str
    sample: str
    target: str
    reference: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""


def measure_sample(
    wells: Sequence[Well], curve: Curve, rules: QpcrRules, *, lloq: float | None = None
) -> SampleCopies:
    """Copies behind the replicates `wells` of one unknown; `lloq` in copies per reaction.

    An `lloq` below the lowest standard changes nothing: below it nothing is quantified.
    """
    seen = [well for well in wells if well.amplified is not None]
    cts = [well.ct for well in seen if well.ct is not None]
    mean = statistics.fmean(cts) if cts else None
    per_ug, flags = _dna(wells)
    lost = len(wells) - len(seen)
    base = SampleCopies(
        curve.run, wells[0].sample, wells[0].target, "not assessable",
        per_ug=per_ug, wells=len(wells), amplified=len(cts), silent=len(seen) - len(cts),
        ct_mean=mean,
        ct_sd=statistics.stdev(cts) if len(cts) > 1 else None,
        flags=(
            *flags, *outlier_flags(wells, rules.alpha),
            *([f"{lost} of {len(wells)} wells without a stated Ct"] if lost else []),
            *(["a no-template control amplified"] if curve.ntc_ct is not None else []),
        ),
    )  # fmt: skip
    if not seen:
        return replace(base, reason="no Ct stated")
    if curve.line is None or not curve.accepted:
        return replace(base, reason=f"curve not accepted: {curve.reason}")
    limit = max(curve.lowest or 0.0, lloq or 0.0)
    base = replace(base, lloq=limit)
    if mean is None:
        bound = limit if curve.detected_lowest else None
        return replace(base, status="not detected", reason="no amplification", high=bound)
    return _placed(base, curve, cts, limit, rules)


def _placed(
    base: SampleCopies, curve: Curve, cts: Sequence[float], limit: float, rules: QpcrRules
) -> SampleCopies:
    """The sample with its copies, or with the bound that it lies beyond."""
    assert curve.line is not None
    assert curve.highest is not None
    mean = statistics.fmean(cts)
    estimate = curve.line.copies(mean)
    base = replace(base, estimate=estimate)
    if curve.ntc_ct is not None and mean >= curve.ntc_ct:
        return replace(base, reason="no earlier than a no-template control")
    if estimate < limit:
        reason = f"below the LLOQ of {limit:g} copies"
        return replace(base, status="detected below LLOQ", reason=reason, high=limit)
    if base.silent:
        reason = f"replicates disagree: {base.silent} of {base.wells} without amplification"
        return replace(base, reason=reason)
    if estimate > curve.highest:
        reason = f"above the top standard of {curve.highest:g} copies: dilute and repeat"
        return replace(base, reason=reason, low=curve.highest)
    interval = copies_interval(curve.line, cts, level=rules.level)
    if interval is None:
        return replace(base, reason="the slope is too uncertain for an interval")
    return replace(base, status="quantified", copies=estimate, low=interval[0], high=interval[1])


def _dna(wells: Sequence[Well]) -> tuple[float | None, tuple[str, ...]]:
    """The factor from copies per reaction to copies per ug, and what is unusual about it."""
    amounts = {well.dna_ng for well in wells}
    if None in amounts:
        return None, ("DNA in the reaction not stated: no copies per ug",)
    if len(amounts) > 1:
        return None, ("replicates with different amounts of DNA: no copies per ug",)
    return 1000.0 / (amounts.pop() or 1.0), ()


def vector_copies(target: SampleCopies, reference: SampleCopies, rules: QpcrRules) -> CopyNumber:
    """``genomes x target / reference``; a reason instead where either is not quantified."""
    base = CopyNumber(target.run, target.sample, target.target, reference.target)
    for one in (target, reference):
        if one.copies is None or one.low is None or one.high is None:
            return replace(base, reason=f"{one.target} {one.status}: {one.reason}")
    found = ratio_interval(_three(target), _three(reference), rules.genomes)
    return replace(base, value=found[0], low=found[1], high=found[2])


def _three(one: SampleCopies) -> tuple[float, float, float]:
    return one.copies or 1.0, one.low or 1.0, one.high or 1.0
