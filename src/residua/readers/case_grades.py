"""Reported grades outside the scale that the source names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.errors import Fault, ValueFault
from residua.facts.finding import Finding
from residua.readers.case_rows import Row
from residua.standards import ctcae
from residua.standards.ctcae_names import term_named
from residua.standards.grade_scales import SCALES

_DEATH = 5


def grade_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """One fault for every grade that the standard, or the term of CTCAE, does not have.

    Where no standard is named nothing is refused. Grade 5, death, is left to the standard: not
    every term of CTCAE prints it.
    """
    for row in rows:
        finding = row.fact
        if isinstance(finding, Finding) and finding.grade_reported and finding.standard:
            problem = _problem(finding, finding.grade_reported)
            if problem is not None:
                yield row.place.fault(("grade_reported",), problem)


def _problem(finding: Finding, grade: int) -> ValueFault | None:
    name = (finding.standard or "").strip().lower()
    low, worst = SCALES.get(name, (0, _DEATH))
    if not low <= grade <= worst:
        return ValueFault(f"a grade of {name}, {low} to {worst}", "another one", "correct it")
    if name != "ctcae" or finding.version not in ctcae.BOOKS or grade == _DEATH:
        return None
    term = term_named(ctcae.book(finding.version), finding.term)
    grades = sorted({cell.grade for cell in term.cells if cell.grade}) if term else []
    if term is None or grade in grades:
        return None
    listed = ", ".join(str(one) for one in (0, *grades))
    expected = f"a grade that CTCAE {finding.version} prints for {term.id}: {listed}"
    return ValueFault(expected, "another one", "correct it")
