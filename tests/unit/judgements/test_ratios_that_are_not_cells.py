"""Transcripts over ABL1 and shares of reads are no fractions of cells.

Oracle: decisions/ratios-that-are-not-cells.md by hand: flow below 3e-6 decides for ELN's 1 % of
cells; 30 % of ABL1 and 2 % of reads are levels of no cells; two tests of at least 1 % (Ponte di
Legno 2022) are not counted from them.
"""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.main.curves.mrd import mrd_curves
from residua.readers.case import read_case

CASE = """
kind = "residua.case"
version = "1.0"
title = "made"
[diagnosis]
date = "2023-01-02"
disease = "B-cell acute lymphoblastic leukaemia"
[[treatment]]
id = "first"
start = "2023-01-03"
intent = "induction"
[[assessment]]
id = "one"
date = "2023-02-06"
kind = "morphology"
blasts = "1 %"
extramedullary = "none"
[[assessment]]
id = "two"
date = "2023-05-06"
kind = "morphology"
blasts = "1 %"
extramedullary = "none"
"""
LABS = "date,analyte,value,unit\n" + "".join(
    f"{day},{what}\n"
    for day in ("2023-02-06", "2023-05-06")
    for what in ("neutrophils,2.0,10*9/L", "platelets,150,10*9/L")
)
HEAD = "id,date,assessment,tissue,method,target,status,fraction,denominator_kind,lod,lloq\n"
FLOW = "flow,2023-02-06,one,marrow,flow,,not detected,,nucleated,3e-6,1.3e-5\n"
TRANSCRIPTS = (
    "abl1,2023-02-06,one,marrow,pcr,BCR::ABL1,quantified,0.3,abl1,1e-5,1e-4\n"
    "later,2023-05-06,two,marrow,pcr,BCR::ABL1,quantified,0.4,abl1,1e-5,1e-4\n"
)
READS = "reads,2023-02-06,one,marrow,ngs,IGH,quantified,0.02,reads,1e-5,1e-4\n"
NO_READS = "reads,2023-02-06,one,marrow,ngs,IGH,not detected,,reads,1e-6,1e-6\n"


@pytest.fixture
def course_of(tmp_path):
    def made(rows):
        (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
        (tmp_path / "labs.csv").write_text(LABS, encoding="utf-8")
        (tmp_path / "mrd.csv").write_text(HEAD + rows, encoding="utf-8")
        return arrange(read_case(tmp_path))

    return made


def verdicts(course):
    return {j.id: j for said in judge_families(course).values() for j in said}


def test_cells_decide_where_there_are_some(course_of):
    found = verdicts(course_of(FLOW + TRANSCRIPTS))
    response = found["eln-all/2024/one/response"]
    assert response.verdict == "CR"
    assert "abl1 is not compared" in " ".join(response.notes)


def test_transcripts_alone_give_no_level_of_cells(course_of):
    found = verdicts(course_of(TRANSCRIPTS))
    response = found["eln-all/2024/one/response"]
    assert response.verdict is None
    assert response.missing == ("MRD level as a fraction of cells",)
    assert not any((j.verdict or "").startswith("haematological relapse") for j in found.values())
    failure = found["mrd-terms/2010/one/mrd"]
    assert failure.verdict == "MRD failure"
    assert "transcripts" in " ".join(failure.notes)


@pytest.mark.parametrize("rows", [READS, NO_READS])
def test_reads_tell_neither_level_nor_sensitivity(course_of, rows):
    found = verdicts(course_of(rows))
    for name in ("eln-all/2024/one/mrd-variant-1", "mrd-terms/2010/one/mrd"):
        assert found[name].outcome == "not assessable"
        assert any("as a fraction of cells" in one for one in found[name].missing)


def test_no_step_leads_from_cells_to_transcripts(course_of):
    """Within one kind there is one: 0.3 to 0.4 is log10(4 / 3) = 0.125 higher."""
    flow_before = FLOW.replace("2023-02-06,one", "2023-01-20,")
    steps = [s for c in mrd_curves(course_of(flow_before + TRANSCRIPTS)) for s in c.steps]
    assert [(s.earlier, s.later) for s in steps] == [("abl1", "later")]
    assert steps[0].reduction.value == pytest.approx(-0.125, abs=0.001)
