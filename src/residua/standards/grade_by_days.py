"""Grades by days below rising limits: days that are not stated lie between those that are.

Shared by the standards that grade by days below a limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from residua.standards.count_inputs import check_order, days_in
from residua.standards.grade_between import between
from residua.standards.grade_book import GradeBook
from residua.standards.grade_by_cells import find_term, grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading


def grade_by_days(
    book: GradeBook, term_name: str, given: GradeInputs, *, names: Sequence[str], most: int
) -> Grading:
    """Grade days, the findings `names` (of the lowest limit first), of a window of `most` days.

    Raises ValueFault for no whole number of days, one beyond the window, and more days below a
    lower limit than below a higher one.
    """
    term = find_term(book, term_name)
    asked = {kind.name: kind.asks for kind in term.findings}
    names = tuple(name for name in names if name in asked)
    stated = {n: days_in(given.findings[n], n, most) for n in names if n in given.findings}
    check_order(stated, names)
    silent = [name for name in names if name not in stated]
    if not silent or not stated:
        return grade_by_cells(book, term_name, given)
    ends = (_filled(names, stated, 0), _filled(names[::-1], stated, most))
    findings = [{**given.findings} | {name: str(end[name]) for name in silent} for end in ends]
    gradings = [grade_by_cells(book, term_name, replace(given, findings=f)) for f in findings]
    found = between(gradings, missing=tuple(asked[name] for name in silent))
    shown = ", ".join(f"{name} {word}" for name, word in given.findings.items())
    if found.grade is not None:
        return replace(
            found, reason=f"{term.id} ({shown}): {gradings[0].reason.split(': ', 1)[-1]}"
        )
    grades = f"grade {found.possible[0]} to {found.possible[-1]}"
    return replace(
        found, reason=f"{term.id} ({shown}): not stated: {'; '.join(found.missing)}; {grades}"
    )


def _filled(names: Sequence[str], stated: dict[str, int], start: int) -> dict[str, int]:
    """Days of every name: those stated, the others as those before them."""
    found, days = {}, start
    for name in names:
        days = stated.get(name, days)
        found[name] = days
    return found
