"""Where the patient stands at the last data date: the last value of each thing that is followed.

Nothing is carried forward silently: every value comes with the fact it is from, so that a
view can say how old it is, and what was never stated stays None.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, Range, duration
from residua.course.elapsed import Anchored, anchored, days_between, last_dose
from residua.course.lines import Line
from residua.course.placing import Placed
from residua.course.targets import Targeting, targeting
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Phenotype
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.treatment import CellInfusion, Transplant

MARKERS = ("CD19", "CD22")
COUNTS = ("wbc", "neutrophils", "platelets", "hemoglobin")


@dataclass(frozen=True)
class AntigenState:
    """The last reading of a marker; ``positive`` is None where no source calls it so or not.

    ``together`` are all readings of that occasion, ``flags`` those that came with the reading.
    """

    marker: str
    reading: Placed | None = None
    percent: float | None = None
    positive: bool | None = None
    flags: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    together: tuple[Placed, ...] = ()


@dataclass(frozen=True)
class CountState:
    """The last value of an analyte; None where none is stated."""

    analyte: str
    reading: Placed | None = None
    contradicted_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """Time from a therapy's (last) day to the last data date; None where it was not given."""

    what: str
    item: Placed | None = None
    elapsed: Range | None = None
    times: int = 0


@dataclass(frozen=True)
class State:
    """What is known of the patient at the last data date."""

    last: Placed | None
    mrd: tuple[Placed, ...]
    antigens: tuple[AntigenState, ...]
    counts: tuple[CountState, ...]
    since: tuple[Since, ...]
    line: Line | None


def state_of(course: Course) -> State:
    """The state at the last data date, from the facts alone."""
    last = last_data(course)
    return State(
        last,
        _last_mrd(course),
        tuple(_antigen(course, marker) for marker in MARKERS),
        tuple(_count(course, analyte) for analyte in COUNTS),
        _since(course, last),
        course.lines[-1] if course.lines else None,
    )


def last_data(course: Course) -> Placed | None:
    """The dated fact that may lie latest; the later in the order where two end on one day."""
    return course.last


def age_at(course: Course, item: Placed, last: Placed | None) -> Range:
    """How long before the last data date a fact was."""
    return _until(course, anchored(course, item.id), last)


def _last_mrd(course: Course) -> tuple[Placed, ...]:
    """The last MRD reading and those of the same occasion; methods are never averaged."""
    readings = [item for item, _ in course.of(MrdReading)]
    return tuple(item for item in readings if _one_occasion(item, readings[-1]))


def _one_occasion(a: Placed, b: Placed) -> bool:
    same = a.fact.assessment is not None and a.fact.assessment == b.fact.assessment
    return a.id == b.id or same or (a.dated and b.dated and a.span == b.span)


def _antigen(course: Course, marker: str) -> AntigenState:
    """What was last said of a marker; a reading that says nothing stands only where all do."""
    named = [item for item in course.placed if _names(item.fact, marker)]
    readings = [item for item in named if _speaks_of(item.fact, marker)] or named
    if not readings:
        return AntigenState(marker)
    together = [item for item in readings if _one_occasion(item, readings[-1])]
    chosen = next((i for i in reversed(together) if _percent(i.fact) is not None), together[-1])
    signs = {sign for i in together if (sign := _sign(i.fact, marker)) is not None}
    positive = signs.pop() if len(signs) == 1 else None
    others = course.conflicts_of(chosen.id) or (
        tuple(i.id for i in together if i.id != chosen.id) if signs else ()
    )
    flags = chosen.fact.flags if isinstance(chosen.fact, AntigenReading) else ()
    percent = _percent(chosen.fact)
    return AntigenState(marker, chosen, percent, positive, flags, others, tuple(together))


def _names(fact: Fact, marker: str) -> bool:
    if isinstance(fact, AntigenReading):
        return fact.marker == marker
    return isinstance(fact, Phenotype) and marker in (*fact.positive, *fact.negative)


def _speaks_of(fact: Fact, marker: str) -> bool:
    if isinstance(fact, AntigenReading) and fact.percent is None and fact.positive is None:
        return False
    return _names(fact, marker)


def _percent(fact: Fact) -> float | None:
    return fact.percent if isinstance(fact, AntigenReading) else None


def _sign(fact: Fact, marker: str) -> bool | None:
    if isinstance(fact, AntigenReading):
        return fact.positive
    return marker in fact.positive if isinstance(fact, Phenotype) else None


def _count(course: Course, analyte: str) -> CountState:
    found = [p for p, lab in course.of(Lab) if lab.analyte == analyte and lab.value is not None]
    if not found:
        return CountState(analyte)
    return CountState(analyte, found[-1], course.conflicts_of(found[-1].id))


def _since(course: Course, last: Placed | None) -> tuple[Since, ...]:
    transplants = [item for item, _ in course.of(Transplant)]
    cells = course.of(CellInfusion)
    car_t = [item for item, infusion in cells if infusion.kind == "car-t"]
    lymphocytes = [item for item, infusion in cells if infusion.kind == "dli"]
    found = [
        _since_items(course, "transplant", transplants, last),
        _since_items(course, "CAR-T infusion", car_t, last),
        *([_since_items(course, "donor lymphocytes", lymphocytes, last)] if lymphocytes else []),
    ]
    return (*found, *_since_drugs(course, last))


def _since_items(course: Course, what: str, items: list[Placed], last: Placed | None) -> Since:
    if not items:
        return Since(what)
    day = anchored(course, items[-1].id)
    return Since(what, items[-1], _until(course, day, last), len(items))


def _since_drugs(course: Course, last: Placed | None) -> tuple[Since, ...]:
    """The last dose of inotuzumab ozogamicin, given or not, then of other targeted drugs."""
    infusions = {item.id for item, _ in course.of(CellInfusion)}
    drugs = [t for t in targeting(course) if t.treatment not in infusions]
    names = dict.fromkeys(["inotuzumab ozogamicin", *(t.therapy for t in drugs)])
    return tuple(
        _since_drug(course, name, [t for t in drugs if t.therapy == name], last) for name in names
    )


def _since_drug(course: Course, name: str, given: list[Targeting], last: Placed | None) -> Since:
    what = f"last dose of {name}"
    if not given:
        return Since(what)
    therapy = given[-1]
    dose = last_dose(course, therapy)
    elapsed = _until(course, dose, last) if dose else Range(None, None)
    if dose is None and therapy.last is not None and last is not None:
        elapsed = _not_before(duration(therapy.last, last.span))
    times = len({t.treatment for t in given})
    return Since(what, course.by_id[therapy.treatment], elapsed, times)


def _until(course: Course, day: Anchored, last: Placed | None) -> Range:
    """Days until the last data date; for an undated therapy as far as its order bounds it."""
    if last is None:
        return Range(None, None)
    item = course.by_id[day.root]
    if not item.dated:
        return _not_before(duration(item.span.shifted(day.offset), last.span))
    return _not_before(days_between(course, day, anchored(course, last.id)))


def _not_before(elapsed: Range) -> Range:
    """The last data date lies on or after every fact, so no time since one is negative."""
    shortest, longest = elapsed.shortest, elapsed.longest
    return Range(
        shortest if shortest is None else max(shortest, 0),
        longest if longest is None else max(longest, 0),
    )
