"""Blasts found without labels; oracle: the simulator's labels, and its shares of cells."""

import numpy as np
import pytest
from simulated_diagnosis import diagnosis, dimensions, reference

from residua.errors import ValueFault
from residua.measures.laip import find
from residua.measures.laip.background import background_of
from residua.measures.laip.find import find_blasts


@pytest.fixture(autouse=True)
def _one_background(monkeypatch):
    """The background of a reference is the same each time: made once for all tests here."""
    made = {}

    def once(known, *, seed):
        key = id(known), seed
        if key not in made:
            made[key] = _KEPT.setdefault(key, background_of(known, seed=seed))
        return made[key]

    monkeypatch.setattr(find, "background_of", once)


_KEPT: dict = {}


def _judged(made):
    found = find_blasts(made.events, reference())
    got = np.zeros(len(made.events), bool)
    got[found.rows] = True
    return made.blasts[got].mean(), got[made.blasts].mean(), found


@pytest.mark.parametrize(
    ("clone", "share", "condition"),
    [
        ("6", 0.05, "regenerating"),
        ("2", 0.95, "child"),
        ("close", 0.6, "adult"),
    ],
)
def test_blasts_are_found_without_labels(clone, share, condition):
    made = diagnosis(patient=70, clone=clone, blast_fraction=share, condition=condition)
    purity, recall, found = _judged(made)
    assert purity >= 0.99
    assert recall >= 0.95
    assert (np.diff(found.rows) > 0).all()
    if share == 0.05:
        again = find_blasts(made.events, reference())
        np.testing.assert_array_equal(again.rows, found.rows)


@pytest.mark.parametrize("clone", ["6", "2"])
def test_blasts_are_found_among_skewed_and_heavy_tailed_populations(clone):
    """There the references' populations fit no person's well: all cells were taken for blasts."""
    made = diagnosis(patient=70, clone=clone, blast_fraction=0.5, family="skewed")
    found = find_blasts(made.events, reference(family="skewed"))
    assert made.blasts[found.rows].mean() >= 0.97
    assert made.blasts[found.rows].sum() >= 0.95 * made.blasts.sum()


@pytest.mark.parametrize("condition", ["adult", "regenerating"])
def test_a_normal_marrow_is_no_diagnosis(condition):
    made = diagnosis(patient=71, blasts=0, condition=condition)
    with pytest.raises(ValueFault):
        find_blasts(made.events, reference())


def test_blasts_without_cd19_are_found_and_flagged():
    made = diagnosis(patient=72, clone="4", blast_fraction=0.5, loss={"CD19": 1.0})
    purity, recall, found = _judged(made)
    assert purity >= 0.99
    assert recall >= 0.95
    assert "most blasts dim or negative for CD19" in found.flags


def test_two_clones_are_two_clusters():
    """Two patients' clones in one tube, seven tenths and three tenths of the blasts."""
    one = diagnosis(patient=70, clone="6", blast_fraction=0.7)
    two = diagnosis(patient=74, clone="6", blast_fraction=0.3)
    column = dimensions().index("CD34")
    apart = two.events[two.blasts].copy()
    apart[:, column] = apart[:, column] - np.median(apart[:, column]) + 0.2
    apart[:, dimensions().index("CD45")] += 1.5
    made = one.events, np.concatenate([one.events, apart])
    found = find_blasts(made[1], reference())
    assert any("separate clusters" in flag for flag in found.flags)
    first = found.rows < len(one.events)
    assert first.sum() >= 0.95 * one.blasts.sum()
    assert (~first).sum() >= 0.95 * len(apart)


def test_few_blasts_and_other_dimensions_are_faults():
    made = diagnosis(patient=70, clone="6", blasts=200)
    with pytest.raises(ValueFault):
        find_blasts(made.events, reference())
    with pytest.raises(ValueFault):
        find_blasts(made.events[:, :5], reference())
