"""Risk by response. Oracle: the limits 1e-3 and 1e-4 and the order of the record, by hand."""

import pytest
from risk_cases import DIAGNOSIS, course_of, risks, said

RISK = "risk-dynamic/clinical-risk/risk"
INDUCTION = """
[[treatment]]
id = "ind"
intent = "induction"
start = "2023-01-12"
drugs = [{ name = "vincristine", days = "1,8,15,22" }]
"""
CONSOLIDATION = '[[treatment]]\nid = "cons"\nintent = "consolidation"\nstart = "2023-03-01"\n'


def marrow(name, date, response="", level="", blasts="1 %"):
    text = f'[[assessment]]\nid = "{name}"\ndate = "{date}"\nkind = "morphology"\n'
    text += f'blasts = "{blasts}"\n'
    text += f'response_reported = "{response}"\n' if response else ""
    if level:
        text += f'[[mrd]]\nid = "mrd-{name}"\nassessment = "{name}"\ntissue = "marrow"\n'
        text += f'method = "flow"\nstatus = "quantified"\nfraction = "{level}"\n'
        text += "lod = 1e-5\nlloq = 5e-5\n"
    return text


def judged(folder, *parts):
    return risks(course_of(folder, DIAGNOSIS + "".join(parts)))[RISK]


@pytest.mark.parametrize(
    ("level", "word"), [("9.9e-4", "standard risk"), ("1e-3", "high risk"), ("0.2 %", "high risk")]
)
def test_mrd_at_the_end_of_induction(tmp_path, level, word):
    after = marrow("eoi", "2023-02-14", "CR", level)
    late = marrow("eoc", "2023-04-01", "", "9e-5")
    found = judged(tmp_path, INDUCTION, after, CONSOLIDATION, late)
    assert said(found) == word


@pytest.mark.parametrize(("level", "word"), [("9.9e-5", "standard risk"), ("1e-4", "high risk")])
def test_mrd_after_consolidation(tmp_path, level, word):
    after = marrow("eoi", "2023-02-14", "CR", "5e-5")
    late = marrow("eoc", "2023-04-01", "", level)
    found = judged(tmp_path, INDUCTION, after, CONSOLIDATION, late)
    assert said(found) == word
    assert found.basis == ("reported" if word == "standard risk" else "computed")


def test_a_marrow_before_the_end_of_induction_is_not_its_end(tmp_path):
    """Day 15 of 22: 20 % of blasts say nothing of CR after induction."""
    found = judged(tmp_path, INDUCTION, marrow("day-15", "2023-01-26", blasts="20 %", level="5e-3"))
    assert said(found) == "not assessable"
    assert "whether CR was reached by induction 1" in found.missing


def test_no_cr_after_induction_1_is_adverse_by_itself(tmp_path):
    found = judged(tmp_path, INDUCTION, marrow("eoi", "2023-02-14", blasts="12 %"))
    assert found.verdict == "high risk: no CR after induction 1"
    assert "no CR after induction 1 is itself adverse" in found.notes


def test_a_re_induction_is_no_first_induction(tmp_path):
    re_induction = INDUCTION.replace('"induction"', '"re-induction"')
    found = judged(tmp_path, re_induction, marrow("eoi", "2023-02-14", blasts="12 %"))
    assert said(found) == "not assessable"


def test_what_follows_a_relapse_or_a_transplant_is_of_another_line(tmp_path):
    relapse = '[[event]]\nid = "r"\ndate = "2023-05-01"\nkind = "relapse reported"\n'
    late = marrow("late", "2023-06-01", "", "5e-2")
    after = marrow("eoi", "2023-02-14", "CR", "5e-5")
    first = marrow("eoc", "2023-04-01", "", "5e-5")
    found = judged(tmp_path, INDUCTION, after, CONSOLIDATION, first, relapse, late)
    assert said(found) == "standard risk"


def test_no_level_is_no_negative(tmp_path):
    """A hospital's negative of unknown sensitivity leaves the limit open."""
    after = marrow("eoi", "2023-02-14", "CR")
    after += '[[mrd]]\nid = "m"\nassessment = "eoi"\ntissue = "marrow"\nstatus = "negative"\n'
    found = judged(tmp_path, INDUCTION, after)
    assert said(found) == "not assessable"


def test_an_untreated_patient_has_no_risk_by_response(tmp_path):
    assert RISK not in risks(course_of(tmp_path, DIAGNOSIS))
