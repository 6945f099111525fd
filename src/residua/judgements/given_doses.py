"""What a record says was given of a drug in a course, and the body it was given to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.errors import ValueFault
from residua.facts.body_size import the_one
from residua.facts.drug_names import spelled_out
from residua.facts.laboratory import Vital
from residua.facts.quantity import Quantity
from residua.facts.treatment import Drug, Treatment
from residua.measures.dose import Body, of_course

NOT_GIVEN = ("held", "omitted")
_INTRATHECAL = ("it", "intrathecal")
Way = tuple[str, bool]


def way_of(drug: Drug) -> Way:
    """The drug's one name, and whether it went into the cerebrospinal fluid."""
    return spelled_out(drug.name), (drug.route or "").strip().casefold() in _INTRATHECAL


def rows_of(treatment: Treatment, way: Way) -> tuple[Drug, ...]:
    """The rows of a drug by one way; rows that are only planned are left out."""
    return tuple(d for d in treatment.drugs if way_of(d) == way and d.status != "planned")


def given_rows(treatment: Treatment, way: Way) -> tuple[Drug, ...]:
    """The rows of doses that were given; without a status, a dose of the record was given."""
    return tuple(d for d in rows_of(treatment, way) if d.status not in NOT_GIVEN)


@dataclass(frozen=True)
class Given:
    """The doses of a drug in one course: single doses with their number, or why not."""

    doses: tuple[tuple[Quantity, int], ...] = ()
    missing: str = ""
    notes: tuple[str, ...] = ()


def given_doses(treatment: Treatment, way: Way) -> Given:
    """Every dose given; ``missing`` says what the record lacks."""
    rows = rows_of(treatment, way)
    if not rows:
        return Given(missing="not in the record of the course")
    notes = tuple(dict.fromkeys(_notes(rows)))
    doses = []
    for row in given_rows(treatment, way):
        if row.dose is None or not row.days:
            return Given(
                missing=f"{'dose' if row.dose is None else 'days'} not stated", notes=notes
            )
        doses.append((row.dose, len(row.days) * a_day(row)))
    return Given(tuple(doses), notes=notes)


def a_day(row: Drug) -> int:
    """Doses on each of a row's days."""
    hours = float(row.every.to("h").value) if row.every and row.every.kind == "time" else 24.0
    return max(1, round(24 / hours)) if hours else 1


def _notes(rows: Iterable[Drug]) -> Iterable[str]:
    for row in rows:
        if row.status in (*NOT_GIVEN, "reduced"):
            days = f" on day {', '.join(map(str, row.days))}" if row.days else ""
            yield f"{row.status}{days}: {row.reason or 'reason not stated'}"
        elif row.status is None:
            yield "whether each dose was given is not stated; the record's doses count as given"


def course_total(doses: Iterable[tuple[Quantity, int]]) -> Quantity | None:
    """All doses together where they are of one kind; None for several kinds or none."""
    sums = [of_course(dose, count) for dose, count in doses]
    if not sums or len({part.kind for part in sums}) > 1:
        return None
    unit = sums[0].unit
    return Quantity(sum((p.to(unit).value for p in sums), start=sums[0].value * 0), unit)


def body_at(course: Course, item: Placed) -> tuple[Body, tuple[str, ...]]:
    """The latest height and weight on or before the first day (Residua's choice), with their ids.

    Two that differ on that day are not chosen from.
    """
    found: dict[str, Quantity] = {}
    ids: list[str] = []
    for name in ("height", "weight"):
        earlier = _readings(course, item, name)
        last = max((p.span.latest for p, _ in earlier if p.span.latest), default=None)
        latest = [(p.id, q) for p, q in earlier if p.span.latest == last]
        try:
            value = the_one(name, [quantity for _, quantity in latest])
        except ValueFault:
            continue
        if value is not None:
            found[name] = value
            ids += [identifier for identifier, _ in latest]
    return Body(found.get("height"), found.get("weight")), tuple(ids)


def _readings(course: Course, item: Placed, name: str) -> list[tuple[Placed, Quantity]]:
    if not item.dated or item.span.latest is None:
        return []
    return [
        (placed, vital.value)
        for placed, vital in course.of(Vital)
        if vital.item == name
        and vital.value is not None
        and placed.dated
        and placed.span.latest is not None
        and placed.span.latest <= item.span.latest
    ]
