"""ICAHT (Rejeski 2023): grades of neutrophils after an infusion of effector cells.

`grade` judges days and values that are already counted; ``icaht_days`` counts them.
"""

from __future__ import annotations

from dataclasses import replace

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_days import grade_by_days
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

EARLY_DAYS = 31
AT_500, AT_100, OPEN = "days_at_or_below_500", "days_at_or_below_100", "open_since_start"
SECOND = "second_value"


def book() -> GradeBook:
    """The cells of the grades."""
    return load_grades("icaht_2023")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade counted days (``early``) or the lowest count (``late``).

    Days are whole numbers from 0 to 31, those at or below 100 not more than those at or below
    500; one of the two that is not stated may be any that fits the other. A `second_value` says
    that there were several counts. Raises ValueFault for what does not fit.
    """
    if SECOND in given.findings:
        _check_second(given)
        given = replace(given, findings={"counts": "several", **given.findings})
    return grade_by_days(book(), term, given, names=(AT_100, AT_500), most=EARLY_DAYS)


def _check_second(given: GradeInputs) -> None:
    if given.findings.get("counts", "several") != "several":
        expected = "counts several beside a second value"
        raise ValueFault(expected, "another word", "leave one of them out", field="finding")
    second = Quantity.parse(given.findings[SECOND], default_unit="/uL")
    if given.value is not None and second.to("/uL").value < given.value.to("/uL").value:
        expected = "the second lowest count not below the value, which is the lowest"
        raise ValueFault(expected, "the reverse", "exchange them", field="finding")
