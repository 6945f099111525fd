"""Counts after cell infusions and transplants: ICAHT, T-ICAHT, engraftment."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.treatment import CellInfusion, Transplant
from residua.judgements.cytopenia.engraftment import ASTCT, CIBMTR, asked, judge_recovery
from residua.judgements.cytopenia.graft_failure import judge_failure
from residua.judgements.cytopenia.haematotoxicity import judge_infusion
from residua.judgements.judgement import Judgement


def judge_cytopenia(course: Course) -> tuple[Judgement, ...]:
    """ICAHT and T-ICAHT after each infusion of CAR-T cells, engraftment after each transplant.

    In the order of the course; one judgement for each standard and phase.
    """
    found: list[Judgement] = []
    for item, fact in course.of(CellInfusion, Transplant):
        if isinstance(fact, Transplant):
            found += _after_transplant(course, item)
        elif isinstance(fact, CellInfusion) and fact.kind == "car-t":
            found += judge_infusion(course, item)
    return tuple(found)


def _after_transplant(course: Course, item: Placed) -> Iterator[Judgement]:
    neutrophils = judge_recovery(course, item, asked(ASTCT, "neutrophils"))
    yield neutrophils.said
    yield judge_recovery(course, item, asked(ASTCT, "platelets")).said
    yield from judge_failure(course, item, neutrophils)
    for analyte in ("neutrophils", "platelets"):
        yield judge_recovery(course, item, asked(CIBMTR, analyte)).said
