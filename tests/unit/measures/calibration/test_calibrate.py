"""Pseudo-spikes and what is made of them. Oracles: counts by hand, the law of the drift."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.calibration.calibrate import LEVELS, BoxedNormal, calibrate
from residua.measures.calibration.separability import separability
from residua.measures.calibration.spikes import draw_spike
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture

CELLS = 200_000


def gaussian(mean, spread):
    mean = np.asarray(mean, dtype=float)
    return GaussianMixture(np.ones(1), mean[None], spread**2 * np.eye(len(mean))[None])


def laip(*, held=3000, drift=0.2, mean=(2.0, 2.0), wide=20.0):
    random = np.random.Generator(np.random.PCG64(3))
    blasts = (np.asarray(mean) + 0.1 * random.standard_normal((held, 2))).astype(np.float32)
    return Laip(
        ("CD19", "CD34"),
        gaussian(mean, 0.1),
        Drift(np.array([0.0, -0.5]), drift**2 * np.eye(2)),
        Box(np.full(2, -wide), np.full(2, wide)),
        blasts,
        (0,),
    )


def normals(count=24, *, mean=(0.0, 0.0)):
    random = np.random.Generator(np.random.PCG64(4))
    return [
        BoxedNormal(
            (np.asarray(mean) + 0.3 * random.standard_normal((2000, 2))).astype(np.float32),
            CELLS,
            0.5,
        )
        for _ in range(count)
    ]


def counted(_, events):
    """A reader that counts what lies in the upper right quarter."""
    return float(((events > 1.0).any(axis=1)).mean())


def placed(_, events):
    """A reader whose answer changes with every event."""
    return float(np.exp(-np.abs(events)).mean())


FAR = gaussian([-5.0, -5.0], 0.2)


def test_blanks_exposures_and_responses_are_those_counted():
    found = calibrate(normals(), laip(), counted, open=(), seed=1, normal=FAR)
    assert found.exposures == pytest.approx(np.full(24, 0.01))
    blanks = [(n.events > 1.0).any(axis=1).sum() / CELLS for n in normals()]
    assert found.blanks == pytest.approx(blanks)
    assert found.levels.tolist() == list(LEVELS)
    assert np.median(found.responses - np.asarray(blanks)[:, None], axis=0) == pytest.approx(
        LEVELS, rel=0.01, abs=2e-6
    )
    assert found.flags == ()


def test_the_same_seed_gives_the_same_calibration():
    one, two, other = (
        calibrate(normals(4), laip(), placed, open=(0,), seed=s, normal=FAR) for s in (1, 1, 2)
    )
    assert (one.responses == two.responses).all()
    assert (one.responses != other.responses).any()
    assert one.separability == two.separability


def test_each_spike_has_one_drift_of_the_prior():
    """Means of 400 spikes of 200 blasts: mean and spread of the drift, at three errors."""
    known = laip()
    means = np.array(
        [
            draw_spike(
                known, 200, open_=(), random=np.random.Generator(np.random.PCG64(s))
            ).events.mean(axis=0)
            for s in range(400)
        ]
    )
    moved = means - known.held_out.mean(axis=0)
    assert moved.mean(axis=0) == pytest.approx([0.0, -0.5], abs=0.03)
    assert moved.std(axis=0) == pytest.approx([0.2, 0.2], abs=0.025)


def test_antigens_are_lost_by_a_share_of_the_spikes_only_where_open():
    """30 % of spikes; what is left lies between none and half of 2 decades."""
    known = laip(drift=0.01)

    def levels(open_):
        return np.array(
            [
                draw_spike(known, 50, open_=open_, random=np.random.Generator(np.random.PCG64(s)))
                .events[:, 0]
                .mean()
                for s in range(300)
            ]
        )

    assert (levels(()) > 1.8).all()
    opened = levels((0,))
    assert 0.22 <= (opened < 1.2).mean() <= 0.38
    assert opened.min() > -0.2


def test_more_blasts_than_held_out_ones_are_drawn_from_the_model_and_told():
    spike = draw_spike(laip(held=30), 100, open_=(), random=np.random.Generator(np.random.PCG64(1)))
    assert (spike.count, spike.fresh, len(spike.events)) == (100, 70, 100)
    found = calibrate(normals(3), laip(held=30), counted, open=(), seed=1, normal=FAR)
    assert found.flags == (
        "limits rest on 3 normals, fewer than 24",
        "30 blasts were held out; up to 570 of a spike came from their model",
    )


def test_blasts_that_drift_out_of_the_box_are_missed():
    spike = draw_spike(
        laip(wide=1.0), 100, open_=(), random=np.random.Generator(np.random.PCG64(1))
    )
    assert (spike.count, len(spike.events)) == (100, 0)


def test_separability_is_one_where_nothing_normal_is_and_the_prior_where_all_is_alike():
    """pi / (pi + exposure) where the densities are equal: 0.1 and 0.15 decade add up to theirs."""
    known = laip(drift=0.15)
    assert separability(known, FAR, exposure=0.01, seed=1) > 0.999
    same = gaussian([2.0, 1.5], 0.1)
    alike = separability(known, same, exposure=0.01, seed=1)
    assert alike == pytest.approx(1e-4 / (1e-4 + 0.01), rel=0.01)
    assert separability(laip(wide=1.0), FAR, exposure=0.01, seed=1) == 0


def test_one_normal_is_refused():
    with pytest.raises(ValueFault):
        calibrate(normals(1), laip(), counted, open=(), seed=1, normal=FAR)
    with pytest.raises(ValueFault):
        BoxedNormal(np.zeros((5, 2), np.float32), 4, 0.5)
