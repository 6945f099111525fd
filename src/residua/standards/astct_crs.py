"""ASTCT 2019 grading of cytokine release syndrome: the worse of hypotension and hypoxia."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from residua.errors import ValueFault
from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_findings import grade_by_findings, measured
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import load

_MEASURED = {
    "temperature": ("fever", "Cel", "fever", ("yes", "no")),
    "oxygen_flow": ("hypoxia", "L/min", "low-flow", ("low-flow", "high-flow")),
}
"""Measured finding -> the finding in words, the unit, the rule, the words where it holds or not."""


def book() -> GradeBook:
    """The cells of the grading."""
    return load_grades("astct_crs")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade ``fever``, ``hypotension`` and ``hypoxia``; ``temperature`` may stand for the first.

    ``oxygen_flow`` (of a nasal cannula) may stand for hypoxia. ``anticytokine`` says whether
    antipyretic or anticytokine therapy was given, after which no fever is needed. Raises
    ValueFault for a finding that does not fit.
    """
    return grade_by_findings(book(), term, replace(given, findings=_in_words(given.findings)))


def _in_words(findings: Mapping[str, str]) -> dict[str, str]:
    found = dict(findings)
    for name, (word_name, unit, rule, (yes, no)) in _MEASURED.items():
        raw = found.pop(name, None)
        if raw is None:
            continue
        if word_name in found:
            expected = f"{name} or {word_name}"
            raise ValueFault(expected, "both", "leave one of them out", field="finding")
        value = measured(name, raw, unit)
        if name == "oxygen_flow" and not value.value:
            raise ValueFault("oxygen_flow above 0", "0", "state hypoxia=none", field="finding")
        found[word_name] = yes if load("astct_signs")[rule].holds(value) else no
    return found
