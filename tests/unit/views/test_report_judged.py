"""Toxicity, risk and options on the page. Oracle: rows counted and words read by hand."""

import pytest
from report_sample import course, judgement

from residua.judgements.options.table import GateResult, OptionRow, OptionTable, Rate
from residua.views.report_judged import TOXICITY, judged_groups
from residua.views.report_options import option_backgrounds, option_sections
from residua.views.standard_names import term_name


def _groups(*judged, family="toxicity"):
    return judged_groups(course(), {family: judged}, (*TOXICITY, "risk"))


def test_the_scales_of_one_episode_share_a_row_and_what_they_agree_on():
    both = (("worst", "12 10*9/L"), ("window", "ino (days not stated)"))
    (group,) = _groups(
        judgement("ctcae", "5.0", "platelets", "platelets", "grade 4",
                  details=(("onset", "grade 4"), *both)),
        judgement("ctcae", "6.0", "platelets", "platelets", "grade 3",
                  details=(("onset", "grade 3"), *both)),
    )  # fmt: skip
    (row,) = group.rows
    assert [(e.label, e.words) for e in row.entries] == [
        ("CTCAE 5.0", "grade 4"), ("CTCAE 6.0", "grade 3"),
    ]  # fmt: skip
    assert row.details == (
        ("onset (CTCAE 5.0)", "grade 4"),
        ("onset (CTCAE 6.0)", "grade 3"),
        ("worst", "12 × 10⁹/L"),
        ("window", "InO (days not stated)"),
    )


def test_what_lacks_every_input_is_one_line_for_each_reason_and_links_to_each_verdict():
    why = "no neutrophil counts after hsct"
    (group,) = _groups(
        judgement("astct-engraftment", "2024", "hsct", "neutrophils", reason=why),
        judgement("cibmtr-engraftment", "current", "hsct", "neutrophils", reason=why),
        judgement("astct-engraftment", "2024", "hsct", "failure-primary", reason=why),
        family="cytopenia",
    )
    assert group.rows == ()
    (line,) = group.open
    assert line.reason == "no neutrophil counts after HSCT"
    assert len({entry.anchor for entry in line.entries}) == 3


def test_an_open_scale_beside_a_verdict_says_why_it_is_open():
    (group,) = _groups(
        judgement("ctcae", "5.0", "platelets", "nausea", "grade 1", details=(("onset", "x"),)),
        judgement("ctcae", "6.0", "platelets", "nausea", reason="not graded there"),
    )
    assert ("why not (CTCAE 6.0)", "not graded there") in group.rows[0].details


def test_rules_are_told_in_their_words_with_what_is_not_stated():
    details = (
        ("cns", "false (not stated, not counted): CNS disease at diagnosis; protocols; unverified"),
        ("wbc", "true (31 10*9/L): WBC at least 30 x10^9/L; NCCN; unverified"),
        ("t922", "unknown: poor: t(9;22) with IKZF1plus; NCCN, topic 273; secondary"),
    )
    (group,) = _groups(
        judgement("clinical-risk", "current", "risk-baseline", "risk", "high risk",
                  details=details),
        family="risk",
    )  # fmt: skip
    assert group.rows[0].details == (
        ("holds", "WBC at least 30 × 10⁹/L (31 × 10⁹/L) [NCCN; unverified]"),
        ("does not hold", "CNS disease at diagnosis (not stated, not counted)"),
        ("not known", "poor: t(9;22) with IKZF1plus"),
    )
    assert group.rows[0].title == "at baseline"


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("acute-gvhd", "Acute GVHD"),
        ("febrile-neutropenia", "Febrile neutropenia"),
        ("hemoglobin", "Haemoglobin"),
        ("alt", "ALT"),
        ("diagnosis", "SOS/VOD"),
        ("chimerism-over-95-cd3", "Chimerism of CD3 cells, full above 95 %"),
        ("chimerism-from-95", "Chimerism, full at least 95 %"),
        ("risk-age-from-35-40", "Risk, age limit 35 to 40 years"),
        ("risk-age-above-35", "Risk, age limit above 35 years"),
    ],
)
def test_what_is_judged_is_named(term, words):
    assert term_name(term) == words


GATE = GateResult("option/x/at/g", "g", "label", "no GVHD", "unknown", "not stated on 2020-03-04",
                  "clause", "label of 2024", "read")  # fmt: skip
RATE = Rate("complete remission", 3, 4, "75", None, "clause", "journal", "abstract")


def _table(at):
    row = OptionRow(
        f"option/x/{at}", "x", "1", "X cells", "CD19", (GATE,), (), (), (), (RATE,), (RATE, RATE),
        (), (), (),
    )  # fmt: skip
    return OptionTable(at, at, "2020-03", "relapse", (row,), ())


def test_what_does_not_depend_on_the_decision_stands_once():
    tables = (_table("relapse-2021"), _table("relapse-2022"))
    sections = option_sections(course(), tables)
    assert [s.date for s in sections] == ["Mar 2020", "Mar 2020"]
    assert sections[0].rows[0].gates[0].reason == "not stated on 4 Mar 2020"
    (background,) = option_backgrounds(tables)
    assert (len(background.harms), len(background.evidence)) == (1, 1)
    assert background.sources == ("label of 2024",)
