"""Which items of the CARE checklist a record answers, and what it lacks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Decision, Event, Finding
from residua.facts.genetics import Genetics
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.standards.care import CareItem, care_checklist

Said = Mapping[str, tuple[Judgement, ...]]
GIVEN = (Treatment, Transplant, CellInfusion)


@dataclass(frozen=True)
class CareAnswer:
    """One item: ``facts`` that answer it (as ids), the ``section`` of the report that holds
    them, and what it ``lacks``; ``present`` False is missing."""

    item: CareItem
    present: bool
    section: str = ""
    facts: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def care_answers(course: Course, families: Said) -> tuple[CareAnswer, ...]:
    """Every item in the order of the checklist.

    What only an author can write is missing here, never made up.
    """
    return tuple(_answer(course, families, item) for item in care_checklist().items)


def _answer(course: Course, families: Said, item: CareItem) -> CareAnswer:
    look = _LOOKS.get(item.id)
    if look is None:
        return CareAnswer(item, False, lacks=("to be written by the author",))
    section, facts, lacks = look(course, families)
    return CareAnswer(item, bool(facts), section if facts else "", facts, lacks)


Looked = tuple[str, tuple[str, ...], tuple[str, ...]]


def _ids(course: Course, *kinds: type[Fact]) -> tuple[str, ...]:
    return tuple(item.id for item, _ in course.of(*kinds))


def _title(course: Course, _: Said) -> Looked:
    title = course.case.title
    words = () if "case report" in title.lower() else ("the words “case report”",)
    return "top", ("title",) if title else (), words


def _demographics(course: Course, _: Said) -> Looked:
    patient = course.case.patient
    if patient is None:
        return "course", (), ("the patient",)
    wanted = {"sex": patient.sex, "age": patient.age_at_diagnosis or patient.birth}
    lacks = tuple(name for name, value in wanted.items() if value is None)
    known = (patient.id,) if len(lacks) < len(wanted) else ()
    return "course", known, (*lacks, "ethnicity and occupation, which the record has no place for")


def _symptoms(course: Course, _: Said) -> Looked:
    return "course", _before_treatment(course, present=True), ()


def _examination(course: Course, _: Said) -> Looked:
    exams = tuple(i.id for i, a in course.of(Assessment) if a.kind == "exam")
    return "course", (*exams, *_before_treatment(course)), ()


def _before_treatment(course: Course, present: bool | None = None) -> tuple[str, ...]:
    """Findings that lie before the first treatment in the order of the course."""
    first = min((course.position[i] for i in _ids(course, *GIVEN)), default=len(course.placed))
    return tuple(
        item.id
        for item, finding in course.of(Finding)
        if course.position[item.id] < first and (present is None or finding.present is present)
    )


def _types(course: Course, _: Said) -> Looked:
    return "treatments", _ids(course, *GIVEN), ()


def _administration(course: Course, _: Said) -> Looked:
    told = [(i, t) for i, t in course.of(Treatment) if any(d.dose for d in t.drugs)]
    without = [
        i.id
        for i, t in course.of(Treatment)
        if not t.drugs or any(d.dose is None or not d.days for d in t.drugs)
    ]
    without += [i.id for i, t in course.of(Transplant) if t.conditioning is None]
    without += [i.id for i, c in course.of(CellInfusion) if c.dose is None]
    doses = [i.id for i, c in course.of(CellInfusion) if c.dose is not None]
    lacks = tuple(f"dose or days of {name}" for name in without)
    return "treatments", (*(i.id for i, _ in told), *doses), lacks


def _changes(course: Course, _: Said) -> Looked:
    reasons = [i.id for i, t in course.of(Treatment) if any(d.reason for d in t.drugs)]
    decisions = _ids(course, Decision)
    return "options", (*decisions, *reasons), ()


def _past(course: Course, _: Said) -> Looked:
    reported = [i.id for i, a in course.of(Assessment) if a.response_reported]
    return "treatments", (*_ids(course, *GIVEN), *reported), ()


def _timeline(course: Course, _: Said) -> Looked:
    dated = tuple(item.id for item in course.placed if item.dated)
    undated = len(course.placed) - len(dated)
    lacks = (f"dates of {undated} of {len(course.placed)} facts",) if undated else ()
    return "figure", dated, lacks


def _methods(course: Course, _: Said) -> Looked:
    found = [i.id for i, a in course.of(Assessment) if a.kind]
    found += [i.id for i, m in course.of(MrdReading) if m.method]
    unnamed = [i.id for i, m in course.of(MrdReading) if not m.method]
    lacks = tuple(f"method of {name}" for name in unnamed)
    return "facts", (*found, *_ids(course, Genetics)), lacks


def _prognosis(course: Course, families: Said) -> Looked:
    judged = families.get("risk", ())
    facts = tuple(dict.fromkeys(f for j in judged for f in j.facts))
    lacks = tuple(dict.fromkeys(m for j in judged for m in j.missing))
    return "risk", facts or _ids(course, Genetics), lacks


def _outcomes(course: Course, families: Said) -> Looked:
    judged = tuple(dict.fromkeys(j.subject for j in families.get("response", ()) if j.verdict))
    contact = tuple(i.id for i, e in course.of(Event) if e.kind in ("last contact", "death"))
    return "verdicts", (*judged, *contact), ("outcomes as the patient assessed them",)


def _tests(course: Course, _: Said) -> Looked:
    return "facts", _ids(course, MrdReading, Lab, Assessment), ()


def _adherence(_: Course, families: Said) -> Looked:
    judged = families.get("adherence", ())
    facts = tuple(dict.fromkeys(j.subject for j in judged if j.verdict))
    return "treatments", facts, ("tolerability as the patient told it",)


def _adverse(course: Course, families: Said) -> Looked:
    names = ("toxicity", "immune effector", "cytopenia", "liver", "graft")
    judged = [j for name in names for j in families.get(name, ()) if j.verdict]
    facts = dict.fromkeys(f for j in judged for f in j.facts if f in course.by_id)
    return "toxicity", tuple(facts), ()


_LOOKS: dict[str, Callable[[Course, Said], Looked]] = {
    "1": _title,
    "5a": _demographics,
    "5b": _symptoms,
    "5d": _past,
    "6": _examination,
    "7": _timeline,
    "8a": _methods,
    "8d": _prognosis,
    "9a": _types,
    "9b": _administration,
    "9c": _changes,
    "10a": _outcomes,
    "10b": _tests,
    "10c": _adherence,
    "10d": _adverse,
}


def missing_items(answers: Iterable[CareAnswer]) -> tuple[str, ...]:
    """The ids of the items that the record does not answer."""
    return tuple(answer.item.id for answer in answers if not answer.present)
