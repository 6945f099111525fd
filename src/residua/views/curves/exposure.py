"""Modelled exposure to inotuzumab ozogamicin, for ``course.json`` and the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from residua import NOTICE
from residua.course.course import Course
from residua.course.curves import Curves
from residua.course.exposure_curve import ExposureCurve
from residua.measures.modelled_exposure import ModelledExposure
from residua.views.anchors import fact_anchor
from residua.views.curves.group import CurveGroup
from residua.views.exposure_text import MODEL, exposure_document
from residua.views.report_measures import MeasureLine

KIND = "residua.exposure"
TYPICAL = "of the model's typical patient with these covariates; how patients differ is not in it"
_COVARIATES = {
    "bsa": ("body surface", " m\N{SUPERSCRIPT TWO}"),
    "lbm": ("lean body mass", " kg"),
    "age": ("age", " years"),
}


def exposure_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """One entry of ``measures[]`` per curve; ``modelled`` is what ``residua exposure`` writes."""
    del course
    return tuple(_document(curve) for curve in curves.exposure)


def _document(curve: ExposureCurve) -> Mapping[str, Any]:
    return {
        "kind": KIND,
        "version": "1.0",
        "notice": NOTICE,
        "words": MODEL,
        "treatment": curve.treatment,
        "model": curve.model,
        "outcome": "not assessable" if curve.modelled is None else "modelled",
        "reason": curve.reason or None,
        "auc_0_672h_range_ng_h_per_mL": curve.auc_range
        and [float(f"{end:.6g}") for end in curve.auc_range],
        "facts": list(curve.used),
        "notes": list(curve.notes),
        "modelled": None if curve.modelled is None else exposure_document(curve.modelled),
    }


def exposure_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """One group of the report per curve."""
    del course
    return tuple(
        CurveGroup(
            f"Exposure, {MODEL}",
            curve.treatment,
            fact_anchor(curve.treatment),
            tuple(_lines(curve)),
        )
        for curve in curves.exposure
    )


def _lines(curve: ExposureCurve) -> Iterator[MeasureLine]:
    if curve.modelled is None:
        yield MeasureLine("Curve", (f"not assessable: {curve.reason}",))
        if curve.auc_range is not None:
            ends = " to ".join(map(_area, curve.auc_range))
            yield MeasureLine("AUC 0-672 h", (f"{ends} ng h/mL over every number of blasts",))
    else:
        yield from _modelled(curve.modelled)
    for note in curve.notes:
        yield MeasureLine("Note", (note,))


def _modelled(found: ModelledExposure) -> Iterator[MeasureLine]:
    peak = found.exposure.concentration[:, 0].argmax()
    level, time = found.exposure.concentration[peak, 0], found.exposure.time_h[peak]
    doses = ", ".join(f"{d.mg_per_m2:g} mg/m2 on day {d.day + 1:g}" for d in found.doses)
    stated = ", ".join(_covariate(found, name) for name in found.covariates)
    yield MeasureLine("AUC 0-672 h", (f"{_area(found.auc_to_cycle)} ng h/mL", TYPICAL))
    yield MeasureLine("Highest", (f"{level:.0f} ng/mL, {time:g} h after the first dose began",))
    yield MeasureLine("From", (doses, stated))
    if found.floor is not None:
        least = f"{found.floor:g}"
        stood = f"{found.model.blasts} below {least}: {least} stands for them"
        others = [f"with {one:g}: {_area(area)} ng h/mL" for one, area in found.at_floors]
        yield MeasureLine("Floor", (stood, *others))
    yield MeasureLine("Model", (found.model.cite, found.model.population))


def _covariate(found: ModelledExposure, name: str) -> str:
    value = f"{found.covariates[name]:.4g}"
    if name == "blasts":
        return f"{found.model.blasts}: {value}"
    said, unit = _COVARIATES.get(name, (name, ""))
    return f"{said} {value}{unit}"


def _area(value: float) -> str:
    """Three digits: patients differ by more than the model's typical one tells."""
    return f"{float(f'{value:.3g}'):,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
