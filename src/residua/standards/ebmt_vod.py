"""SOS/VOD in adults under EBMT 2016 and 2023: the severity; the diagnosis is data alone."""

from __future__ import annotations

from collections.abc import Mapping

from residua.errors import ValueFault, nearest
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.severity_ruling import Scheme, Tally, grade_severity, severity_of
from residua.standards.severity_table import SeverityTable, Stated, load_severity

BOOKS = {"2016": "ebmt_vod_2016", "2023": "ebmt_vod_2023"}
"""Version -> the file of its criteria and cells."""
_MILD, _SEVERE, _VERY_SEVERE = 1, 3, 4


def table(version: str) -> SeverityTable:
    """The severity of one version; raises ValueFault for one that is not encoded."""
    if version not in BOOKS:
        do = nearest(version, BOOKS)
        raise ValueFault("a version of EBMT VOD", "another one", do, field="version")
    return load_severity(BOOKS[version])


def grade(term: str, given: GradeInputs, *, version: str) -> Grading:
    """The severity of findings (``days``, ``bilirubin``, ...); raises ValueFault.

    Grade 1 is mild, 2 moderate, 3 severe, 4 very severe. No grade is given where what is not
    stated could change it, nor where no category holds the two worst criteria.
    """
    return grade_severity(table(version), term, given, SCHEME)


def severity(stated: Mapping[str, Stated], *, version: str) -> Grading:
    """The severity of plain inputs, in the units of the table."""
    return severity_of(table(version), stated, SCHEME)


def _verdict(tally: Tally) -> tuple[bool, frozenset[int]]:
    """The worst category with two criteria; multi-organ failure and risk factors beside it.

    The text gives no grade where the second worst criterion stands alone in its category. That a
    milder category holds two does not count then: a worse patient would have a lower grade.
    """
    if "multi-organ" in tally.flags:
        return True, frozenset({_VERY_SEVERE})
    counts = dict(enumerate(tally.counts, 1))
    if tally.of_two:  # the weight gain of 5 to below 10 %
        severe = counts[_SEVERE] or counts[_VERY_SEVERE]
        counts[_SEVERE if severe else _SEVERE - 1] += tally.of_two
    met = [category for category, count in counts.items() for _ in range(count)]
    second, worst = (_MILD, _MILD, *met)[-2:]
    if counts[second] > 1:
        return True, frozenset({_raised(second, tally)})
    return False, frozenset({_raised(second, tally), _raised(worst, tally)})


def _raised(category: int, tally: Tally) -> int:
    return category + ("risk-factors" in tally.flags and category < _SEVERE)


SCHEME = Scheme(
    verdict=_verdict,
    always=("two-criteria",),
    flags=("multi-organ", "risk-factors"),
    of_two=("weight-of-two-categories",),
)
