"""MAGIC 2016: stages of acute GVHD by organ from raw values, and the overall grade."""

from __future__ import annotations

from residua.errors import ValueFault
from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import find_term, grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.stated_conventions import conventions_of
from residua.standards.stool_stage import StoolTerms, stage_by_stool

OVERALL, SKIN, LOWER_GI = "acute-gvhd", "skin", "lower-gi"
COLUMNS = StoolTerms(
    severe=LOWER_GI,
    volume={"adult": "lower-gi-volume-adult", "child": "lower-gi-volume-child"},
    episodes={"adult": "lower-gi-episodes-adult", "child": "lower-gi-episodes-child"},
)


def book() -> GradeBook:
    """The cells."""
    return load_grades("magic")


def grade(term: str, given: GradeInputs) -> Grading:
    """The overall grade (0-4 for 0-IV), or the stage of one organ as the grade of its term.

    Overall (no term): the stages ``skin liver upper_gi lower_gi``. Terms ``skin`` (part of the
    body surface; findings ``bullae``, ``desquamation``), ``liver`` (bilirubin), ``upper-gi``
    (finding ``symptoms``), ``lower-gi`` (see `stage_by_stool`). Raises ValueFault for a term,
    unit or finding that does not fit.
    """
    found = find_term(book(), term or OVERALL)
    if found.id == LOWER_GI:
        return stage_by_stool(book(), COLUMNS, given, conventions_of("magic"))
    if found.id == SKIN and given.value is not None and given.value.kind == "fraction":
        _check_surface(given)
    return grade_by_cells(book(), found.id, given)


def _check_surface(given: GradeInputs) -> None:
    if given.value is not None and given.value.number > 1:
        do = "give the part of the body surface"
        raise ValueFault("at most 100 % of the body surface", "a larger part", do, field="value")
