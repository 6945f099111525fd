"""When two standards disagree. Oracle: the published case and the meaning of the words."""

import pytest
from report_sample import course, judgement, judgements

from residua.judgements.axis import axis_of, variant_of
from residua.judgements.disagreement import find_disagreements, fit_together
from residua.judgements.grid import grid_of


@pytest.mark.parametrize(
    ("axis", "first", "second", "fit"),
    [
        ("response", "CR", "CR", True),
        ("response", "CR", "failure: MRD at least 1 %", False),
        ("response", "CR", "CRi", False),
        ("response", "CRi", "CRh", False),
        ("response", "not CR", "CR", False),
        ("response", "not CR", "CRi", True),
        ("response", "not CR: CRi and MLFS excluded", "CRi", False),
        ("response", "not CR: CRi, CRh and MLFS excluded", "PR", True),
        ("response", "not CR: CRi excluded", "failure", True),
        ("response", "refractory", "failure", True),
        ("mrd", "MRD failure", "MRD persistence", True),
        ("mrd", "MRD failure", "MRD-negative", False),
        ("mrd", "MRD other: intermediate, positive", "MRD-negative", False),
        ("mrd", "MRD other: a", "MRD other: b", True),
        ("mrd", "complete MRD response", "MRD-negative", True),
        ("relapse", "MRD relapse", "no haematological relapse", True),
        ("relapse", "MRD relapse", "no relapse criterion met", False),
        ("relapse", "haematological relapse", "MRD relapse", False),
        ("crs", "grade 2", "grade 3", False),
    ],
)
def test_words_fit_together_or_not(axis, first, second, fit):
    assert fit_together(first, second, axis) is fit
    assert fit_together(second, first, axis) is fit


def test_the_published_case_is_disagreed_on_twice():
    """Re-induction with MRD 1.6 %: failure under ELN 2024, CR under NCI and NCCN; 2.68e-5 after
    inotuzumab: negative under INO-VATE, "other" under ELN."""
    found = {(d.subject, d.axis): d for d in find_disagreements(judgements())}
    assert set(found) == {("re-induction", "response"), ("ino-day-30", "mrd")}
    sides = {p.verdict: p.judgements for p in found["re-induction", "response"].positions}
    assert len(sides["CR"]) == 2


def test_what_is_not_assessable_or_does_not_apply_takes_no_side():
    one = judgement("nci", "2010", "x", "response", "CR")
    rest = [
        judgement("eln-all", "2024", "x", "response"),
        judgement("ino-vate", "2016", "x", "response", outcome="does not apply"),
        judgement("nccn", "current", "x", "relapse", "haematological relapse"),
        judgement("claim", "", "x", "response", "not supported"),
    ]
    assert find_disagreements([one, *rest]) == ()


def test_a_term_is_its_axis_and_a_variant():
    made = judgement("eln-all", "2024", "x", "mrd-variant-1", "MRD other")
    assert (axis_of(made), variant_of(made)) == ("mrd", "variant 1")


def test_the_grid_has_one_row_for_an_event_and_axis_and_keeps_claims_out():
    grid = grid_of(course(), judgements())
    assert [(row.subject, row.axis) for row in grid.rows] == [
        ("re-induction", "response"),
        ("relapse-2021", "relapse"),
        ("relapse-2022", "relapse"),
        ("ino-day-30", "response"),
        ("ino-day-30", "mrd"),
    ]
    assert grid.columns[0] == ("eln-all", "2024")
    assert ("claim", "") not in grid.columns
    variants = grid.rows[-1].cells[0]
    assert [j.term for j in variants] == ["mrd-variant-1", "mrd-variant-2"]


def test_the_grid_does_not_depend_on_the_order_of_the_judgements():
    assert grid_of(course(), judgements()) == grid_of(course(), reversed(judgements()))
