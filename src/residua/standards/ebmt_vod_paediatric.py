"""SOS/VOD in children under EBMT 2018: the severity; the diagnosis is data alone."""

from __future__ import annotations

from collections.abc import Mapping

from residua.errors import ValueFault
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.severity_ruling import Scheme, Tally, grade_severity, severity_of
from residua.standards.severity_table import SeverityTable, Stated, load_severity

BOOKS = {"2018": "ebmt_vod_paediatric_2018"}
"""Version -> the file of its criteria and cells."""
_MILD, _SEVERE, _VERY_SEVERE = 1, 3, 4


def table(version: str) -> SeverityTable:
    """The severity of one version; raises ValueFault for one that is not encoded."""
    if version not in BOOKS:
        raise ValueFault("a version of it", "another one", "name 2018", field="version")
    return load_severity(BOOKS[version])


def grade(term: str, given: GradeInputs, *, version: str) -> Grading:
    """The severity of findings (``transaminases``, ``ascites``, ...); raises ValueFault.

    The worst category met counts; no grade is given where what is not stated could change it.
    """
    return grade_severity(table(version), term, given, SCHEME)


def severity(stated: Mapping[str, Stated], *, version: str) -> Grading:
    """The severity of plain inputs, in the units of the table."""
    return severity_of(table(version), stated, SCHEME)


def _verdict(tally: Tally) -> tuple[bool, frozenset[int]]:
    """The worst category; two starred criteria in the severe range are very severe."""
    worst = max((n for n, count in enumerate(tally.counts, 1) if count), default=_MILD)
    two_starred = tally.starred > 1 and worst >= _SEVERE
    very_severe = two_starred or "multi-organ" in tally.flags
    return True, frozenset({_VERY_SEVERE if very_severe else worst})


SCHEME = Scheme(verdict=_verdict, always=("worst-category", "two-starred"), flags=("multi-organ",))
