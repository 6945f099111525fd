"""What a case knows of a specimen reaches its measurement. Oracle: the case.toml written here."""

import pytest

from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.main.evaluate import evaluate_case
from residua.main.flow.panels import flow_samples
from residua.measures.antigen_expression import MASKING

CASE = """
kind = "residua.case"
version = "1.0"
[patient]
id = "made-up"
sex = "female"
[diagnosis]
date = "2022-01-10"
disease = "B-ALL"
[[specimen]]
id = "marrow"
date = "2023-07-01"
tissue = "marrow"
{specimen}
{therapy}
"""
CAR_T = '[[cell_infusion]]\nid = "car-t"\ndate = "2023-06-01"\nkind = "car-t"\ntarget = ["CD19"]\n'
INO = """
[[treatment]]
id = "ino"
regimen = "free"
start = "{start}"
drugs = [{{ name = "inotuzumab ozogamicin", dose = "0.8 mg/m2", days = "1" }}]
"""
FILE = '[[file]]\npath = "a.fcs"\nspecimen = "marrow"\ndate = "2023-07-01"\n'
LOST = "blasts are gated by CD19 after therapy against it: cells that lost it are missed"


@pytest.fixture
def evaluated(tmp_path, tube, flow):
    """Evaluates a case of one marrow with 60 blasts, none of them CD22+."""

    def run(therapy="", specimen="", head=FILE, tail=None):
        tube("a", positive=0.0)
        flow(head, *(() if tail is None else (tail,)))
        (tmp_path / "case.toml").write_text(CASE.format(therapy=therapy, specimen=specimen))
        for spec in tmp_path.glob("*.spec.toml"):
            spec.unlink()
        return evaluate_case(tmp_path)

    return run


def test_blasts_gated_by_the_target_of_a_therapy_of_any_age_are_flagged(evaluated):
    """CAR-T cells against CD19 30 days before; loss of CD19 does not pass with time."""
    (measured,) = evaluated(CAR_T).flow
    assert LOST in measured.result.flags
    assert not any(MASKING in flag for a in measured.result.antigens for flag in a.flags)


@pytest.mark.parametrize(("start", "masked"), [("2023-06-20", True), ("2023-01-10", False)])
def test_masking_needs_a_drug_given_shortly_before(evaluated, start, masked):
    """InO 11 days and half a year before the marrow; the window is of 30 days."""
    (measured,) = evaluated(INO.format(start=start)).flow
    (antigen,) = measured.result.antigens
    assert antigen.percent < 5
    assert any(MASKING in flag for flag in antigen.flags) == masked
    assert LOST not in measured.result.flags


def test_a_therapy_after_the_specimen_changes_nothing(evaluated):
    (measured,) = evaluated(CAR_T.replace("2023-06-01", "2023-08-01")).flow
    assert LOST not in measured.result.flags


def test_the_specimen_of_a_case_is_flagged(evaluated):
    """Second pull, received four days late, viability left out: three things are unusual."""
    given = 'pull = 2\ndrawn = "2023-07-01T08:00"\nreceived = "2023-07-05T08:00"\n'
    flags = evaluated(CAR_T, given).flow[0].result.flags
    assert any(flag.startswith("pull 2 of the marrow, not the first") for flag in flags)
    assert any(flag.startswith("received at least 96 h after it was drawn") for flag in flags)
    assert "viability not stated" in flags


@pytest.mark.parametrize("boolean", [False, True])
def test_a_file_without_side_scatter_is_drawn(evaluated, flow, boolean):
    """The tube has FSC-A, CD19 and CD22; neither gate names two dimensions."""
    tail = '[[gate]]\nname = "union"\nkind = "boolean"\nany = ["blasts"]\n'
    evaluation = evaluated(CAR_T, tail=tail * boolean)
    gates = evaluation.folder / "flow" / "flow.toml"
    text = gates.read_text().replace("CD22 =", '"PE-A" =')
    text = text.replace('numerator = "blasts"', 'numerator = "union"') if boolean else text
    gates.write_text('[[file]]\nmarkers = { "PE-A" = "other" }\n' + text.removeprefix("[[file]]\n"))
    sample = flow_samples(evaluate_case(evaluation.folder))[0]
    assert sample.blasts.sum() == 60
    assert len({sample.x_axis.label, sample.y_axis.label}) == 2


def test_the_figure_marks_what_was_counted(evaluated):
    """With a step removed, the marked blasts are those of the result, here all 60 or fewer."""
    tail = '[quality]\nremove = ["boundary"]\ncells = "cells"\n'
    evaluation = evaluated(CAR_T, tail=tail)
    (measured,) = evaluation.flow
    sample = flow_samples(evaluation)[0]
    assert sample.blasts.sum() == measured.result.level.numerator
    assert evaluation.course.of(MrdReading)
    assert not [a for _, a in evaluation.course.of(Assessment) if a.id.startswith("flow-")]
