"""Which lesions a record finds and excludes. Oracle: what each row names, by hand."""

from risk_cases import DIAGNOSIS, course_of, risks, said

from residua.judgements.risk.recorded_lesions import recorded_lesions

NCCN = "risk-baseline/nccn-genetics/genetics"


def row(name="t", method="fish", result="none found", lesions="[]", date="2023-01-10"):
    return (
        f'[[genetics]]\nid = "{name}"\ndate = "{date}"\nmethod = "{method}"\n'
        f'result = "{result}"\nlesions = {lesions}\n'
    )


def known(folder, *rows, head=DIAGNOSIS):
    return recorded_lesions(course_of(folder, head + "".join(rows)))


def test_a_test_excludes_only_what_it_names(tmp_path):
    found = known(tmp_path, row(lesions='["KMT2A-r"]'), row("k", "karyotype", "normal"))
    assert found.lesions.found == {"kmt2a-r": False}


def test_a_wider_lesion_not_found_excludes_its_kinds(tmp_path):
    found = known(tmp_path, row(method="array", lesions='["IKZF1", "IGH-r"]')).lesions.found
    assert set(found) == {"ikzf1", "ikzf1plus", "igh-r", "igh-myc", "igh-il3"}


def test_a_karyotype_does_not_exclude_what_it_cannot_show(tmp_path):
    """Neither Ph-like nor a deletion of IKZF1 is seen in metaphases."""
    found = known(tmp_path, row(method="karyotype", lesions='["Ph-like", "IKZF1", "t(9;22)"]'))
    assert found.lesions.found == {"bcr-abl1": False}


def test_found_by_one_test_and_not_by_another_is_not_known(tmp_path):
    found = known(
        tmp_path,
        row("a", "pcr", "none found", '["KMT2A-r"]'),
        row("b", "fish", "abnormal", '["KMT2A::AFF1"]'),
    )
    assert found.lesions.found["kmt2a-r"] is None
    assert "found by b, not found by a" in " ".join(found.notes)


def test_two_counts_of_chromosomes_are_kept(tmp_path):
    found = known(
        tmp_path,
        row("a", "karyotype", "abnormal", '["39 chromosomes"]'),
        row("b", "array", "abnormal", '["42 chromosomes"]'),
    )
    assert len(found.lesions.counts["chromosomes"]) == 2


def test_a_test_drawn_after_treatment_began_is_not_of_diagnosis(tmp_path):
    late = row("late", "fish", "abnormal", '["KMT2A-r"]', "2023-06-01")
    treatment = '[[treatment]]\nid = "i"\nstart = "2023-01-11"\n'
    found = known(tmp_path, treatment, late)
    assert (found.lesions.found, found.tests) == ({}, ())
    assert "late" in found.notes[0]


def test_a_name_of_no_list_is_named_and_leaves_the_class_open(tmp_path):
    rows = row("a", "ngs", "abnormal", '["NRAS G12D"]')
    found = risks(course_of(tmp_path, DIAGNOSIS + rows))[NCCN]
    assert said(found) == "not assessable"
    assert "NRAS G12D" in found.reason


def test_a_poor_lesion_is_high_whatever_else_is_found(tmp_path):
    rows = row("a", "ngs", "abnormal", '["NRAS G12D", "TP53 mutation"]')
    assert said(risks(course_of(tmp_path, DIAGNOSIS + rows))[NCCN]) == "high risk"


def test_antecedent_cml_as_a_finding(tmp_path):
    body = DIAGNOSIS + 'philadelphia = "positive"\n'
    body += '[[finding]]\nid = "cml"\nterm = "antecedent CML"\npresent = true\n'
    found = risks(course_of(tmp_path, body))[NCCN]
    assert found.verdict == "high risk: poor (t(9;22) with IKZF1plus or antecedent CML)"
    assert "cml" in found.facts


def test_no_test_at_all_is_said(tmp_path):
    found = risks(course_of(tmp_path, DIAGNOSIS))[NCCN]
    assert found.reason.startswith("no genetic test of diagnosis is recorded")
