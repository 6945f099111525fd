"""B cells after an infusion of CAR-T cells, asked by each definition of aplasia by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residua.course.b_cell_course import (
    AplasiaBy,
    AplasiaRun,
    BCellCourse,
    BCellValue,
    Days,
    OtherCause,
)
from residua.course.course import Course
from residua.course.lab_series import LabPoint, days_after, lab_series
from residua.course.placing import Placed
from residua.course.since_infusion import car_t_infusions, days_since, following
from residua.course.targets import NOT_GIVEN
from residua.facts.drug_names import spelled_out, targeted_drug
from residua.facts.finding import Event
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Drug, Transplant, Treatment
from residua.judgements.risk.aplasia import B_LINEAGE, SIX_MONTHS
from residua.standards.relapse_mechanism import aplasia
from residua.standards.rulebook import Rule

OTHER_TARGET = "the infused cells aim at no antigen of B cells"


def b_cell_course(course: Course, infusion: CellInfusion) -> BCellCourse:
    """The B cells from the infusion to the next one of CAR-T cells; nothing is inferred."""
    if infusion.target and not set(infusion.target) & set(B_LINEAGE):
        return BCellCourse(reason=OTHER_TARGET)
    infusions = car_t_infusions(course)
    points: list[tuple[Days, LabPoint]] = []
    left_out: list[str] = []
    for point in (*lab_series(course, "b-cells"), *lab_series(course, "cd19")):
        follows = following(course, infusions, point.id)
        if follows.infusion != infusion.id:
            continue
        if follows.days is None:
            left_out.append(point.id)
        elif follows.days[0] >= 0:
            points.append((follows.days, point))
    points.sort(key=lambda one: (*one[0], course.position[one[1].id]))
    late = _late(points)
    values = tuple(_value(days, point, late) for days, point in points)
    return BCellCourse(
        values,
        tuple(_by(rule, values) for rule, _ in aplasia({})),
        tuple(_other_causes(course, infusion)),
        tuple(_immunoglobulin(course, infusion)),
        tuple(left_out),
        _relapse(course, infusion),
    )


def _late(points: Sequence[tuple[Days, LabPoint]]) -> frozenset[str]:
    """Fractions beyond six months, where there are some of two days at least."""
    found = [
        (days, p.id) for days, p in points if days[0] > SIX_MONTHS and p.value.kind == "fraction"
    ]
    certain = {days for days, _ in found if days[0] == days[1]}
    return frozenset(name for _, name in found) if len(certain) > 1 else frozenset()


def _value(days: Days, point: LabPoint, late: frozenset[str]) -> BCellValue:
    """A count is asked by rules of counts, a fraction by rules of fractions.

    Of which cells a fraction is, the record does not say: only 0 % is certain.
    """
    count = point.value.kind == "count concentration"
    name = "b_cells" if count else "b_cell_fraction"
    certain = count or (point.value.value == 0 and not point.value.censored)
    given = {name: point.value, "late_b_cell_fraction": point.value} if certain else {}
    if point.id not in late:
        given.pop("late_b_cell_fraction", None)
    asked = {name} if count else {name, "late_b_cell_fraction"} if point.id in late else {name}
    truths = [(rule.id, truth) for rule, truth in aplasia(given) if rule.quantity in asked]
    holds, fails, unknown = (
        tuple(rule for rule, truth in truths if truth is said) for said in (True, False, None)
    )
    return BCellValue(point.id, days, point.value, holds, fails, unknown)


def _by(rule: Rule, values: Sequence[BCellValue]) -> AplasiaBy:
    """The runs of values under which the rule holds; one that cannot be told ends none."""
    told = [v for v in values if rule.id in v.holds or rule.id in v.fails]
    runs: list[AplasiaRun] = []
    run: list[BCellValue] = []
    for value in told:
        if rule.id in value.holds:
            run.append(value)
        elif run:
            runs.append(AplasiaRun(run[0].days, run[-1].days, len(run), value.days))
            run = []
    if run:
        runs.append(AplasiaRun(run[0].days, run[-1].days, len(run), None))
    return AplasiaBy(rule, tuple(runs), len(told))


def _immunoglobulin(course: Course, infusion: CellInfusion) -> Iterator[tuple[str, Days]]:
    infusions = car_t_infusions(course)
    for item, support in course.of(Support):
        if support.kind != "immunoglobulin":
            continue
        follows = following(course, infusions, item.id)
        if follows.infusion == infusion.id and follows.days and follows.days[0] >= 0:
            yield item.id, follows.days


def _relapse(course: Course, infusion: CellInfusion) -> tuple[str, Days] | None:
    """The first relapse after the infusion: from then on cells with CD19 may be blasts."""
    for item, event in course.of(Event):
        days = days_since(course, infusion.id, item.id)
        if event.kind == "relapse reported" and days is not None and days[0] >= 0:
            return item.id, days
    return None


def _other_causes(course: Course, infusion: CellInfusion) -> Iterator[OtherCause]:
    """The lymphodepletion, the last therapy before, and all therapy until the next infusion."""
    place, start = course.position, course.position[infusion.id]
    infusions = [one.id for one in car_t_infusions(course)]
    stop = min((place[one] for one in infusions if place[one] > start), default=len(place))
    if infusion.lymphodepletion:
        words = f"lymphodepletion: {infusion.lymphodepletion}"
        yield OtherCause(infusion.id, words, (0.0, 0.0), before=True)
    told = [(item, _therapy_words(item)) for item in course.therapies]
    named = [(item, words) for item, words in told if words]
    earlier = [one for one in named if place[one[0].id] < start][-1:]
    later = [one for one in named if start < place[one[0].id] < stop]
    for item, words in (*earlier, *later):
        days = days_after(course, infusion.id, item.id)
        known = days.shortest is not None or days.longest is not None
        span = (days.shortest, days.longest) if known else None
        yield OtherCause(item.id, words, span, before=place[item.id] < start)


def _therapy_words(item: Placed) -> str:
    """A transplant or drugs that were given, with the antigen of B cells that one aims at."""
    if isinstance(item.fact, Transplant):
        return "haematopoietic cell transplant"
    if not isinstance(item.fact, Treatment):
        return ""
    given = [drug for drug in item.fact.drugs if drug.status not in NOT_GIVEN]
    names = dict.fromkeys(_drug_words(drug) for drug in given)
    regimen = "" if item.fact.regimen == "free" else item.fact.regimen
    return ", ".join(names) or regimen


def _drug_words(drug: Drug) -> str:
    known = targeted_drug(drug.name)
    if known is not None and known.target in B_LINEAGE:
        return f"{known.name} (aims at {known.target})"
    return spelled_out(drug.name)
