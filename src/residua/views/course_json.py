"""``course.json``: the whole evaluated course as one document of kind ``residua.course``.

Lists stand in the order of the course, keys in a fixed one; numbers are plain JSON numbers
with the digits that were stated. The same course gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from residua import NOTICE
from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.course.timing import Since, overlapping, since_milestones
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.day import Day, Span
from residua.facts.fact import Fact
from residua.facts.finding import Claim, Event, Finding
from residua.facts.laboratory import Cytokine, Lab, Transgene, Vital
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.evidence import EvidenceRow
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement
from residua.judgements.options.table import OptionTable
from residua.views.evidence_json import evidence_document

KIND = "residua.course"
VERSION = "1.1"
Json = dict[str, Any]

_HEAD = frozenset({"id", "date", "source", "note", "reported", "simulated"})


def course_document(
    course: Course,
    judgements: Iterable[Judgement],
    measures: Iterable[Mapping[str, Any]],
    software: Mapping[str, Any],
    *,
    options: Iterable[OptionTable] = (),
    evidence: Iterable[EvidenceRow] = (),
) -> Json:
    """The document of the course; `measures` are the mrd.json documents of its flow files.

    `options` are the tables of its decisions and relapses.
    """
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "case": _case(course.case),
        "facts": [fact_document(course, item) for item in course.placed],
        "events": [_event(course, item) for item in course.placed if _is_event(item.fact)],
        "measures": [dict(measure) for measure in measures],
        "judgements": [judgement_document(j) for j in in_order(course, judgements)],
        "options": [option_document(table) for table in options],
        "evidence": [evidence_document(row) for row in evidence],
        "inputs": [{"file": i.file, "sha256": i.sha256} for i in course.case.inputs],
        "software": dict(software),
    }


def course_text(document: Mapping[str, Any]) -> str:
    """The document as canonical text: two spaces of indent, UTF-8 as it is, one last newline."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _case(case: Case) -> Json:
    patient, diagnosis = case.patient, case.diagnosis
    return {
        "folder": PurePath(case.folder).name,
        "title": case.title,
        "simulated": case.simulated,
        "reference": case.reference or None,
        "patient": patient.id if patient else None,
        "diagnosis": diagnosis.disease if diagnosis else None,
        "unknown_files": sorted(case.unknown_files),
    }


def fact_document(course: Course, item: Placed) -> Json:
    """One fact: what every fact has at the top, what only its table has under ``detail``."""
    fact = item.fact
    value_field = _VALUE_FIELDS.get(type(fact))
    return {
        "id": fact.id,
        "kind": fact.table,
        "date": stated_date(course, item),
        **_span(item.span),
        "dated": item.dated,
        **_value(fact),
        "source": fact.source,
        "reported": fact.reported,
        "simulated": fact.simulated or course.case.simulated,
        "note": fact.note or None,
        "conflict_with": sorted(course.conflicts_of(fact.id)),
        "detail": _detail(fact, _HEAD | ({value_field} if value_field else set())),
    }


def stated_date(course: Course, item: Placed) -> str | None:
    """The date as stated, of the fact or else of the occasion it belongs to; None for none."""
    day = own_day(item.fact)
    if day is not None:
        return day.text
    refers = item.fact.refers_to
    occasion = course.by_id.get(refers.get("assessment") or refers.get("specimen") or "")
    return stated_date(course, occasion) if occasion is not None else None


def _span(span: Span, prefix: str = "") -> Json:
    return {
        f"{prefix}earliest": span.earliest.isoformat() if span.earliest else None,
        f"{prefix}latest": span.latest.isoformat() if span.latest else None,
    }


_VALUE_FIELDS: dict[type[Fact], str] = {
    Assessment: "blasts",
    MrdReading: "fraction",
    AntigenReading: "percent",
    Transgene: "value",
    CellInfusion: "dose",
    Finding: "value",
    Claim: "value",
    Lab: "value",
    Vital: "value",
    Cytokine: "value",
}


def _value(fact: Fact) -> Json:
    """The fact's own value in the unit that it was stated in."""
    field = _VALUE_FIELDS.get(type(fact))
    value = getattr(fact, field) if field else None
    if isinstance(fact, MrdReading) and value is None:
        value = fact.level
    if isinstance(value, Quantity):
        return dict(plain(value))
    unit = _UNITS.get(type(fact)) if value is not None else None
    return {"value": plain(value), "unit": unit, "comparator": None}


_UNITS: dict[type[Fact], str] = {AntigenReading: "%", MrdReading: "1"}


def _detail(fact: BaseModel, leave_out: frozenset[str] | set[str] = frozenset()) -> Json:
    """Every other field that was stated, by name."""
    model = type(fact).model_fields
    names = {model[name].alias or name: name for name in model if name not in leave_out}
    found = {key: plain(getattr(fact, name)) for key, name in sorted(names.items())}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def plain(value: Any) -> Any:
    """`value` as JSON knows it; decimals keep their digits, days their text."""
    match value:
        case Quantity():
            return {
                "value": plain(value.value),
                "unit": value.unit,
                "comparator": value.comparator or None,
            }
        case Decimal():
            whole = value == value.to_integral_value() and abs(value) < 10**15
            return int(value) if whole else float(value)
        case Day():
            return value.text
        case BaseModel():
            return _detail(value)
        case tuple() | list():
            return [plain(part) for part in value]
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _is_event(fact: Fact) -> bool:
    return isinstance(fact, (Treatment, Transplant, CellInfusion, Event, Assessment))


def _event(course: Course, item: Placed) -> Json:
    """What happened when, with the line of therapy of what was given."""
    line = course.line_of(item.id)
    return {
        "id": item.id,
        "kind": item.fact.table,
        "date": stated_date(course, item),
        **_span(item.span),
        "dated": item.dated,
        **_span(item.end or Span(), "end_"),
        "line": line.number if line else None,
        "line_basis": line.basis if line else None,
        "overlaps": [plain(overlap) for overlap in overlapping(course, item.id)],
        "since": [_since(since) for since in since_milestones(course, item.id)],
    }


def _since(since: Since) -> Json:
    return {
        "milestone": since.milestone,
        "shortest_days": since.days.shortest,
        "longest_days": since.days.longest,
        "words": str(since.days),
    }


def judgement_document(judgement: Judgement) -> Json:
    """All fields of a judgement, its id first."""
    return {"id": judgement.id, **plain(judgement), "details": dict(judgement.details)}


def option_document(table: OptionTable) -> Json:
    """All fields of an options table, its id first."""
    return {"id": table.id, **plain(table)}
