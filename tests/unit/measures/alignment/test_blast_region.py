"""Samples full of blasts. Oracle: the simulator, which says how the same blasts look after each
sample's own shift of gain, offset and spillover, and the split of two heaps of numbers by hand."""

import numpy as np
import pytest

from residua.measures.alignment.align import align
from residua.measures.alignment.blast_region import BlastRegion, level
from residua.measures.alignment.references import build_frame
from residua.measures.alignment.sample_map import apply_map
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.laboratory import measured
from residua.simulate.marrow.law import draw_cells
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.true_laws import displayed

EVENTS = 40_000
DEBRIS = 2.6  # decades of forward scatter, below every nucleated cell


def _seen(**given):
    drawn = draw_marrow(MarrowSpec(events=EVENTS, laboratory=11, sample=1, doublets=0, **given))
    events = displayed(simulate_marrow(drawn).acquisition, drawn)
    return drawn, events[events[:, 0] > DEBRIS]


def _blasts_seen(drawn, cells, found):
    return apply_map(measured(cells, drawn.chain).astype(np.float32), found.map).mean(axis=0)


@pytest.fixture(scope="module")
def laboratory():
    """Normals as drawn and seen, and their frame."""
    conditions = ("adult", "adult", "regenerating", "child")
    pairs = [_seen(patient=n, condition=one) for n, one in enumerate(conditions)]
    scatter = np.array([name in ("FSC-A", "SSC-A") for name in pairs[0][0].tube.labels])
    return pairs, build_frame([events for _, events in pairs], scatter=scatter, seed=1)


@pytest.mark.parametrize(("clone", "patient"), [("4", 2001), ("2", 2002)])
def test_blasts_fake_no_landmark_at_diagnosis(laboratory, clone, patient):
    """CD34 lay 0.8 decade off where a fixed limit let blasts pass for progenitors."""
    pairs, frame = laboratory
    drawn, events = _seen(patient=patient, clone=clone, blast_fraction=0.8)
    law, random = drawn.blasts, np.random.Generator(np.random.PCG64(1))
    cells = draw_cells(law, random.multinomial(500, law.weights), random)
    labels = drawn.tube.labels
    region = BlastRegion(*(labels.index(name) for name in ("CD19", "CD20", "CD34")))
    found = align(events, frame, blasts=region)
    usual = [_blasts_seen(one, cells, align(seen, frame)) for one, seen in pairs]
    away = np.abs(_blasts_seen(drawn, cells, found) - np.mean(usual, axis=0))
    assert away.max() < 0.2
    assert found.outliers < 0.02


def test_a_level_lies_between_two_heaps():
    values = np.array([0.0, 0.2, 2.0, 2.2, 0.1])
    assert level(values, 0.5) == pytest.approx(1.1)
    assert level(values, 0.75) == pytest.approx(0.1 + 0.75 * 2)
