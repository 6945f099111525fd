"""Digital PCR and sequencing in a case folder, up to its facts and documents.

Oracles: -ln(1 - k/n) by hand; 7 of 1.5 million cells; shares of reads counted by hand.
"""

import json
import math

import pytest

from residua.facts.mrd import MrdReading
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.main.run import run_case

CASE = """kind = "residua.case"
version = "1.0"
title = "molecular"
[diagnosis]
date = "2024-01-02"
disease = "B-cell acute lymphoblastic leukaemia"
[[treatment]]
id = "induction"
start = "2024-01-05"
[[specimen]]
id = "marrow-dx"
date = "2024-01-02"
tissue = "marrow"
[[specimen]]
id = "marrow-d33"
date = "2024-02-08"
tissue = "marrow"
"""
DROPLETS = """well,sample,target,role,positive,partitions
A1,S7,IGH,unknown,8,20000
A1,S7,ALB,unknown,10000,20000
H1,other,IGH,unknown,80,20000
H1,other,ALB,unknown,10000,20000
"""
QPCR = """kind = "residua.qpcr"
version = "1.0"
[[file]]
path = "droplets.csv"
assay = "digital"
target = "IGH"
reference = "ALB"
[[sample]]
name = "S7"
specimen = "marrow-d33"
"""
AIRR = """sequence_id\tv_call\tj_call\tjunction\tduplicate_count\trepertoire_id
a\tIGHV3-23\tIGHJ4\tTGTGCG\t900\tmarrow-dx
b\tIGHV1-2\tIGHJ6\tTGTAAA\t40\tmarrow-dx
c\tIGHV3-23\tIGHJ4\tTGTGCG\t3\tmarrow-d33
d\tIGHV1-2\tIGHJ6\tTGTAAA\t9000\tmarrow-d33
e\tIGHV1-2\tIGHJ6\tTGTAAA\t9000\tsomebody else
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "patient"
    (made / "qpcr").mkdir(parents=True)
    (made / "case.toml").write_text(CASE)
    return made


def _readings(folder):
    return evaluate_case(folder).course.case.of(MrdReading)


def test_digital_pcr_becomes_mrd_of_its_specimen(folder, tmp_path):
    (folder / "qpcr" / "droplets.csv").write_text(DROPLETS)
    (folder / "qpcr" / "qpcr.toml").write_text(QPCR)
    report = check_folder(folder)
    assert report.faults == ()
    assert any("1 sample of no [[sample]]" in note for note in report.notes)
    (reading,) = _readings(folder)
    assert (reading.method, reading.specimen, reading.denominator_kind) == (
        "dpcr", "marrow-d33", "dna",
    )  # fmt: skip
    expected = -math.log1p(-8 / 20000) / (math.log(2) / 2)
    assert float(reading.level) == pytest.approx(expected, rel=1e-5)
    run_case(folder, tmp_path / "out")
    document = json.loads((tmp_path / "out" / "course.json").read_text())
    (measure,) = [m for m in document["measures"] if m["kind"] == "residua.molecular-mrd"]
    assert [level["sample"] for level in measure["levels"]] == ["marrow-d33"]
    assert "Digital PCR" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('target = "IGH"\n', "", "the target that is counted"),
        ('target = "IGH"', 'target = "IGX"', "a target of the file"),
        ('reference = "ALB"', "droplet_nl = 0.85", "droplet_nl and reaction_ul together"),
    ],
)
def test_an_entry_that_does_not_fit_is_a_fault(folder, old, new, said):
    (folder / "qpcr" / "droplets.csv").write_text(DROPLETS)
    (folder / "qpcr" / "qpcr.toml").write_text(QPCR.replace(old, new, 1))
    (fault,) = check_folder(folder).faults
    assert said in str(fault)
    assert "qpcr.toml:3" in str(fault)


def test_clonal_cells_become_mrd(folder):
    head = "sample\tclone\tlocus\tcells\ttotal_cells\n"
    (folder / "clonotypes.tsv").write_text(head + "marrow-d33\tc1\tIGH\t7\t1500000\n")
    (reading,) = _readings(folder)
    assert (reading.method, reading.denominator_kind, reading.status) == (
        "ngs", "nucleated", "quantified",
    )  # fmt: skip
    assert reading.level == pytest.approx(7 / 1.5e6, rel=1e-5)


def test_reads_of_the_first_clonotype_make_a_sample_positive_without_a_number(folder):
    """The clonotype of 900 of 940 reads is followed; that of 40 (4.3 %) is not."""
    (folder / "clonotypes.tsv").write_text(AIRR)
    (reading,) = _readings(folder)
    assert (reading.specimen, reading.status, reading.level) == ("marrow-d33", "positive", None)
    assert "of the segmented reads, not of cells" in reading.note
    notes = check_folder(folder).notes
    assert any("1 sample of no specimen" in note for note in notes)


def test_a_broken_table_of_clonotypes_is_a_fault_of_the_check(folder):
    (folder / "clonotypes.tsv").write_text("v_call\tjunction\nIGHV1\tTGT\n")
    assert "j_call" in str(check_folder(folder).faults[0])


FEW = """well,sample,target,role,positive,partitions
A1,S7,IGH,unknown,0,20000
A1,S7,ALB,unknown,1000,20000
"""


def test_an_insensitive_negative_is_one_for_the_standard_that_names_it(folder):
    """3 droplets of 20000 over -ln(1 - 1000 / 20000) / 2 a droplet: LOD 5.85e-3, above 1e-4."""
    (folder / "qpcr" / "droplets.csv").write_text(FEW)
    (folder / "qpcr" / "qpcr.toml").write_text(QPCR)
    evaluation = evaluate_case(folder)
    (reading,) = evaluation.course.case.of(MrdReading)
    assert float(reading.lod.value) == pytest.approx(3 / 20000 * 2 / -math.log1p(-0.05), rel=1e-4)
    (said,) = (j for j in evaluation.judgements if j.term == "mrd-variant-1")
    assert said.verdict == "MRD other: negative with insufficient sensitivity"
    (said,) = (j for j in evaluation.judgements if j.standard == "mrd-terms" and j.term == "mrd")
    assert "insufficient sensitivity" in said.verdict
