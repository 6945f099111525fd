"""The plates of a case: their curves, what was read of them, and what the file leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from residua.course.course import Course
from residua.course.curves import Curves
from residua.course.plate_record import PlateRecord
from residua.measures.plate_curve import Curve
from residua.views.anchors import fact_anchor
from residua.views.curves.group import CurveGroup
from residua.views.qpcr_export import curve_words, qpcr_document, sample_words
from residua.views.report_measures import MeasureLine

_ASSAYS = {"transgene": "Transgene by quantitative PCR"}


def plates_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """``residua.qpcr`` of every plate; its samples go by the specimen or day of the case."""
    del course
    return tuple(_document(record) for record in curves.plates)


def _document(record: PlateRecord) -> dict[str, Any]:
    names = dict(record.samples)
    document = qpcr_document(record.result)
    for part in ("samples", "vector_copy_numbers"):
        for one in document[part]:
            one["sample"] = names.get(one["sample"], one["sample"])
    told = {
        "file": record.source,
        "assay": record.file.assay,
        "simulated": record.simulated,
        "facts": [fact.id for fact in record.facts],
    }
    return document | told


def plates_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """A group a plate: its curves and their acceptance, the samples, items of MIQE not told."""
    del course
    return tuple(_group(record) for record in curves.plates)


def _group(record: PlateRecord) -> CurveGroup:
    first = next((fact.id for fact in record.facts), "")
    anchor = fact_anchor(first) if first else "curves"
    title = _ASSAYS.get(record.file.assay, record.file.assay)
    return CurveGroup(title, record.source, anchor, tuple(_lines(record)))


def _lines(record: PlateRecord) -> Iterator[MeasureLine]:
    result, names = record.result, dict(record.samples)
    for curve in result.curves:
        yield MeasureLine(_title(curve), (curve_words(curve),), curve.flags, not curve.accepted)
    for one in result.samples:
        what = f"{names[one.sample]}, {one.target}"
        lost = one.status == "not assessable"
        yield MeasureLine(what, (sample_words(one),), one.flags, lost)
    for number in result.copy_numbers:
        what = f"{names[number.sample]}, {number.target}, copies per cell"
        yield MeasureLine(what, (_copies(number.value, number.low, number.high, number.reason),))
    missing = tuple(result.rules.miqe[item] for item in result.missing)
    if missing:
        yield MeasureLine("Not told by the file (MIQE)", missing, ("unverified list",))
    yield MeasureLine("Notes", (*result.plate.notes, result.rules.note))


def _title(curve: Curve) -> str:
    return f"Curve of {curve.target}" + (f", run {curve.run}" if curve.run else "")


def _copies(value: float | None, low: float | None, high: float | None, reason: str) -> str:
    if value is None or low is None or high is None:
        return f"not assessable: {reason}"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"
