"""What a population model says of the inotuzumab ozogamicin of a course.

All its courses are one series, as the model's time runs from the first dose. Nothing stands in
for a body or for blasts that the record does not state: without blasts the AUC is a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from residua.course.course import Course
from residua.course.exposure_curve import ExposureCurve
from residua.course.lab_series import lab_series
from residua.course.placing import Placed
from residua.errors import ValueFault
from residua.facts.drug_names import targeted_drug
from residua.facts.quantity import Quantity
from residua.facts.treatment import Drug, Treatment
from residua.judgements.given_doses import NOT_GIVEN, body_at
from residua.measures.modelled_exposure import Dose, model_exposure
from residua.standards.rulebook import Rule, load

MODEL = "garrett-2019"
DRUG = "inotuzumab ozogamicin"
_ALL_BLASTS = 100.0
_STATUS = "whether each dose was given is not stated; the record's doses count as given"
_Course = tuple[Placed, Treatment]


def exposure_curves(course: Course) -> tuple[ExposureCurve, ...]:
    """One curve of all inotuzumab ozogamicin, under the id of its first course; none without it."""
    courses = [(p, t) for p, t in course.of(Treatment) if _rows(t)]
    if not courses:
        return ()
    first = courses[0][0]
    body, sized = body_at(course, first)
    used = [p.id for p, _ in courses] + list(sized)
    doses = _doses(courses)
    if isinstance(doses, str):
        return (ExposureCurve(first.id, MODEL, tuple(used), reason=doses),)
    if body.surface is None:
        reason = "height and weight on or before the first dose not stated: no body surface"
        return (ExposureCurve(first.id, MODEL, tuple(used), reason=reason),)
    notes = (_STATUS,) if any(r.status is None for _, t in courses for r in _rows(t)) else ()
    bare = ExposureCurve(first.id, MODEL, tuple(used), notes=notes)
    surface = float(body.surface.to("m2").value)
    try:
        return (_modelled(bare, surface, _blasts(course, first), doses),)
    except ValueFault as fault:
        return (replace(bare, reason=f"{fault.expected} expected, {fault.received} on record"),)


def _modelled(
    bare: ExposureCurve, surface: float, blasts: tuple[str, float] | None, doses: Sequence[Dose]
) -> ExposureCurve:
    """`bare` with its curve, or with the range of AUC over all blasts where they are not stated."""
    known = {"bsa": surface}
    if blasts is not None:
        found = model_exposure(MODEL, {**known, "blasts": blasts[1]}, doses)
        return replace(bare, modelled=found, used=(*bare.used, blasts[0]))
    fewest = model_exposure(MODEL, {**known, "blasts": 0.0}, doses)
    most = model_exposure(MODEL, {**known, "blasts": _ALL_BLASTS}, doses)
    ends = sorted((*(area for _, area in fewest.at_floors), most.auc_to_cycle))
    reason = f"blasts in blood not stated ({_window().clause})"
    return replace(bare, reason=reason, auc_range=(ends[0], ends[-1]))


def _rows(treatment: Treatment) -> tuple[Drug, ...]:
    """The rows of doses of the drug that were given; without a status a dose was given."""
    return tuple(
        row
        for row in treatment.drugs
        if (known := targeted_drug(row.name)) is not None
        and known.name == DRUG
        and row.status not in (*NOT_GIVEN, "planned")
    )


def _doses(courses: Sequence[_Course]) -> tuple[Dose, ...] | str:
    """Every dose with its day since the first one, or what the record lacks."""
    start = courses[0][0].span
    found: list[tuple[int, float]] = []
    for placed, treatment in courses:
        if len(courses) > 1 and not (start.exact and placed.span.exact):
            return f"the first day of {placed.id} or of {courses[0][0].id} is not known"
        later = 0
        if start.earliest and placed.span.earliest and len(courses) > 1:
            later = (placed.span.earliest - start.earliest).days
        for row in _rows(treatment):
            if row.dose is None or not row.days:
                return f"{'dose' if row.dose is None else 'days'} not stated in {treatment.id}"
            if row.dose.censored or row.dose.unit.partition("/")[2] != "m2":
                return f"a dose of {treatment.id} is not in mg/m2"
            found += [(later + day, float(row.dose.to("mg/m2").value)) for day in row.days]
    return _since_first(found)


def _since_first(found: Iterable[tuple[int, float]]) -> tuple[Dose, ...]:
    listed = sorted(found)
    return tuple(Dose(amount, float(day - listed[0][0])) for day, amount in listed)


def _window() -> Rule:
    return load("conventions")["exposure-blasts"]


def _within(days: int) -> bool:
    return days >= 0 and _window().holds(Quantity(Decimal(days), "d"))


def _blasts(course: Course, first: Placed) -> tuple[str, float] | None:
    """The last per cent of blasts in blood within the window before the first dose, with its id.

    Two of one day that differ are not chosen from; "<1 %" is no number.
    """
    start = first.span.earliest
    if not (first.dated and first.span.exact) or start is None:
        return None
    values = [
        p
        for p in lab_series(course, "blasts")
        if p.day is not None and _within((start - p.day).days) and p.value.kind == "fraction"
    ]
    last = max((p.day for p in values if p.day), default=None)
    latest = [p for p in values if p.day == last]
    if not latest or any(p.value.censored for p in latest):
        return None
    numbers = {float(p.value.to("%").value) for p in latest}
    return (latest[0].id, numbers.pop()) if len(numbers) == 1 else None
