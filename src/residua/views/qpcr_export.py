"""Curves and copies of a plate as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.measures.plate import PlateResult
from residua.measures.plate_copies import CopyNumber, SampleCopies
from residua.measures.plate_curve import Curve
from residua.measures.standard_curve import Line
from residua.views.clause_export import clause_documents
from residua.views.json_numbers import digits


def qpcr_document(result: PlateResult) -> dict[str, Any]:
    """The JSON of ``residua qpcr``; numbers to six significant digits, null where there is none."""
    rules = result.rules
    return {
        "kind": "residua.qpcr",
        "version": "1.1",
        "notice": NOTICE,
        "file": result.plate.name,
        "assay": "transgene",
        "level": rules.level,
        "curves": [curve_document(curve) for curve in result.curves],
        "samples": [_sample(sample) for sample in result.samples],
        "vector_copy_numbers": [_number(number) for number in result.copy_numbers],
        "miqe_missing": [{"id": item, "item": rules.miqe[item]} for item in result.missing],
        "clauses": clause_documents(rules.clauses.values()),
        "notes": [*result.plate.notes, rules.note],
    }


def line_document(run: str, target: str, line: Line | None) -> dict[str, Any]:
    """Whose curve it is, with its line; null where none was fitted."""
    return {
        "run": run,
        "target": target,
        "slope": digits(line.slope if line else None),
        "intercept": digits(line.intercept if line else None),
        "efficiency": digits(line.efficiency if line else None),
        "r2": digits(line.r2 if line else None),
    }


def curve_document(curve: Curve) -> dict[str, Any]:
    """An entry of ``curves[]``."""
    line = curve.line
    return {
        **line_document(curve.run, curve.target, line),
        "wells": line.n if line else 0,
        "lowest": curve.lowest,
        "highest": curve.highest,
        "accepted": curve.accepted,
        "reason": curve.reason,
        "ntc": {"wells": curve.ntc_wells, "earliest_ct": digits(curve.ntc_ct)},
        "flags": list(curve.flags),
    }


def _sample(one: SampleCopies) -> dict[str, Any]:
    factor = one.per_ug
    return {
        "run": one.run,
        "sample": one.sample,
        "target": one.target,
        "copies": digits(one.copies),
        "low": digits(one.low),
        "high": digits(one.high),
        "copies_per_ug": digits(_times(one.copies, factor)),
        "low_per_ug": digits(_times(one.low, factor)),
        "high_per_ug": digits(_times(one.high, factor)),
        "status": one.status,
        "reason": one.reason,
        "estimate": digits(one.estimate),
        "wells": one.wells,
        "amplified": one.amplified,
        "ct_mean": digits(one.ct_mean),
        "ct_sd": digits(one.ct_sd),
        "flags": list(one.flags),
    }


def _number(one: CopyNumber) -> dict[str, Any]:
    return {
        "run": one.run,
        "sample": one.sample,
        "target": one.target,
        "reference": one.reference,
        "copies_per_cell": digits(one.value),
        "low": digits(one.low),
        "high": digits(one.high),
        "reason": one.reason,
    }


def _times(value: float | None, factor: float | None) -> float | None:
    return None if value is None or factor is None else value * factor


def qpcr_text(result: PlateResult) -> str:
    """Curves, samples and what is missing, for a terminal."""
    runs = len({curve.run for curve in result.curves}) > 1
    lines = [result.plate.name, "", "Curves"]
    for curve in result.curves:
        lines += [f"  {named(curve.run if runs else '', curve.target)}: {curve_words(curve)}"]
        lines += [f"    flag: {flag}" for flag in curve.flags]
    lines += ["", f"Samples (copies in the reaction, {result.rules.level:.0%} interval)"]
    shared = _shared(result.samples)
    lines += [f"  flag of every sample: {flag}" for flag in shared]
    for sample in result.samples:
        called = named(sample.run if runs else "", sample.target)
        lines += [f"  {sample.sample}, {called}: {sample_words(sample)}"]
        lines += [f"    flag: {flag}" for flag in sample.flags if flag not in shared]
    if result.copy_numbers:
        lines += ["", "Vector copies per cell"]
    for number in result.copy_numbers:
        value = (
            _interval(number.value, number.low, number.high) or f"not assessable: {number.reason}"
        )
        called = named(number.run if runs else "", number.target)
        lines += [f"  {number.sample}, {called}: {value}"]
    missing = [f"  {result.rules.miqe[item]}" for item in result.missing]
    if missing:
        mark = result.rules.clauses["miqe"].mark
        lines += ["", f"Not told by the file (MIQE, {mark} list)", *missing]
    notes = [f"  note: {note}" for note in (*result.plate.notes, result.rules.note)]
    return "\n".join([*lines, "", *notes, f"  {NOTICE}"])


def _shared(samples: Sequence[SampleCopies]) -> tuple[str, ...]:
    """Flags that all of several samples have: said once."""
    if len(samples) < 2:
        return ()
    return tuple(f for f in samples[0].flags if all(f in one.flags for one in samples))


def named(run: str, target: str) -> str:
    """The target, with its run where the file has several."""
    return f"{target} (run {run})" if run else target


def curve_words(curve: Curve, unit: str = "copies") -> str:
    """A curve's line and whether it is accepted; `unit` that of its standards."""
    verdict = "accepted" if curve.accepted else f"not accepted: {curve.reason}"
    if curve.line is None:
        return verdict
    line = curve.line
    growth = "none" if line.efficiency is None else f"{line.efficiency:.1%}"
    return (
        f"slope {line.slope:.3f}, intercept {line.intercept:.2f}, efficiency "
        f"{growth}, R2 {line.r2:.4f}, {curve.lowest:g} to {curve.highest:g} {unit}; "
        f"{verdict}"
    )


def sample_words(one: SampleCopies) -> str:
    """A sample's copies, or the bound and the reason in place of them."""
    found = _interval(one.copies, one.low, one.high)
    if not found:
        bound = ""
        if one.low is not None:
            bound = f" (> {one.low:g})"
        elif one.high is not None:
            bound = f" (< {one.high:g})"
        return f"{one.status}{bound}: {one.reason}"
    factor = one.per_ug
    per_ug = _interval(
        _times(one.copies, factor), _times(one.low, factor), _times(one.high, factor)
    )
    return f"{found} copies" + (f"; {per_ug} copies/ug" if per_ug else "")


def _interval(value: float | None, low: float | None, high: float | None) -> str:
    if value is None or low is None or high is None:
        return ""
    return f"{_four(value)} ({_four(low)} to {_four(high)})"


def _four(value: float) -> str:
    """Four digits, without a power of ten for copies that a tube may hold."""
    short = float(f"{value:.4g}")
    return f"{short:.0f}" if 1e4 <= short < 1e9 else f"{short:g}"
