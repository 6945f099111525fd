"""Readers beside the model. Oracle: `made_normals`, where each cell is known; closed forms."""

from dataclasses import replace

import made_normals as made
import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.measures.laip.box import Box, rows_in
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture
from residua.measures.second_readers.bends import Bends
from residua.measures.second_readers.discriminative import fit_discriminative
from residua.measures.second_readers.drifted import BLOCK, with_drift
from residua.measures.second_readers.opinion import (
    LEAST,
    TO_READERS,
    CalibratedReader,
    Opinion,
    calibrated,
    disagreements,
    second_opinion,
    spanned,
)
from residua.measures.second_readers.reader import reader_named
from residua.measures.second_readers.wide_laip import fit_wide_laip

SPREAD = 1.3 * made.SPREAD
LOW, HIGH = made.CLONE - 1.2, made.CLONE + 1.2
LOW[3] = -1.0
FITS = {"border": fit_discriminative, "wide LAIP": fit_wide_laip}


def _laip(drift=0.15):
    one = GaussianMixture(np.ones(1), made.CLONE[None], np.diag(SPREAD**2)[None])
    moves = Drift(np.zeros(7), np.diag(np.full(7, drift**2)))
    return Laip(made.DIMENSIONS, one, moves, Box(LOW, HIGH), made.blasts(9, 2000), (3,))


def _inside(events):
    return events[rows_in(_laip().box, events)]


NORMALS = [_inside(made.normal(seed)) for seed in range(6)]


@pytest.fixture(scope="module", params=sorted(FITS))
def reader(request):
    cells = [made.CELLS] * len(NORMALS)
    return request.param, calibrated(FITS[request.param], _laip(), NORMALS, cells, seed=1)


def test_a_reader_sees_blasts_and_not_normal_cells(reader):
    """40 of 12 040 cells, drifted by 0.1 decade: within 30 %; none in a normal it never saw."""
    name, known = reader
    assert known.sensitivity > 0.8
    host = made.normal(30)
    events = np.concatenate([host, made.blasts(31, 40) + np.float32(0.1)])
    (seen,) = second_opinion(_inside(events), len(events), [known])
    assert (seen.name, seen.positive) == (name, True)
    assert seen.fraction == pytest.approx(40 / len(events), rel=0.3)
    (blank,) = second_opinion(_inside(host), len(host), [known])
    assert not blank.positive


def test_the_border_sees_blasts_that_lost_cd19():
    known = calibrated(fit_discriminative, _laip(), NORMALS, [made.CELLS] * 6, seed=1)
    lost = made.blasts(33, 40)
    lost[:, 3] = 0.1
    events = np.concatenate([made.normal(32), lost])
    (seen,) = second_opinion(_inside(events), len(events), [known])
    assert seen.positive
    assert seen.fraction == pytest.approx(40 / len(events), rel=0.3)


def test_the_same_seed_draws_the_same_border():
    once, again = (fit_discriminative(_laip(), NORMALS, 3).score(NORMALS[0]) for _ in range(2))
    assert np.array_equal(once, again)


def test_blasts_of_a_block_drift_together_and_some_lose_the_antigen():
    """Variance of the blocks' means is that of the drift; 12 % lose CD19."""
    still = np.tile(made.CLONE, (400 * BLOCK, 1))
    drifted = with_drift(_laip(), still, made.random_of(4)) - made.CLONE
    means = drifted[:, 4].reshape(400, BLOCK)
    assert np.ptp(means, axis=1).max() < 1e-5
    assert means[:, 0].std() == pytest.approx(0.15, rel=0.15)
    lost = drifted[:, 3].reshape(400, BLOCK)
    off = np.abs(lost - np.median(lost, axis=1, keepdims=True)) > 1e-5
    assert off.mean() == pytest.approx(0.12, abs=0.01)


def test_bends_by_hand():
    """One channel, 2 spreads above: 1, 2, 4/8, and what lies beyond the knots 1, -1, 2, -2, 3.5."""
    made_up = Bends(np.array([1.0]), np.array([0.5])).of(np.array([[2.0]], np.float32))
    assert made_up.tolist() == [[1.0, 2.0, 0.5, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]]


