"""Grades outside the scale that they are reported under, days beyond the cycle of a regimen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.errors import Fault, ValueFault
from residua.facts.finding import Finding
from residua.facts.treatment import Treatment
from residua.readers.case_rows import Row
from residua.standards.grade_scales import SCALES
from residua.standards.regimen import Regimen
from residua.standards.regimen_shelf import regimens_called


def scale_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """One fault for every grade outside its scale and every drug given beyond its cycle."""
    for row in rows:
        if isinstance(row.fact, Finding):
            yield from _outside_its_scale(row, row.fact)
        elif isinstance(row.fact, Treatment):
            yield from _beyond_its_cycle(row, row.fact)


def _outside_its_scale(row: Row, finding: Finding) -> Iterator[Fault]:
    scale = SCALES.get(finding.standard or "")
    if scale is None or finding.grade_reported is None:
        return
    low, high = scale
    if not low <= finding.grade_reported <= high:
        problem = ValueFault(
            f"a grade of {finding.standard} from {low} to {high}", "a grade outside it",
            "correct the grade or the standard",
        )  # fmt: skip
        yield row.place.fault(("grade_reported",), problem)


def _beyond_its_cycle(row: Row, course: Treatment) -> Iterator[Fault]:
    """Only where one regimen is meant, and its source gives the cycle a longest length."""
    found = regimens_called(course.regimen) if course.regimen.casefold() != "free" else ()
    longest = _longest(found[0], course.cycle) if len(found) == 1 else None
    if longest is None:
        return
    last = found[0].counts_from + longest - 1
    for place, drug in enumerate(course.drugs):
        if drug.days and max(drug.days) > last:
            problem = ValueFault(
                f"days up to {last}, the end of the cycle of {found[0].name}", "a day beyond it",
                "correct the day, or begin the next cycle as a course of its own",
            )  # fmt: skip
            yield row.place.fault(("drugs", place, "days"), problem)


def _longest(regimen: Regimen, number: int | None) -> int | None:
    """The longest that the cycle may last, in days; of all cycles where none is named."""
    cycles = [regimen.cycle(n) for n in ((number,) if number else regimen.numbers)]
    lengths = [cycle.up_to or cycle.length for cycle in cycles if cycle is not None]
    known = [int(length.to("d").value) for length in lengths if length is not None]
    return max(known) if known and len(known) == len(cycles) else None
