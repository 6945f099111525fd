"""ASTCT 2019 grading of ICANS: the worst domain, by ICE from 12 years on, by CAPD below."""

from __future__ import annotations

from dataclasses import replace

from residua.errors import ValueFault
from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import find_term
from residua.standards.grade_by_findings import grade_by_findings, measured
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import load

ICE, CAPD = "icans", "icans-capd"
"""The term with the ICE score, and the one with the CAPD in its place."""
_MOST = {"ice": 10}
_WORDS = {"yes": True, "no": False}


def book() -> GradeBook:
    """The cells of the grading."""
    return load_grades("astct_icans")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade the domains; the CAPD counts in place of ICE below 12 years or with delay.

    Which of them is taken from the term, ``age`` (in years) and ``developmental_delay``, else
    from which of the two is given; the ICE score without any. ``capd`` is a number or
    ``unable``. Raises ValueFault for a finding that does not fit, the other score included.
    """
    findings = dict(given.findings)
    named = find_term(book(), term).id if term else ""
    young = _young(findings)
    by_capd = "capd" in findings and "ice" not in findings if young is None else young
    chosen = named or (CAPD if by_capd else ICE)
    if young is not None and (chosen == CAPD) != young:
        right = CAPD if young else ICE
        raise ValueFault(f"term {right} at that age", "another", f"use {right}", field="term")
    _check_score(findings, chosen)
    return grade_by_findings(book(), chosen, replace(given, findings=findings))


def _young(findings: dict[str, str]) -> bool | None:
    """Whether the CAPD is the score, taken out of the findings; None where they do not say."""
    delay = findings.pop("developmental_delay", "no").lower()
    if delay not in _WORDS:
        do = "state one of them"
        raise ValueFault("developmental_delay: yes or no", "another word", do, field="finding")
    age = findings.pop("age", None)
    below = age is not None and load("astct_signs")["capd-age"].holds(measured("age", age, "a"))
    return True if _WORDS[delay] or below else None if age is None else False


def _check_score(findings: dict[str, str], term: str) -> None:
    """Check the score's number, and that it is the one that the term takes."""
    right, wrong = ("capd", "ice") if term == CAPD else ("ice", "capd")
    if wrong in findings:
        do = "leave it out, or state the age"
        raise ValueFault(f"{right} for {term}", f"{wrong}", do, field="finding")
    if right not in findings:
        return
    if right == "capd":
        able = findings["capd"].strip().lower() != "unable"
        findings["capd_done"] = "yes" if able else "no"
        if not able:
            del findings["capd"]
            return
    score = measured(right, findings[right], "1").value
    if score != score.to_integral_value() or score > _MOST.get(right, score):
        expected = f"{right}: a whole number" + (" from 0 to 10" if right == "ice" else "")
        raise ValueFault(expected, "another number", "correct it", field="finding")
