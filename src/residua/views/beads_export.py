"""Populations, curves and concentrations of a bead array as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.facts.bead_panel import BeadPanel
from residua.measures.bead_concentrations import AnalyteCurve, BeadConcentration, BeadPlateResult
from residua.measures.bead_populations import Population, WellPopulations
from residua.measures.logistic_curve import NoCurve, StandardLevel
from residua.standards.bead_assay import bead_rules
from residua.views.clause_export import clause_documents
from residua.views.json_numbers import digits, interval_document

Wells = Sequence[tuple[str, WellPopulations]]


def beads_document(panel: BeadPanel, wells: Wells, plate: BeadPlateResult | None) -> dict[str, Any]:
    """The JSON of ``residua beads``; numbers to six significant digits, null where none."""
    document: dict[str, Any] = {
        "kind": "residua.beads-result",
        "version": "1.0",
        "notice": NOTICE,
        "panel": {"name": panel.name, "source": panel.source, "floor": panel.floor},
        "wells": [_well(name, found) for name, found in wells],
    }
    if plate is not None:
        document |= {
            "plate": plate.plate.name,
            "unit": plate.unit,
            "curves": [_curve(curve) for curve in plate.curves],
            "samples": [_result(one) for one in plate.results],
            "notes": list(plate.plate.notes),
        }
    clauses = bead_rules().clauses
    return document | {"clauses": clause_documents(clauses)}


def _well(name: str, found: WellPopulations) -> dict[str, Any]:
    return {
        "file": name,
        "events": len(found.dyed),
        "below_floor": int((~found.dyed).sum()),
        "single_beads": [int(size.members.sum()) for size in found.sizes],
        "populations_found": list(found.found),
        "reason": found.reason,
        "flags": list(found.flags),
        "populations": [_population(one) for one in found.populations],
    }


def _population(one: Population) -> dict[str, Any]:
    return {
        "id": one.analyte.id,
        "analyte": one.analyte.name,
        "size": one.size,
        "beads": one.events,
        "classifier_median": digits(one.classifier),
        "reporter_median": digits(one.median),
        "interval": interval_document(one.interval),
        "cv": digits(one.cv),
        "status": "not assessable" if one.median is None else "measured",
        "reason": one.reason,
        "flags": list(one.flags),
    }


def _curve(curve: AnalyteCurve) -> dict[str, Any]:
    fit = curve.fit
    shared = {"analyte": curve.analyte.name, "levels": [_level(one) for one in fit.levels]}
    if isinstance(fit, NoCurve):
        return shared | {"status": "not assessable", "reason": fit.reason}
    names = ("bottom", "top", "middle", "slope", "skew")
    return shared | {
        "status": "fitted",
        "model": fit.model,
        "parameters": {name: digits(getattr(fit.curve, name)) for name in names},
        "r2_of_log_response": digits(fit.r2),
        "residual_cv": digits(fit.variance**0.5),
        "lloq": digits(fit.lloq),
        "uloq": digits(fit.uloq),
    }


def _level(one: StandardLevel) -> dict[str, Any]:
    return {
        "nominal": digits(one.nominal),
        "wells": one.wells,
        "response": digits(one.response),
        "back_calculated": digits(one.back),
        "recovery": digits(one.recovery),
        "accepted": one.accepted,
    }


def _result(one: BeadConcentration) -> dict[str, Any]:
    return {
        "sample": one.sample,
        "analyte": one.analyte,
        "unit": one.unit,
        "status": _status(one),
        "value": digits(one.value),
        "interval": interval_document(one.interval),
        "bound": digits(one.bound),
        "lloq": digits(one.lloq),
        "uloq": digits(one.uloq),
        "dilution": digits(one.dilution),
        "wells": list(one.wells),
        "beads": one.beads,
        "reporter_medians": [digits(median) for median in one.medians],
        "reason": one.reason,
        "flags": list(one.flags),
    }


def _status(one: BeadConcentration) -> str:
    if one.reason:
        return "not assessable"
    return {"<": "<LLOQ", ">": ">ULOQ"}.get(one.comparator, "quantified")


def beads_text(panel: BeadPanel, wells: Wells, plate: BeadPlateResult | None) -> str:
    """For a terminal: concentrations where there is a plate, else every population."""
    lines = [panel.name, f"  source: {panel.source}" if panel.source else ""]
    if plate is None:
        for name, found in wells:
            lines += ["", *_well_lines(name, found)]
    else:
        lines += ["", *_plate_lines(plate)]
        bad = [(name, found) for name, found in wells if any(p.reason for p in found.populations)]
        for name, found in bad:
            lines += ["", *_well_lines(name, found)]
    return "\n".join([*(line for line in lines), "", f"  {NOTICE}"])


def _well_lines(name: str, found: WellPopulations) -> list[str]:
    singles = sum(int(size.members.sum()) for size in found.sizes)
    head = f"{name}: {len(found.dyed)} events, {singles} single beads"
    flags = [f"  flag: {flag}" for flag in found.flags]
    lines = [head, *flags, *([f"  not assessable: {found.reason}"] if found.reason else [])]
    lines += [f"  {'analyte':<16}{'beads':>6}{'median':>12}{'95 % interval':>24}{'CV':>7}"]
    for one in found.populations:
        if one.median is None:
            lines.append(f"  {one.analyte.name:<16}{one.events:>6}  not assessable: {one.reason}")
            continue
        span = "" if one.interval is None else f"{one.interval.low:.0f} to {one.interval.high:.0f}"
        spread = "" if one.cv is None else f"{one.cv:.0%}"
        row = f"  {one.analyte.name:<16}{one.events:>6}{one.median:>12.0f}{span:>24}{spread:>7}"
        lines += [row, *(f"    flag: {flag}" for flag in one.flags)]
    return lines


def _plate_lines(plate: BeadPlateResult) -> list[str]:
    lines = [f"Standard curves ({plate.unit})"]
    for curve in plate.curves:
        fit, name = curve.fit, curve.analyte.name
        words = (
            f"not assessable: {fit.reason}"
            if isinstance(fit, NoCurve)
            else f"{fit.model.upper()}, {fit.lloq:.4g} to {fit.uloq:.4g}, R2 {fit.r2:.4f}"
        )
        lines.append(f"  {name:<16}{words}")
    lines += ["", f"Concentrations ({plate.unit}, 95 % interval)"]
    for one in plate.results:
        lines.append(f"  {one.sample:<16}{one.analyte:<16}{_words(one)}")
        lines += [f"    flag: {flag}" for flag in one.flags]
    return lines


def _words(one: BeadConcentration) -> str:
    if one.reason:
        return f"not assessable: {one.reason}"
    if one.value is None or one.interval is None:
        return f"{one.comparator}{one.bound:.4g} ({_status(one)})"
    return f"{one.value:.4g} ({one.interval.low:.4g} to {one.interval.high:.4g})"
