"""Grades of standards whose terms take findings alone; the term may be left out."""

from __future__ import annotations

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.grade_book import GradeBook
from residua.standards.grade_by_cells import grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading


def grade_by_findings(book: GradeBook, term: str, given: GradeInputs) -> Grading:
    """Grade findings under `term`, the book's first one where none is named.

    Raises ValueFault for a term or finding that does not fit.
    """
    return grade_by_cells(book, term or book.terms[0].id, given)


def measured(name: str, raw: str, unit: str) -> Quantity:
    """A finding that is a number: exact, at least 0, in `unit` where it names none.

    Raises ValueFault with ``field`` finding.
    """
    try:
        quantity = Quantity.parse(raw, default_unit=unit).to(unit)
    except ValueFault as fault:
        raise ValueFault(
            f"{name}: {fault.expected}", fault.received, fault.do, field="finding"
        ) from fault
    if quantity.censored or quantity.value < 0:
        expected = f"{name}: an exact number of at least 0"
        raise ValueFault(expected, "another one", "give the number", field="finding")
    return quantity
