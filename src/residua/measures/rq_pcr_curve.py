"""The standard curve of RQ-PCR from dilutions of diagnostic DNA: its range and its sensitivity.

EuroMRD guideline: van der Velden 2007, Leukemia 21:604, doi:10.1038/sj.leu.2404586.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from residua.facts.qpcr import Well
from residua.measures.plate_curve import control_flags, lost_flags, outlier_flags
from residua.measures.standard_curve import Line, fit_line
from residua.standards.euromrd import EuroMrdRules

UNITS = ("dil", "fold", "other")
"""Units of RDML, and that of a table, in which a dilution may be given."""
_DIGITS = 9  # of differences of Ct, so that 33.1 - 30.1 is 3


@dataclass(frozen=True)
class Dilution:
    """One dilution: the part of diagnostic DNA, its wells and their Ct values where they amplified.

    ``quantitative`` and ``detected`` tell whether it is within the quantitative range and the
    sensitivity; ``reason`` says why it is not quantitative.
    """

    fraction: float
    wells: int
    cts: tuple[float, ...]
    quantitative: bool = False
    detected: bool = False
    reason: str = ""

    @property
    def mean(self) -> float | None:
        """The mean Ct of the wells that amplified."""
        return statistics.fmean(self.cts) if self.cts else None


@dataclass(frozen=True)
class RqCurve:
    """The curve of one run and target; ``line`` is over the dilutions of the quantitative range.

    ``lloq`` is the lowest dilution of the quantitative range, ``sensitivity`` the lowest that is
    detected; None where there is none. ``background_ct`` is the lowest Ct of the background,
    ``ntc_ct`` that of a no-template control; ``dna_ng`` the DNA in the standards' reactions.
    """

    run: str
    target: str
    line: Line | None
    accepted: bool
    reason: str
    dilutions: tuple[Dilution, ...] = ()
    lloq: float | None = None
    sensitivity: float | None = None
    highest: float | None = None
    background_wells: int = 0
    background_ct: float | None = None
    ntc_wells: int = 0
    ntc_ct: float | None = None
    dna_ng: float | None = None
    flags: tuple[str, ...] = ()


def measure_rq_curve(wells: Sequence[Well], rules: EuroMrdRules) -> RqCurve:
    """The curve of the wells of one run and target; never raises for what the wells hold."""
    standards = [well for well in wells if well.role == "standard"]
    background = [well for well in wells if well.role == "background"]
    controls = [well for well in wells if well.role == "ntc"]
    amounts = {well.dna_ng for well in standards}
    base = RqCurve(
        wells[0].run,
        wells[0].target,
        None,
        False,
        _problem(standards, background),
        background_wells=len(background),
        background_ct=_earliest(background),
        ntc_wells=len(controls),
        ntc_ct=_earliest(controls),
        dna_ng=amounts.pop() if len(amounts) == 1 else None,
        flags=(
            *control_flags(controls),
            *_background_flags(background, rules),
            *outlier_flags(standards, rules.alpha),
            *lost_flags(standards),
        ),
    )
    return base if base.reason else _fitted(base, standards, rules)


def _earliest(wells: Sequence[Well]) -> float | None:
    return min((well.ct for well in wells if well.ct is not None), default=None)


def _problem(standards: Sequence[Well], background: Sequence[Well]) -> str:
    """Why neither range nor sensitivity can be told, or nothing."""
    if not standards:
        return "no standards"
    if any(well.quantity is None for well in standards):
        return "standards without quantities"
    units = sorted({well.unit for well in standards})
    if len(units) > 1:
        return f"standards in mixed units: {', '.join(units)}"
    if units[0] not in UNITS:
        return f"standards in {units[0]}, not in parts of diagnostic DNA"
    if max(well.quantity or 0.0 for well in standards) > 1:
        return "a standard above 1, the undiluted diagnostic DNA"
    if not any(well.amplified is not None for well in background):
        return "no background: wells of normal mononuclear cells (NMNC)"
    return ""


def _fitted(base: RqCurve, standards: Sequence[Well], rules: EuroMrdRules) -> RqCurve:
    dilutions = tuple(_judged(_dilutions(standards), base.background_ct, rules))
    inside = [one for one in dilutions if one.quantitative]
    found = replace(
        base,
        dilutions=dilutions,
        lloq=min((one.fraction for one in inside), default=None),
        sensitivity=min((one.fraction for one in dilutions if one.detected), default=None),
        highest=dilutions[0].fraction,
    )
    if len(inside) < rules.levels:
        first = next((one for one in dilutions if not one.quantitative), None)
        why = f": {first.fraction:g}: {first.reason}" if first else ""
        reason = f"{len(inside)} dilutions within the quantitative range, fewer than {rules.levels}"
        return replace(found, reason=reason + why)
    points = [(one.fraction, ct) for one in inside for ct in one.cts]
    line = fit_line([x for x, _ in points], [ct for _, ct in points])
    reason = "; ".join(_refusals(line, rules))
    return replace(found, line=line, reason=reason, accepted=not reason)


def _dilutions(standards: Sequence[Well]) -> Iterator[Dilution]:
    """From the highest on."""
    for fraction in sorted({well.quantity or 0.0 for well in standards}, reverse=True):
        wells = [well for well in standards if well.quantity == fraction]
        cts = tuple(well.ct for well in wells if well.ct is not None)
        yield Dilution(fraction, len(wells), cts)


def _judged(
    dilutions: Iterator[Dilution], background: float | None, rules: EuroMrdRules
) -> Iterator[Dilution]:
    """Range and sensitivity reach down to the first dilution that fails."""
    quantitative = detected = True
    above: Dilution | None = None
    for one in dilutions:
        reason = _unfit(one, above, background, rules)
        if quantitative and reason:
            quantitative = False
        elif not quantitative and not reason:
            reason = "a higher dilution is not within the range"
        found = detected and _is_detected(one, above, background, rules)
        detected = quantitative or found
        above = replace(one, quantitative=quantitative, detected=detected, reason=reason)
        yield above


def _unfit(
    one: Dilution, above: Dilution | None, background: float | None, rules: EuroMrdRules
) -> str:
    """Why a dilution is not quantitative, or nothing."""
    mean, spread = one.mean, spread_of(one.cts)
    if mean is None or len(one.cts) < one.wells:
        return f"{one.wells - len(one.cts)} of {one.wells} wells without amplification"
    if spread > rules.spread:
        return f"replicates spread over {spread:.2f} Ct, more than {rules.spread:g}"
    if background is not None and round(background - mean, _DIGITS) < rules.quantitative_margin:
        away = background - mean
        return f"{away:.2f} Ct before the background, less than {rules.quantitative_margin:g}"
    step = _step(one, above)
    if step is None:
        return ""
    if step <= 0:
        return "not monotone: the mean Ct does not rise from the higher dilution"
    low, high = rules.step
    if not low <= step <= high:
        return f"{step:.2f} Ct a 10-fold step, outside {low:g} to {high:g}"
    return ""


def _step(one: Dilution, above: Dilution | None) -> float | None:
    """The rise of the mean Ct over a 10-fold dilution."""
    if above is None or above.mean is None or one.mean is None:
        return None
    decades = math.log10(above.fraction / one.fraction)
    return round((one.mean - above.mean) / decades, _DIGITS)


def _is_detected(
    one: Dilution, above: Dilution | None, background: float | None, rules: EuroMrdRules
) -> bool:
    latest = math.inf if background is None else background - rules.sensitivity_margin
    if above is not None:
        if above.mean is None:
            return False
        decades = math.log10(above.fraction / one.fraction)
        latest = min(latest, above.mean + rules.sensitivity_step * decades)
    positive = [ct for ct in one.cts if round(latest - ct, _DIGITS) >= 0]
    return len(positive) * rules.one_in >= one.wells


def _refusals(line: Line, rules: EuroMrdRules) -> Iterator[str]:
    low, high = rules.slope
    if not low <= round(line.slope, _DIGITS) <= high:
        yield f"slope {line.slope:.3f} outside {low:g} to {high:g} (unverified limits)"
    correlation = math.sqrt(max(line.r2, 0.0))
    if correlation < rules.correlation:
        yield f"r {correlation:.4f} below {rules.correlation:g} (unverified limit)"


def _background_flags(background: Sequence[Well], rules: EuroMrdRules) -> Iterator[str]:
    if 0 < len(background) < rules.background_wells:
        yield f"{len(background)} background wells, fewer than {rules.background_wells}"
    lost = sum(well.amplified is None for well in background)
    if lost:
        yield f"{lost} of {len(background)} background wells without a stated Ct"


def spread_of(cts: Sequence[float]) -> float:
    """From the earliest to the latest Ct; 0 without any."""
    return round(max(cts) - min(cts), _DIGITS) if cts else 0.0