class _First:
    """A reader whose logit is the first channel."""

    name = "first"

    def score(self, events):
        return events[:, 0].astype(np.float64)


def test_an_opinion_is_the_count_above_the_threshold_over_what_the_reader_sees():
    """50 of 100 events above; half of the blasts are seen: 50 / 1000 / 0.5. Limit 0.3 x 100."""
    known = CalibratedReader(_First(), 0.5, np.full(6, 0.3), np.full(6, 10.0), 0.5)
    events = np.arange(100, dtype=np.float32)[:, None] / 100 + 0.001
    (seen,) = second_opinion(events, 1000, [known])
    assert seen == Opinion("first", pytest.approx(0.1), pytest.approx(0.06), True)
    (few,) = second_opinion(events[:55], 1000, [known])
    assert few.limit_of_blank == pytest.approx(0.033)
    assert not few.positive
    assert second_opinion(events, 1000, [replace(known, sensitivity=0.01)]) == ()


def test_a_reader_that_counts_fewer_events_than_its_normals_counts_unevenly():
    """Rates alike at 1e-3: 100 events of 1e5; of 1e4 ten, and 1.645 sqrt(10 - 1) by counting."""
    known = CalibratedReader(_First(), 0.5, np.full(24, 1e-3), np.full(24, 1e5), 1.0)
    assert known.limit_of_blank(100_000) == pytest.approx(100)
    assert known.limit_of_blank(10_000) == pytest.approx(10 + 1.645 * np.sqrt(9), rel=1e-3)
    assert known.limit_of_blank(0) == LEAST


def test_a_threshold_lets_five_in_a_million_through():
    """Six normals of 100 000 cells, scores 0 to 99: 3 of 600 events may be above."""
    normals = [np.arange(i, 600, 6, dtype=np.float32)[:, None] for i in range(6)]

    def fit(laip, others, seed):
        return _First()

    known = calibrated(fit, _laip(), normals, [100_000] * 6, seed=1)
    assert known.threshold == 596.0


def test_flags_say_where_reader_and_model_are_not_of_one_mind():
    seen, alike = Opinion("wide LAIP", 4e-5, 1e-5, True), Opinion("border", 1.1e-5, 5e-6, True)
    assert disagreements([seen], 0.0, positive=False) == (
        "review: reader wide LAIP sees 4.0e-05 where the model sees none",
    )
    assert disagreements([seen, alike], 1e-5, positive=True) == (
        "readers differ more than 3-fold: wide LAIP sees 4.0e-05, the model 1.0e-05",
    )
    assert disagreements([Opinion("border", 0.0, 1e-5, False)], 1e-4, positive=True) == ()


def test_an_interval_reaches_to_readers_that_differ_and_to_no_others():
    total = Interval(0.95, 8e-4, 1.6e-3, "total")
    lower, alike = Opinion("wide LAIP", 1e-4, 1e-5, True), Opinion("border", 7e-4, 1e-5, True)
    blind, higher = Opinion("border", 2e-6, 1e-5, False), Opinion("border", 5e-3, 1e-5, True)
    told = f"total; {TO_READERS}"
    assert spanned(total, [lower, alike, blind], 1.2e-3) == replace(total, low=1e-4, kind=told)
    assert spanned(total, [higher, alike], 1.2e-3) == replace(total, high=5e-3, kind=told)
    assert spanned(total, [alike, blind], 1.2e-3) == total
    assert spanned(total, [], 1.2e-3) == total


def test_a_reader_is_found_by_its_name():
    path = "residua.measures.second_readers.wide_laip:fit_wide_laip"
    assert reader_named(path) is fit_wide_laip
    for wrong in ("nowhere_at_all:fit", "residua.errors:nothing", "residua", ""):
        with pytest.raises(ValueFault, match="module:function"):
            reader_named(wrong)


def test_too_few_normals_are_refused():
    with pytest.raises(ValueFault, match="at least 6 normals"):
        calibrated(fit_wide_laip, _laip(), NORMALS[:3], [1, 1, 1], seed=1)
