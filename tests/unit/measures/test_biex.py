"""Oracles: hand calculation of the channel of zero, and the exact curve, solved value by value."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.scale_curves import curve_of, exact_scale
from residua.facts.scales import Biex, Hyperlog, Log, Logicle, ScaledArcsinh
from residua.measures.scale import apply_scale

SCALES = [
    Biex(),
    Biex(262144, 0, -100, 4.418539922),
    Biex(262144, 1, -(10**0.9), 4.41854),
    Biex(1024, 0.5, -1000, 4),
    Biex(4194304, 2, -1, 6),
]
VALUES = np.concatenate([[0.0, -0.0], np.geomspace(1e-3, 3e6, 300), -np.geomspace(1e-3, 3e6, 300)])


@pytest.mark.parametrize("scale", SCALES)
def test_the_fast_scale_equals_the_exact_one(scale):
    np.testing.assert_allclose(
        apply_scale(VALUES, scale), exact_scale(VALUES, scale), rtol=0, atol=1e-10
    )


@pytest.mark.parametrize(
    ("scale", "channel"),
    [
        # half of the width's decade is linear: 0.5 of 4.5 decades, 4096 / 9 = 455.1
        (Biex(262144, 0, -10, 4.5), 455),
        # (1 + 0.45) of (1 + 4.41854) decades: 4096 * 1.45 / 5.41854 = 1096.08
        (Biex(262144, 1, -(10**0.9), 4.41854), 1096),
        # (3 + 1) of (3 + 4): 2340 lies above the middle
        (Biex(262144, 3, -100, 4), 2048),
        (Biex(262144, 0, -1, 4.5), 0),
    ],
)
def test_zero_lies_on_a_whole_channel_at_most_in_the_middle(scale, channel):
    assert apply_scale(np.array([0.0, -0.0]), scale) == pytest.approx(channel / 4096, abs=1e-15)


@pytest.mark.parametrize("scale", SCALES)
def test_values_beyond_the_channels_count_as_the_last_ones(scale):
    ends = apply_scale(np.array([-1e9, -np.inf, 1e9, np.inf, np.nan]), scale)
    np.testing.assert_array_equal(ends, [0, 0, 4095 / 4096, 4095 / 4096, np.nan])


@pytest.mark.parametrize("scale", SCALES)
def test_the_curve_rises_and_is_mirrored_at_zero(scale):
    curve = curve_of(scale)
    away = np.linspace(0, min(curve.zero, 0.9 - curve.zero), 50)
    values = curve.value(curve.zero + away)
    assert (np.diff(values) >= 0).all()
    np.testing.assert_allclose(apply_scale(values, scale), curve.zero + away, atol=1e-12)
    np.testing.assert_allclose(apply_scale(-values, scale), curve.zero - away, atol=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"max": 0},
        {"max": float("nan")},
        {"neg": -0.5},
        {"neg": 1e9},
        {"width": 10},
        {"width": -0.5},
        {"width": -float("inf")},
        {"pos": 0.5},
        {"pos": 1e9},
    ],
)
def test_parameters_outside_the_scale_are_refused(wrong):
    with pytest.raises(ValueFault):
        Biex(**wrong)


@pytest.mark.parametrize("kind", [Log, ScaledArcsinh, Logicle, Hyperlog])
def test_more_decades_than_a_float_holds_are_refused(kind):
    with pytest.raises(ValueFault):
        kind(T=262144, M=400)
