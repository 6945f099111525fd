"""Risk at baseline. Oracle: the limits (WBC 30 and 100, ages by group), worked out by hand."""

import pytest
from risk_cases import DIAGNOSIS, course_of, risks, said

from residua.facts.patient import Diagnosis
from residua.judgements.risk.at_diagnosis import age, lineage

BASE = "risk-baseline/clinical-risk/risk-age-above-35"
GENES = """
[[genetics]]
id = "karyo"
date = "2023-01-10"
method = "karyotype"
result = "normal"
[[genetics]]
id = "pcr"
date = "2023-01-10"
method = "pcr"
result = "none found"
"""
YOUNG = '[patient]\nid = "p"\nage_at_diagnosis = "20 a"\n'
LABS = "date,analyte,value,unit,specimen\n"


def clinical(folder, body, labs):
    return risks(course_of(folder, body, labs=LABS + labs))[BASE]


@pytest.mark.parametrize(
    ("value", "word"),
    [("29.9,10*9/L", "standard risk"), ("30,10*9/L", "high risk"), ("30000,/uL", "high risk"),
     (">100,10*9/L", "high risk"), (">20,10*9/L", "not assessable")],
)  # fmt: skip
def test_white_cells(tmp_path, value, word):
    found = clinical(tmp_path, YOUNG + DIAGNOSIS + GENES, f"2023-01-10,wbc,{value},blood\n")
    assert said(found) == word


def test_the_first_count_of_the_diagnosis_is_the_presenting_one(tmp_path):
    """80 on the day, 12 four days later: 80 counts."""
    rows = "2023-01-14,wbc,12,10*9/L,blood\n2023-01-10,wbc,80,10*9/L,blood\n"
    assert said(clinical(tmp_path, YOUNG + DIAGNOSIS + GENES, rows)) == "high risk"


def test_two_first_counts_that_straddle_the_limit_leave_it_open(tmp_path):
    rows = "2023-01-10,wbc,80,10*9/L,blood\n2023-01-10,wbc,12,10*9/L,blood\n"
    assert said(clinical(tmp_path, YOUNG + DIAGNOSIS + GENES, rows)) == "not assessable"


def test_a_count_after_treatment_began_is_not_of_diagnosis(tmp_path):
    body = YOUNG + DIAGNOSIS + GENES + '[[treatment]]\nid = "i"\nstart = "2023-01-11"\n'
    found = clinical(tmp_path, body, "2023-01-13,wbc,80,10*9/L,blood\n")
    assert said(found) == "not assessable"
    assert "white cells at diagnosis" in found.missing


def test_a_missing_element_leaves_it_open_unless_another_is_adverse(tmp_path):
    """No age: open at 12, high at 40 whatever the age."""
    low = clinical(tmp_path, DIAGNOSIS + GENES, "2023-01-10,wbc,12,10*9/L,blood\n")
    assert (said(low), low.missing) == ("not assessable", ("age at diagnosis",))
    high = clinical(tmp_path, DIAGNOSIS + GENES, "2023-01-10,wbc,40,10*9/L,blood\n")
    assert said(high) == "high risk"


@pytest.mark.parametrize(
    ("line", "word"),
    [('cns = "cns1"', "standard risk"), ('cns = "cns2"', "not assessable"),
     ('cns = "cns3"', "high risk"), ('cns = "not assessed"', "standard risk"),
     ('extramedullary = "present"', "high risk"), ('extramedullary = "none"', "standard risk")],
)  # fmt: skip
def test_cns_and_extramedullary_disease(tmp_path, line, word):
    body = YOUNG + DIAGNOSIS + line + "\n" + GENES
    assert said(clinical(tmp_path, body, "2023-01-10,wbc,12,10*9/L,blood\n")) == word


def test_what_was_not_counted_is_said(tmp_path):
    found = clinical(tmp_path, YOUNG + DIAGNOSIS + GENES, "2023-01-10,wbc,12,10*9/L,blood\n")
    assert found.missing == ("CNS disease at diagnosis", "extramedullary disease at diagnosis")


@pytest.mark.parametrize(
    ("birth", "ages"), [("1990-01-10", [33]), ("1990-01-11", [32]), ("1990", [32, 33])]
)
def test_age_from_the_birth(tmp_path, birth, ages):
    """Completed years on 10 January 2023; a year of birth allows two."""
    body = f'[patient]\nid = "p"\nbirth = "{birth}"\n' + DIAGNOSIS
    given = age(course_of(tmp_path, body)).given
    listed = given if isinstance(given, tuple) else (given,)
    assert [int(value.value) for value in listed] == ages


@pytest.mark.parametrize(
    ("disease", "stated", "expected"),
    [("B-cell acute lymphoblastic leukaemia", None, "B"), ("T-ALL", None, "T"), ("ALL", None, None),
     ("acute lymphoblastic leukaemia", "T", "T"), ("pre-B ALL", None, "B"),
     ("acute myeloid leukaemia", None, "other"), ("multiple myeloma", None, "other")],
)  # fmt: skip
def test_lineage(disease, stated, expected):
    assert lineage(Diagnosis(id="d", disease=disease, lineage=stated)) == expected


@pytest.mark.parametrize(
    ("value", "word"), [("29", "standard risk"), ("60", "not assessable"), ("101", "high risk")]
)
def test_a_lineage_not_stated_leaves_what_lies_between_the_limits(tmp_path, value, word):
    body = YOUNG + DIAGNOSIS.replace("B-ALL", "ALL") + GENES
    found = clinical(tmp_path, body, f"2023-01-10,wbc,{value},10*9/L,blood\n")
    assert said(found) == word


def test_another_disease_has_no_risk_of_all(tmp_path):
    body = DIAGNOSIS.replace("B-ALL", "acute myeloid leukaemia")
    assert risks(course_of(tmp_path, body)) == {}


def test_the_lists_of_b_all_do_not_apply_to_t_all(tmp_path):
    found = risks(course_of(tmp_path, DIAGNOSIS.replace("B-ALL", "T-ALL")))
    assert said(found["risk-baseline/nccn-genetics/genetics"]) == "does not apply"
