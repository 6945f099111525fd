"""Claims against made-up facts. Oracle: the sentence in each test's name and its rule's clause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from residua.course.course import arrange
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.case import Case
from residua.facts.finding import Claim, Event
from residua.facts.mrd import MrdReading
from residua.facts.treatment import CellInfusion, Treatment
from residua.judgements.claims.claims import judge_claims
from residua.judgements.judgement import Judgement

MARROW = Assessment(id="marrow", date="2021-03-01", kind="morphology", blasts="1 %")


def _judged(*facts, said=()):
    (judgement,) = judge_claims(arrange(Case("x", "x", facts)), said)
    return judgement


def _claim(predicate, about="marrow", **more):
    return Claim(id="claim", text="As it is said.", about=about, predicate=predicate, **more)


def _mrd(**more):
    return MrdReading(id="mrd", assessment="marrow", tissue="marrow", method="flow", **more)


@pytest.mark.parametrize(
    ("reading", "undetectable", "eradicated"),
    [
        ({"status": "not detected", "lod": "1e-5"}, "supported", None),
        ({"status": "not detected", "lod": "1e-4"}, "supported", None),
        ({"status": "not detected", "lod": "1.1e-4"}, None, None),
        ({"status": "negative"}, None, None),
        ({"status": "quantified", "fraction": "2e-5"}, "not supported", "not supported"),
        ({"status": "detected below LLOQ"}, "not supported", "not supported"),
        ({"status": "positive"}, "not supported", "not supported"),
    ],
)
def test_absence_needs_a_sensitive_negative(reading, undetectable, eradicated):
    """No result shows absence below its limit: eradicated is never more than not assessable."""
    for predicate, expected in (("undetectable", undetectable), ("eradicated", eradicated)):
        judged = _judged(MARROW, _mrd(**reading), _claim(predicate))
        assert judged.verdict == expected
        assert judged.missing or judged.verdict or predicate == "eradicated"


def test_absence_without_any_result_is_not_assessable():
    judged = _judged(MARROW, _claim("eradicated"))
    assert judged.outcome == "not assessable"
    assert judged.missing == ("an MRD result",)


def _said(verdict, **more):
    defaults = {
        "standard": "eln-all", "version": "2024", "subject": "marrow", "term": "response",
        "date": "", "outcome": "verdict", "reason": "why", "clause": "c", "cite": "s",
        "provenance": "read", "basis": "computed", "verdict": verdict,
    }  # fmt: skip
    return Judgement(**(defaults | more))


def test_a_verdict_that_is_only_reported_supports_nothing():
    """It rests on the claim itself."""
    judged = _judged(MARROW, _claim("in remission"), said=(_said("CR", basis="reported"),))
    assert judged.outcome == "not assessable"


def test_standards_that_differ_leave_it_open_and_are_all_named():
    said = (_said("CR", standard="nci", version="2010"), _said("failure: MRD at least 1 %"))
    judged = _judged(MARROW, _claim("in remission"), said=said)
    assert judged.outcome == "not assessable"
    assert "the standards differ" in judged.reason
    assert dict(judged.details).keys() == {"nci 2010", "eln-all 2024"}


def test_the_standard_in_force_decides():
    said = (
        _said("CR", standard="nci", version="2010"),
        _said("failure: MRD at least 1 %", published_after_event=True),
    )
    assert _judged(MARROW, _claim("in remission"), said=said).verdict == "supported"


@pytest.mark.parametrize(
    ("day", "verdict"), [("2021-03", "supported"), ("2021-03-01", "supported"), ("2021-04", None)]
)
def test_remission_at_a_last_contact_rests_on_a_marrow_of_its_time(day, verdict):
    contact = Event(id="contact", date=day, kind="last contact")
    claim = _claim("in remission", about="contact")
    assert _judged(MARROW, contact, claim, said=(_said("CR"),)).verdict == verdict


@pytest.mark.parametrize(
    ("percent", "high", "low", "positive"),
    [
        ("89.9", "not supported", "not supported", "supported"),
        ("90", "supported", "not supported", "supported"),
        ("70", "not supported", "not supported", "supported"),
        ("69.9", "not supported", "supported", "supported"),
        ("20", "not supported", "supported", "supported"),
        ("19.9", "not supported", "supported", "not supported"),
    ],
)
def test_cd22_at_the_limits_of_the_strata(percent, high, low, positive):
    """INO-VATE: at least 90 %, below 70 %; the usual laboratory rule: 20 %."""
    reading = AntigenReading(
        id="cd22", assessment="marrow", marker="CD22", percent=float(Decimal(percent))
    )
    for predicate, expected in (("high", high), ("low", low), ("positive", positive)):
        claim = _claim(predicate, about="cd22")
        assert _judged(MARROW, reading, claim).verdict == expected


def test_a_grade_is_held_against_its_scale():
    grade = {"standard": "ctcae", "version": "5.0", "term": "platelets", "subject": "low"}
    low = Assessment(id="low", date="2021-03-01")
    for verdict, value, expected in [
        ("grade 4", 4, "supported"),
        ("grade 4", "grade 3", "not supported"),
        ("grade 3: severe", 3, "supported"),
    ]:
        said = (_said(verdict, **grade),)
        judged = _judged(low, _claim("grade", about="low", value=value), said=said)
        assert judged.verdict == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("23 mo", "supported"), ("20 mo", "not supported"), ("26 mo", "not supported"),
     ("2 a", "supported"), ("700 d", "supported"), ("40 d", "not supported")],
)  # fmt: skip
def test_a_length_of_time_against_partial_dates(value, expected):
    """August 2019 to July 2021: from 669 to 729 days."""
    first = CellInfusion(id="first", kind="car-t", date="2019-08")
    second = Event(id="second", kind="relapse reported", date="2021-07")
    claim = _claim("other", about="second", after="first", value=value)
    assert _judged(first, second, claim).verdict == expected


def test_a_first_report_of_what_nobody_encoded_is_not_assessable():
    treatment = Treatment(
        id="drug", intent="MRD relapse", start="2021-03", drugs=({"name": "vincristine"},)
    )
    judged = _judged(treatment, _claim("first report", about="drug"))
    assert judged.outcome == "not assessable"
    assert judged.missing == ("a search of the literature",)


def test_a_claim_of_significance_names_its_result():
    judged = _judged(MARROW, _claim("significant", value="no-such-trial/result"))
    assert judged.missing == ("the result, as trial-id/result-id",)


@pytest.mark.parametrize(
    ("predicate", "marker", "verdict", "clause"),
    [
        ("positive", "CD19", "supported", "as the laboratory read"),
        ("low", "CD19", "not supported", "as the laboratory read"),
        ("high", "CD19", None, "no rule"),
        ("positive", "CD20", "not supported", "as the laboratory read"),
        ("positive", "CD22", None, "no rule"),
    ],
)
def test_the_word_of_a_laboratory_tells_positive_from_negative_only(
    predicate, marker, verdict, clause
):
    read = Phenotype(id="read", assessment="marrow", positive=("CD19",), negative=("CD20",))
    judged = _judged(MARROW, read, _claim(predicate, about="read", value=marker))
    assert judged.verdict == verdict
    assert clause in judged.clause


def test_positions_stand_under_names_of_their_own():
    """Two variants of one standard, and two results of one method, are all told."""
    said = tuple(
        _said("MRD failure", term=f"mrd-variant-{number}", reason=f"by variant {number}")
        for number in (1, 2)
    )
    first = _mrd(status="quantified", fraction="2e-3")
    second = MrdReading(id="two", assessment="marrow", tissue="marrow", method="flow",
                        status="quantified", fraction="3e-3")  # fmt: skip
    details = dict(_judged(MARROW, first, second, _claim("undetectable"), said=said).details)
    assert details.keys() == {"MRD by flow", "eln-all 2024, variant 1", "eln-all 2024, variant 2"}
    assert "0.2 %" in details["MRD by flow"]
    assert "0.3 %" in details["MRD by flow"]
