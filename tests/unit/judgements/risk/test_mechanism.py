"""Mechanism of relapse. Oracle: the words' own meaning on small records, by hand."""

import pytest
from risk_cases import CAR_T, DIAGNOSIS, course_of, risks, said

ID = "back/relapse-mechanism/mechanism"
HEAD = "date,target,value,unit,detected\n"
LOST, THERE = "target-positive with lost persistence", "target-positive with persistence"


def judged(folder, body=CAR_T, **tables):
    return risks(course_of(folder, DIAGNOSIS + body, **tables)).get(ID)


def finding(term, value="", present="true", more='after = "car-t"'):
    text = f'[[finding]]\nid = "f"\n{more}\nterm = "{term}"\npresent = {present}\n'
    return text + (f'value = "{value}"\n' if value else "")


@pytest.mark.parametrize(
    ("rows", "word"),
    [("2023-02-12,CD19,900,copies/ug,true\n", "not assessable"),
     ("2023-02-12,CD19,900,copies/ug,true\n2023-04-01,CD19,,copies/ug,false\n", LOST),
     ("2023-02-03,CD19,,copies/ug,false\n", "not assessable"),
     ("2023-09-01,CD19,,copies/ug,false\n", LOST),
     ("2023-09-03,CD19,700,copies/ug,true\n", THERE),
     ("2023-04-01,CD19,,copies/ug,false\n2023-09-01,CD19,700,copies/ug,true\n", THERE),
     ("2023-09-01,CD19,700,copies/ug,true\n2023-09-01,CD19,,copies/ug,false\n", "not assessable"),
     ("2023-11-01,CD19,700,copies/ug,true\n", "not assessable"),
     ("2023-09-01,CD22,700,copies/ug,true\n", "not assessable")],
)  # fmt: skip
def test_transgene(tmp_path, rows, word):
    """An old find, a loss, too early, of the day, back again, two that differ, later, other CAR."""
    assert said(judged(tmp_path, transgene=HEAD + rows)) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [(finding("CAR-T cells detectable by qPCR", "only within the first month"), LOST),
     (finding("CAR-T cells detectable by qPCR", "within 12 months"), "not assessable"),
     (finding("CAR-T cells detectable", present="false"), LOST),
     (finding("loss of CAR-T cells"), LOST),
     (finding("CAR-T cells detectable"), "not assessable"),
     (finding("CAR-T persistence", more='assessment = "back"'), THERE),
     (finding("fever", present="false"), "not assessable")],
)  # fmt: skip
def test_the_source_s_word(tmp_path, text, word):
    """Relapse is seven months after the infusion."""
    found = judged(tmp_path, CAR_T + text)
    assert said(found) == word
    assert found.basis == (None if word == "not assessable" else "reported")


def test_a_measured_transgene_wins_over_the_word(tmp_path):
    text = finding("CAR-T cells detectable by qPCR", "only within the first month")
    found = judged(tmp_path, CAR_T + text, transgene=HEAD + "2023-09-01,CD19,700,copies/ug,true\n")
    assert (found.verdict, found.basis) == (THERE, "computed")


def test_aplasia_alone_proves_no_persistence(tmp_path):
    labs = "date,analyte,value,unit,specimen\n2023-08-01,b-cells,0,/uL,blood\n"
    found = judged(tmp_path, labs=labs)
    assert said(found) == "not assessable"
    truths = {name: words for name, words in found.details if name.startswith("B-cell")}
    assert truths["B-cell aplasia by b-cells-below-20"].startswith("true (0 /uL)")
    assert truths["B-cell aplasia by b-cells-below-3-percent"].startswith("unknown")


def test_b_cells_between_two_rules_are_neither_back_nor_gone(tmp_path):
    """30/uL: no aplasia below 20, aplasia below 50."""
    labs = "date,analyte,value,unit,specimen\n2023-08-01,b-cells,30,/uL,blood\n"
    assert said(judged(tmp_path, labs=labs)) == "not assessable"


def test_b_cells_of_the_relapse_may_be_blasts(tmp_path):
    labs = "date,analyte,value,unit,specimen\n2023-09-01,cd19,900,/uL,blood\n"
    assert said(judged(tmp_path, labs=labs)) == "not assessable"


def test_cells_and_b_cells_that_contradict(tmp_path):
    labs = "date,analyte,value,unit,specimen\n2023-08-01,b-cells,200,/uL,blood\n"
    found = judged(tmp_path, labs=labs, transgene=HEAD + "2023-09-01,CD19,700,copies/ug,true\n")
    assert said(found) == "not assessable"
    assert "transgene found although B cells came back" in found.notes


@pytest.mark.parametrize("words", ["CD19 dim", "CD19dim", "CD19 (weak)"])
def test_a_dim_target_is_not_expressed(tmp_path, words):
    body = CAR_T.replace('positive = ["CD19"]', f'positive = ["{words}", "CD22"]')
    assert said(judged(tmp_path, body)) == "target-negative or dim"


def test_readings_that_differ_leave_it_open(tmp_path):
    body = CAR_T + '[[antigen]]\nassessment = "back"\nmarker = "CD19"\npercent = 3\n'
    found = judged(tmp_path, body)
    assert said(found) == "not assessable"
    assert "readings of CD19 differ" in found.notes


def test_normal_b_cells_are_not_the_blasts(tmp_path):
    body = CAR_T.replace('positive = ["CD19"]', 'positive = ["CD10"]')
    body += '[[antigen]]\nassessment = "back"\nmarker = "CD19"\npercent = 99\nof = "B cells"\n'
    assert "the target antigen at relapse" in judged(tmp_path, body).missing


def test_the_source_may_call_it_a_switch(tmp_path):
    body = CAR_T.replace('positive = ["CD19"]', 'negative = ["CD19"]')
    body += '[[event]]\nid = "e"\ndate = "2023-09-01"\nkind = "relapse reported"\n'
    body += 'detail = "relapse with lineage switch"\n'
    found = judged(tmp_path, body)
    assert (said(found), found.basis) == ("lineage switch", "reported")


def test_a_relapse_before_the_cells_has_no_mechanism(tmp_path):
    body = CAR_T.replace("2023-02-01", "2023-10-01").replace("2023-03-01", "2023-11-01")
    assert judged(tmp_path, body) is None


def test_a_drug_has_no_persistence(tmp_path):
    body = CAR_T.replace(CAR_T[: CAR_T.index("[[assessment]]")], "")
    drug = '[[treatment]]\nid = "b"\nstart = "2023-02-01"\n'
    drug += 'drugs = [{ name = "blinatumomab", days = "1-28" }]\n'
    found = judged(tmp_path, drug + body)
    assert said(found) == "not assessable"
    assert found.reason.startswith("target-positive; persistence is that of infused cells")


def test_two_targets_are_judged_apart(tmp_path):
    body = CAR_T.replace('target = ["CD19"]', 'target = ["CD19", "CD22"]')
    found = risks(course_of(tmp_path, DIAGNOSIS + body))
    terms = {name.rpartition("/")[2] for name in found if "mechanism" in name}
    assert terms == {"mechanism-cd19", "mechanism-cd22"}
