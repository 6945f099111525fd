"""Explanations. Oracle: the sample's own facts and judgements, looked up by hand."""

import pytest
from report_sample import course, judgements

from residua.errors import InputError
from residua.judgements.evidence import EvidenceRow, exact_interval
from residua.main.explain import explain
from residua.standards.trial_shelf import trial_shelf
from residua.views.explanation import explanation_document, explanation_text
from residua.views.figure_labels import FigureLabel

LABELS = {"C2": FigureLabel("C2", ("mrd-2", "ino-day-30"), "MRD 2.68e-5")}


def text_of(name):
    found = explain(course(), judgements(), LABELS, name)
    return explanation_text(course(), judgements(), found)


def test_a_fact_says_its_source_its_conflict_and_who_uses_it():
    text = text_of("at-diagnosis")
    assert "source: p. 1" in text
    assert "in conflict with: flow-dx: blasts 31.5 % by flow [p. 2]" in text
    assert "nci/2010/re-induction/response: CR (as reported)" in text_of("mrd-1")


def test_a_judgement_says_its_clause_facts_missing_inputs_and_the_others():
    text = text_of("nci/2010/re-induction/response")
    for part in ("why: why", "clause: clause 1", "provenance: read", "mrd-1: MRD by flow: 1.6 %",
                 "not in the record: neutrophils; platelets", "ELN 2024: failure (computed)",
                 "INO-VATE 2016: does not apply"):  # fmt: skip
        assert part in text


def test_a_judgement_may_be_named_without_its_term():
    found = explain(course(), judgements(), LABELS, "eln-all/2024/ino-day-30")
    assert len(found.judgements) == 3


@pytest.mark.parametrize("name", ["C2", "c2"])
def test_a_label_gives_the_facts_behind_it(name):
    found = explain(course(), judgements(), LABELS, name)
    assert found.facts == ("mrd-2", "ino-day-30")
    assert "MRD 2.68e-5" in text_of(name)


def test_the_document_holds_the_same():
    found = explain(course(), judgements(), LABELS, "mrd-2")
    made = explanation_document(course(), judgements(), found)
    assert made["facts"][0]["value"] == 2.68e-5
    assert made["facts"][0]["used_by"] == [
        "ino-vate/2016/ino-day-30/mrd", "claim//claim-1/claim"
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "near"), [("hsc", "hsct"), ("ino-day-3", "ino-day-30")])
def test_an_unknown_id_names_the_nearest(name, near):
    with pytest.raises(InputError, match=near):
        explain(course(), judgements(), LABELS, name)


def test_an_id_like_nothing_names_the_events():
    with pytest.raises(InputError, match="relapse-2022"):
        explain(course(), judgements(), LABELS, "qqqqqq")


def test_a_label_that_the_figure_lacks_is_answered_with_those_it_has():
    """The labels by hand: two of C, one of D."""
    labels = {"C1": LABELS["C2"], "C2": LABELS["C2"], "D": LABELS["C2"]}
    with pytest.raises(InputError) as raised:
        explain(course(), judgements(), labels, "c9")
    (fault,) = raised.value.faults
    assert (fault.received, fault.do) == ("C9, which it lacks", "use one of C1 to C2, D")


def test_the_beginning_of_an_id_means_all_that_begin_so():
    """Counted in the sample: every judgement whose standard is ELN, whole names only."""
    eln = [j.id for j in judgements() if j.standard == "eln-all"]
    for name in ("eln-all", "eln-all/2024"):
        assert [j.id for j in explain(course(), judgements(), LABELS, name).judgements] == eln
    with pytest.raises(InputError):
        explain(course(), judgements(), LABELS, "eln-al")


def test_a_result_of_a_study_is_explained_with_its_numbers_and_source():
    """Gauthier 2021: complete response of ALL 21 % of 14; 3 of 14 by hand."""
    trial = next(t for t in trial_shelf() if t.id == "gauthier-2021")
    rows = [
        EvidenceRow(f"gauthier-2021/{r.id}", ("car-t",), trial, r, exact_interval(r))
        for r in trial.results
    ]
    one = explain(course(), judgements(), LABELS, "gauthier-2021/cr-all", evidence=rows)
    text = explanation_text(course(), judgements(), one)
    assert "numbers: 3 of 14 (21 %)" in text
    assert "10.1182/blood.2020006770" in text
    whole = explain(course(), judgements(), LABELS, "gauthier-2021", evidence=rows)
    assert len(explanation_document(course(), judgements(), whole)["evidence"]) == len(rows)
