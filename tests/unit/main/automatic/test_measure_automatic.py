"""From FCS files to mrd.json and labels. Oracle: the truth of the simulator that made the files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from residua.errors import InputError, UsageError
from residua.facts.mrd import MrdReading
from residua.main import case_automatic
from residua.main.automatic import known, normals
from residua.main.automatic.measure import measure_automatic
from residua.main.automatic.normals import SIMULATED, normals_of
from residua.main.automatic.result import told_once
from residua.main.automatic.sources import Sources, normals_in
from residua.main.automatic.write import write_automatic
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.main.mrd import measure_mrd
from residua.main.reference.folder import read_reference, write_reference
from residua.main.reference.shipped import simulated_sample
from residua.main.validate.measuring import by_diagnosis
from residua.measures.reference.build import build_reference
from residua.readers.fcs import read_fcs
from residua.simulate.marrow.drawn import BLASTS, draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.fcs_export import write_fcs

COMMON = {"laboratory": 5, "events": 14_000, "clone": "6"}
FOLLOW_UP = 60  # blasts


def made(path: Path, *, compensated: bool = True, **given: object) -> np.ndarray:
    """Which events of the file that was written are blasts."""
    flow = simulate_marrow(draw_marrow(MarrowSpec(**COMMON | given)))
    file = flow.acquisition if compensated else replace(flow.acquisition, spillover=None)
    write_fcs(file, path)
    return flow.labels == flow.names.index(BLASTS)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("automatic")
    conditions = ("adult", "regenerating", "child") * 2
    specs = [MarrowSpec(**COMMON, patient=50 + n, condition=c) for n, c in enumerate(conditions)]
    reference = build_reference([simulated_sample(spec) for spec in specs], simulated=True)
    write_reference(reference, folder / "reference")
    truth = {
        "dx": made(folder / "dx.fcs", patient=7, blast_fraction=0.6),
        "fu": made(folder / "fu.fcs", patient=7, sample=9, drift=1.0, blasts=FOLLOW_UP),
        "again": made(folder / "again.fcs", patient=7, sample=9, seed=3, blasts=FOLLOW_UP),
        "normal": made(folder / "normal.fcs", patient=60),
    }
    made(folder / "raw.fcs", patient=7, sample=10, blasts=FOLLOW_UP, compensated=False)
    return SimpleNamespace(folder=folder, truth=truth, reference=folder / "reference")


@pytest.fixture(autouse=True)
def _one_cache(case, monkeypatch):
    monkeypatch.setenv("RESIDUA_CACHE", str(case.folder / "cache"))


def measured(case, *names, diagnoses=("dx.fcs",), **given):
    files = [case.folder / name for name in names]
    known_from = [case.folder / name for name in diagnoses]
    return measure_automatic(files, diagnoses=known_from, normals=case.reference, **given)


def test_blasts_are_counted_and_labelled_in_the_order_of_the_file(case, tmp_path):
    found = measured(case, "fu.fcs", pictures=True)
    truth = case.truth["fu"]
    (labels,) = found.labels
    assert (labels.labels.blast & truth).sum() >= 0.95 * FOLLOW_UP
    assert (labels.labels.blast & ~truth).sum() <= 0.05 * FOLLOW_UP
    result = found.result
    assert result.level.numerator == pytest.approx(FOLLOW_UP, rel=0.1)
    assert result.level.status in ("quantified", "detected below LLOQ")
    share = FOLLOW_UP / result.level.denominator.count
    assert result.total_interval.low <= share <= result.total_interval.high
    assert result.limit_of_blank < share
    names = {path.name for path in write_automatic(found, tmp_path / "out")}
    assert names == {path.name for path in (tmp_path / "out").iterdir()}
    assert {"mrd.json", "quality.png", "labels.parquet", "fu.labelled.fcs"} <= names
    assert {"mrd.png", "aberrancies.png", "blasts.svg", "gates.toml"} <= names
    table = pl.read_parquet(tmp_path / "out" / "labels.parquet")
    assert np.array_equal(table["blast"].to_numpy(), labels.labels.blast)
    copy = read_fcs(tmp_path / "out" / "fu.labelled.fcs")
    assert np.array_equal(copy.events[:, -2] == 1, labels.labels.blast)
    document = json.loads((tmp_path / "out" / "mrd.json").read_text())
    assert document["approach"] == "automatic"
    assert {one["file"] for one in document["inputs"]} == {"fu.fcs", "dx.fcs", "reference"}
    assert document["reference"] == read_reference(case.reference).digest
    assert len(document["model"]) == 64
    assert document["antigens"][0]["marker"] == "CD19"
    assert SIMULATED in document["flags"]
    assert len(document["aberrancies"]) >= 3
    assert any("at diagnosis" in note for note in document["notes"])


def test_a_patient_is_fitted_once_and_read_the_same(case, monkeypatch):
    first = measured(case, "fu.fcs")
    monkeypatch.setattr(known, "fit_patient", lambda *_, **__: pytest.fail("fitted again"))
    again = measured(case, "fu.fcs")
    assert again.result == first.result
    one, other = again.labels[0].labels, first.labels[0].labels
    assert one.posterior.tobytes() == other.posterior.tobytes()


def test_files_of_one_tube_are_added(case, tmp_path):
    one, other, both = (
        measured(case, *names) for names in (["fu.fcs"], ["again.fcs"], ["fu.fcs", "again.fcs"])
    )
    levels = [found.result.level for found in (one, other)]
    level = both.result.level
    assert level.denominator.count == sum(each.denominator.count for each in levels)
    assert level.numerator == pytest.approx(sum(each.numerator for each in levels), abs=1)
    assert both.result.predicted_lod <= one.result.predicted_lod
    assert both.result.events.total == 2 * COMMON["events"]
    (tube,) = both.result.tubes
    assert [file.file for file in tube.files] == ["fu.fcs", "again.fcs"]
    names = [path.name for path in write_automatic(both, tmp_path / "out")]
    assert names[2:] == [
        "fu.labels.parquet", "fu.labelled.fcs", "again.labels.parquet", "again.labelled.fcs",
    ]  # fmt: skip


def test_few_cells_refuse_a_negative_and_no_positive(case):
    empty = measured(case, "normal.fcs").result.level
    assert empty.status == "not assessable"
    assert "negative with insufficient sensitivity" in empty.reason
    assert "usable cells: a negative at 1e-4" in empty.reason
    positive = measured(case, "fu.fcs").result.level
    assert any("usable cells: a negative at 1e-4" in flag for flag in positive.flags)


def test_without_a_diagnosis_a_strange_cluster_is_all_that_is_said(case):
    full = measured(case, "dx.fcs", diagnoses=())
    assert full.result.level.status == "detected below LLOQ"
    assert "suspicious cluster, confirm" in full.result.flags
    blast, truth = full.labels[0].labels.blast, case.truth["dx"]
    assert (blast & truth).sum() > 0.5 * truth.sum()
    assert (blast & ~truth).sum() < 0.02 * truth.sum()
    none = measured(case, "normal.fcs", diagnoses=())
    assert none.result.level.status == "not assessable"
    assert none.result.level.reason.startswith("no diagnostic sample")
    assert none.result.model is None


def test_a_diagnosis_without_blasts_cannot_be_used(case):
    found = measured(case, "fu.fcs", diagnoses=("normal.fcs",))
    assert found.result.level.status in ("not assessable", "detected below LLOQ")
    assert any(flag.startswith("diagnosis normal.fcs needs") for flag in found.result.flags)
    assert found.result.level.status != "quantified"


def test_a_file_that_nothing_can_be_measured_in_is_not_assessable(case):
    found = measured(case, "raw.fcs")
    assert found.result.level.status == "not assessable"
    assert "uncompensated" in found.result.level.reason
    assert found.result.level.fraction is None
    assert not found.labels[0].labels.blast.any()


def test_an_assay_is_validated_by_the_same_measuring(case):
    measure, approach = by_diagnosis([case.folder / "dx.fcs"], case.reference)
    assert measure(case.folder / "fu.fcs") == measured(case, "fu.fcs").result
    assert (approach.name, approach.gates.file) == ("automatic", "dx.fcs")
    with pytest.raises(InputError, match="uncompensated"):
        measure(case.folder / "raw.fcs")


def test_faults_of_all_files_are_told_together(case, tmp_path):
    for name in ("a.fcs", "b.fcs"):
        (tmp_path / name).write_bytes(b"FCS3.0 no more")
    with pytest.raises(InputError) as raised:
        measure_automatic([tmp_path / "a.fcs", tmp_path / "b.fcs"], normals=case.reference)
    assert {Path(fault.file).name for fault in raised.value.faults} == {"a.fcs", "b.fcs"}


def test_a_dimension_that_only_the_normals_show_is_named(case):
    dimensions = read_reference(case.reference).dimensions
    fewer = tuple(name for name in dimensions if name != "CD58")
    found = normals_of((*fewer, "CD99"), case.reference, (), Sources(), lambda _: None)
    assert "panel without CD58 of the normal reference: read without" in found.flags
    assert found.notes == ("no normals show CD99: not used",)
    assert found.reference.dimensions == fewer


def test_few_normals_of_a_laboratory_stand_beside_those_brought_along(case, monkeypatch):
    shipped = read_reference(case.reference)
    monkeypatch.setattr(normals, "shipped_reference", lambda *_, **__: shipped)
    files = [case.folder / name for name in ("normal.fcs", "raw.fcs", "dx.fcs")]
    found = normals_of(shipped.dimensions, None, files, Sources(), lambda _: None)
    assert len(found.reference.normals) == len(shipped.normals) + 1
    assert found.reference.digest != shipped.digest
    assert "1 normals of the laboratory, fewer than 24: simulated ones are added" in found.flags
    for name in ("raw.fcs", "dx.fcs"):  # without compensation; full of blasts
        assert any(flag.startswith(f"normal {name} left aside") for flag in found.flags)
    again = normals_of(shipped.dimensions, None, files[::-1], Sources(), lambda _: None)
    assert again.reference.digest == found.reference.digest


def test_a_folder_without_normals_is_wrong_use(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError, match="--normals"):
            normals_in(folder)


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
id = "first"
date = "2022-01-10"
tissue = "marrow"
[[treatment]]
id = "induction"
regimen = "free"
start = "2022-01-12"
drugs = [{ name = "vincristine", dose = "1.5 mg/m2", days = "1" }]
[[cell_infusion]]
id = "car-t"
date = "2022-06-01"
kind = "car-t"
target = ["CD22"]
[[specimen]]
id = "later"
date = "2022-07-01"
tissue = "marrow"
"""
FLOW = """
[[file]]
path = "fu.fcs"
specimen = "later"
approach = "automatic"
[[file]]
path = "dx.fcs"
specimen = "first"
role = "diagnosis"
approach = "{approach}"
"""
GATE = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [0, inf] }
[[gate]]
name = "leukaemic"
parent = "cells"
kind = "range"
limits = { "CD34" = [400, inf] }
[mrd]
numerator = "leukaemic"
denominator = "cells"
denominator_kind = "nucleated"
"""


def case_folder(case, folder: Path, flow: str) -> Path:
    (folder / "flow").mkdir(parents=True)
    for name in ("fu.fcs", "dx.fcs"):
        (folder / "flow" / name).symlink_to(case.folder / name)
    (folder / "flow" / "flow.toml").write_text(flow)
    (folder / "case.toml").write_text(CASE)
    return folder


def test_a_case_measures_its_follow_up_by_its_diagnosis(case, tmp_path, monkeypatch):
    shipped = read_reference(case.reference)
    monkeypatch.setattr(normals, "shipped_reference", lambda *_, **__: shipped)
    folder = case_folder(case, tmp_path / "case", FLOW.format(approach="automatic"))
    assert check_folder(folder).faults == ()
    evaluated = evaluate_case(folder)
    (flow,) = evaluated.flow
    assert flow.result.approach == "automatic"
    assert flow.result.level.numerator == pytest.approx(FOLLOW_UP, rel=0.1)
    (reading,) = (fact for fact in evaluated.course.case.facts if isinstance(fact, MrdReading))
    assert float(reading.lod.value) == max(flow.result.level.lod, flow.result.predicted_lod)
    assert "flow/dx.fcs" in {one.file for one in evaluated.course.case.inputs}
    # CAR-T cells against CD22 were given before, and no detector of this tube shows CD22
    assert any("blasts that lost CD22 are not looked for" in flag for flag in flow.result.flags)


def test_a_persons_gate_gives_the_blasts_of_a_diagnosis(case, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        case_automatic, "measure_automatic", lambda *_, **given: seen.append(given) or _Stop.now()
    )
    folder = case_folder(case, tmp_path / "case", FLOW.format(approach="gates") + GATE)
    with pytest.raises(_Stop):
        evaluate_case(folder)
    (rows,) = seen[0]["sources"].gated.values()
    counted = measure_mrd([folder / "flow" / "dx.fcs"], gates=folder / "flow" / "flow.toml")
    assert len(rows) == counted.level.numerator > 0
    sample = Sources().opened(case.folder / "dx.fcs").sample
    learnt = known._gated(sample, rows)
    assert set(sample.rows[learnt]) <= set(rows)
    assert len(learnt) > 0.9 * len(rows)


class _Stop(Exception):
    @classmethod
    def now(cls):
        raise cls


def test_what_is_said_of_the_diagnosis_is_said_once():
    """By hand: the flag with the name of the file stands, another diagnosis' too."""
    flags = ("diagnosis: blood?", "simulated", "diagnosis dx.fcs: blood?", "diagnosis: voltages")
    kept = ("simulated", "diagnosis dx.fcs: blood?", "diagnosis: voltages")
    assert told_once((*flags, "simulated")) == kept
