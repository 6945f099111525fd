"""What is kept of a measured file for pictures; oracle: the simulator's labels as the reading."""

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest

from residua.main.automatic.pictures import KnownBlasts, pictured
from residua.main.automatic.prepare import PreparedFile
from residua.measures.automatic.measured import Measured
from residua.measures.blast_share.share import Share
from residua.measures.preflight.prepare import prepare
from residua.measures.reference.build import build_reference
from residua.measures.reference.placing import place
from residua.readers.flow_toml import read_flow_toml
from residua.simulate.marrow.drawn import BLASTS, draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.flow_toml_export import write_flow_toml


@cache
def made(**given):
    flow = simulate_marrow(draw_marrow(MarrowSpec(laboratory=5, clone="4", **given)))
    checked = prepare(flow.acquisition)
    sample = replace(checked.sample, digest=repr(sorted(given.items())))
    truth = (flow.labels == flow.names.index(BLASTS))[sample.rows]
    return PreparedFile("follow-up.fcs", flow.acquisition, sample, checked.quality), truth


@cache
def reference():
    normals = [made(patient=60 + n, events=20_000)[0].sample for n in range(6)]
    return build_reference(normals, simulated=True)


def read(truth, sample):
    placed = place(sample.events, reference())
    shift = np.zeros(len(sample.dimensions))
    share = Share(truth.mean(), 0.0, truth.astype(float), shift, shift, {}, truth.mean())
    rows = np.arange(len(sample))
    posterior = truth.astype(np.float32)
    given = {"posterior": posterior, "placed": placed, "rows": rows, "share": share}
    others = [field.name for field in fields(Measured) if field.name not in given]
    return Measured(**given, **dict.fromkeys(others))


@pytest.fixture(scope="module")
def shown():
    file, truth = made(patient=8, sample=3, blasts=80, events=50_000)
    found = read(truth, file.sample)
    known = KnownBlasts(found.placed.events[truth], ())
    return pictured(file, found, known, reference(), path=file.name), truth, file


def test_every_labelled_blast_is_kept_in_its_own_values(shown):
    cells, truth, file = shown
    np.testing.assert_array_equal(cells.blasts, file.sample.events[truth])
    assert len(cells.others) == (~truth).sum()
    assert 0 < len(cells.lineage) < 0.3 * len(cells.others)


def test_blasts_of_the_diagnosis_come_back_to_the_scale_of_the_file(shown):
    """These are the file's own blasts, aligned: turned round, they are where they were."""
    cells, _, _ = shown
    np.testing.assert_allclose(cells.diagnosis, cells.blasts, atol=1e-4)


def test_axes_name_antigen_and_channel(shown):
    cells, _, _ = shown
    assert cells.labels[cells.dimensions.index("CD19")] == "CD19 PE-Cy7-A"
    assert cells.labels[cells.dimensions.index("SSC-A")] == "SSC-A"


def test_the_gates_stand_in_a_strategy_that_reads_back(shown, tmp_path):
    cells, _, _ = shown
    write_flow_toml(cells.strategy, tmp_path / "gates.toml")
    again = read_flow_toml(tmp_path / "gates.toml")
    assert again.gates == cells.strategy.gates
    assert len(again.gates) == 2 + len(cells.gates)
