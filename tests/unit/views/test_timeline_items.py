"""The timeline's items: the verdict of each standard beside what it judges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_courses import course_of, flow_samples, judged, plain_course

from residua.facts.assessment import Assessment
from residua.facts.finding import Event, Finding
from residua.facts.mrd import MrdReading
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.views.figure_labels import figure_labels
from residua.views.timeline_items import timeline_items


def item_of(course, judgements, fact_id):
    return next(i for i in timeline_items(course, judgements) if i.ids[0] == fact_id)


def test_standards_that_disagree_stand_in_lines_of_their_own():
    course, words = plain_course()
    item = item_of(course, words, "after-re-induction")
    assert item.details == (
        "failure: ELN 2024",
        "CR (as reported): NCI 2010, CIBMTR, NCCN",
    )
    assert item.lane == "Response and relapse"


def test_a_verdict_under_the_treatment_goes_to_its_undated_assessment():
    course, words = plain_course()
    assert item_of(course, words, "induction-1").details == ()
    assert "not CR: NCI 2010, CIBMTR, ELN 2024" in item_of(course, words, "after-induction-1").text


def test_what_is_only_reported_says_so():
    course = course_of(Assessment(id="a1", date="2020-01", response_reported="CR"),
                       Event(id="e1", kind="relapse reported", date="2021-01"))  # fmt: skip
    assert item_of(course, (), "a1").details == ("CR (as reported)",)
    assert item_of(course, (), "e1").details == ("relapse (as reported)",)
    blank = [judged("a1", None)]
    assert item_of(course, blank, "a1").details == ("CR (as reported)", "not assessable: NCI")


def test_marks_for_late_standards_and_unread_rules():
    course = course_of(Assessment(id="a1", date="2020-01", blasts="3 %"))
    word = replace(judged("a1", "CR"), published_after_event=True, provenance="unverified")
    assert item_of(course, [word], "a1").details == ("CR: NCI 2010†‡",)


def test_a_verdict_on_a_reading_stands_beside_its_assessment():
    course = course_of(Assessment(id="a1", date="2020-01"),
                       MrdReading(id="m1", assessment="a1", fraction="1e-5"))  # fmt: skip
    item = item_of(course, [judged("m1", "MRD-negative", term="mrd")], "a1")
    assert item.details == ("MRD-negative: NCI 2010",)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"method": "flow", "fraction": "9.6e-4"}, "MRD by flow: 9.6×10⁻⁴"),
        (
            {"method": "PCR", "status": "not detected", "lod": "1e-5"},
            "MRD by PCR: not detected, LOD 10⁻⁵",
        ),
        ({"method": "flow", "status": "negative"}, "MRD by flow: negative, LOD not stated"),
        ({"status": "positive"}, "MRD by a method not stated: positive"),
    ],
)
def test_a_judged_reading_without_an_assessment_says_what_was_measured(fields, title):
    course = course_of(MrdReading(id="mrd-3", date="2020-01-01", **fields))
    assert item_of(course, [judged("mrd-3", "MRD failure", term="mrd")], "mrd-3").title == title


def test_findings_that_were_absent_are_no_items():
    course = course_of(Finding(id="f1", date="2020-01", term="ICANS", present=False))
    assert timeline_items(course, ()) == ()


def test_supports_within_days_are_one_bar():
    """Oracle: three within two weeks, one a month later."""
    days = ("2020-01-01", "2020-01-05", "2020-01-12", "2020-02-20")
    course = course_of(*(Support(id=f"s{d}", kind="platelets", date=d) for d in days))
    first, second = timeline_items(course, ())
    assert first.title == "Platelets, 3 times"
    assert first.last == "s2020-01-12"
    assert second.title == "Platelets"


def test_labels_name_the_facts_and_judgements_behind_them():
    course, words = plain_course()
    labels = figure_labels(course, words, flow_samples(events=10))
    reading = next(label for label in labels.values() if label.ids[0] == "m1")
    assert reading.ids == ("m1", "after-re-induction")
    assert reading.label == "C4"
    judged_item = next(label for label in labels.values() if label.ids[0] == "relapse-2021")
    assert "nci/2010/relapse-2021/relapse" in judged_item.ids
    assert labels["D"].ids == ("m5",)


def test_a_drug_that_was_not_given_says_so():
    drugs = [{"name": "vincristine", "status": "omitted"}, {"name": "cytarabine"}]
    course = course_of(Treatment(id="block-1", start="2020-01-01", drugs=drugs))
    assert item_of(course, (), "block-1").title == "Block 1: vincristine (omitted) + cytarabine"
