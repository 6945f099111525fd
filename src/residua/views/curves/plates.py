"""The plates of a case: their curves, what was read of them, and what the file leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from residua.course.course import Course
from residua.course.curves import Curves
from residua.course.plate_record import PlateRecord
from residua.facts.molecular import INSENSITIVE, MolecularLevel
from residua.measures.digital_pcr import DigitalPlate
from residua.measures.fusion import FusionPlate
from residua.measures.plate import PlateResult
from residua.measures.plate_copies import CopyNumber
from residua.measures.plate_curve import Curve
from residua.measures.rq_plate import RqPlate
from residua.standards.qpcr import QpcrRules
from residua.views.anchors import fact_anchor
from residua.views.curves.group import CurveGroup
from residua.views.fact_words import DENOMINATORS
from residua.views.molecular_levels_export import levels_document
from residua.views.molecular_words import level_words
from residua.views.qpcr_export import curve_words, named, qpcr_document, sample_words
from residua.views.qpcr_mrd_export import (
    fusion_document,
    intent_words,
    rq_curve_words,
    rq_document,
)
from residua.views.report_measures import MeasureLine

_TITLES = {
    "transgene": "Transgene by quantitative PCR",
    "ig-tr": "Rearranged IG and TR genes by RQ-PCR",
    "fusion": "BCR::ABL1 over the control gene",
    "digital": "Digital PCR",
}
COPIES = "Fieller, two-sided, of the Ct of this plate only"
_OF_SAMPLES = ("samples", "vector_copy_numbers", "levels")


def plates_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """``residua.qpcr`` of every plate, ``residua.molecular-mrd`` of digital PCR.

    Samples go by the specimen or day of the case.
    """
    del course
    return tuple(_document(record) for record in curves.plates)


def _document(record: PlateRecord) -> dict[str, Any]:
    names = dict(record.samples)
    match record.result:
        case RqPlate():
            document = rq_document(record.result)
        case DigitalPlate():
            document = levels_document(record.result.levels)
        case FusionPlate():
            document = fusion_document(record.result)
        case PlateResult():
            document = qpcr_document(record.result)
    for part in _OF_SAMPLES:
        for one in document.get(part, ()):
            one["sample"] = names[one["sample"]]
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
    title = _TITLES.get(record.file.assay, record.file.assay)
    return CurveGroup(title, record.source, anchor, tuple(_lines(record)))


def _lines(record: PlateRecord) -> Iterator[MeasureLine]:
    names = dict(record.samples)
    match record.result:
        case RqPlate():
            yield from _rq_lines(record.result, names)
        case DigitalPlate():
            yield from _level_lines(record.result.levels, names)
        case FusionPlate():
            copies = record.result.copies
            yield from _curve_lines(copies.curves)
            yield from _level_lines(record.result.levels, names)
            yield from _unsaid(copies.missing, copies.rules, copies.plate.notes)
        case PlateResult():
            yield from _copy_lines(record.result, names)


def _copy_lines(result: PlateResult, names: Mapping[str, str]) -> Iterator[MeasureLine]:
    yield from _curve_lines(result.curves)
    for one in result.samples:
        lost = one.status == "not assessable"
        what = f"{names[one.sample]}, {one.target}"
        yield MeasureLine(what, (sample_words(one),), one.flags, lost)
    for number in result.copy_numbers:
        what = f"{names[number.sample]}, {number.target}, copies per cell"
        yield MeasureLine(what, (_per_cell(number),))
    if any(one.copies is not None for one in result.samples):
        yield MeasureLine("Intervals", (f"{result.rules.level:.0%}, {COPIES}",))
    yield from _unsaid(result.missing, result.rules, (*result.plate.notes, result.rules.note))


def _rq_lines(result: RqPlate, names: Mapping[str, str]) -> Iterator[MeasureLine]:
    for curve in result.curves:
        what = f"Curve of {named(curve.run, curve.target)}"
        marks = ("unverified limits", *curve.flags)
        yield MeasureLine(what, (rq_curve_words(curve),), marks, not curve.accepted)
    yield from _curve_lines(result.references, unit="ng")
    yield from _level_lines(result.levels, names)
    yield MeasureLine("Intent", (intent_words(result),), ("unverified",))
    yield from _unsaid(result.missing, result.miqe, result.plate.notes)


def _curve_lines(curves: Iterable[Curve], unit: str = "copies") -> Iterator[MeasureLine]:
    for curve in curves:
        what = f"Curve of {named(curve.run, curve.target)}"
        yield MeasureLine(what, (curve_words(curve, unit),), curve.flags, not curve.accepted)


def _level_lines(
    levels: Iterable[MolecularLevel], names: Mapping[str, str]
) -> Iterator[MeasureLine]:
    for level in levels:
        what = f"{names[level.sample]}, {level.target}"
        values = tuple(words for words in (_level(level), level.input) if words)
        yield MeasureLine(what, values, level.flags, level.status == "not assessable")


def _level(level: MolecularLevel) -> str:
    """The level with what it is of and the kind of its interval."""
    of, interval = f"of {DENOMINATORS[level.kind]}", level.interval
    if interval is not None:
        return f"{level_words(level)} {of}, {interval.level:.0%} interval: {interval.kind}"
    limit = f"; LOD {level.lod:.2e} {of}" if level.reason == INSENSITIVE and level.lod else ""
    return f"{level_words(level)}{limit}"


def _unsaid(
    missing: Iterable[str], rules: QpcrRules, notes: Iterable[str]
) -> Iterator[MeasureLine]:
    items = tuple(rules.miqe[item] for item in missing)
    if items:
        mark = rules.clauses["miqe"].mark
        yield MeasureLine("Not told by the file (MIQE)", items, (f"{mark} list",))
    if told := tuple(notes):
        yield MeasureLine("Notes", told)


def _per_cell(number: CopyNumber) -> str:
    if number.value is None or number.low is None or number.high is None:
        return f"not assessable: {number.reason}"
    return f"{number.value:.3g} ({number.low:.3g} to {number.high:.3g})"
