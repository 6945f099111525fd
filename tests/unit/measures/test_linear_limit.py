"""Oracles: the inverse of each scale in closed form; the floats next to the limit."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.facts.scale_curves import curve_of, exact_position
from residua.facts.scales import Arcsinh, Biex, Hyperlog, Linear, Log, Logicle, ScaledArcsinh
from residua.measures.linear_limit import linear_limit

MOST = 1.7976931348623157e308
SCALES = st.sampled_from(
    [
        Linear(),
        Linear(1000, 100),
        Log(262144, 4.5),
        Arcsinh(150),
        ScaledArcsinh(262144, 4, 1),
        Logicle(),
        Logicle(10000, 0, 4, 0.5),
        Hyperlog(10000, 1, 4.5, 0),
        Biex(262144, 1, -100, 4.5),
    ]
)


@pytest.mark.parametrize(
    ("scale", "limit", "linear"),
    [
        (Linear(), 30000.5, 30000.5),
        (Linear(1000, 100), 0.5, 450),
        (Log(262144, 4), 0.25, 262.144),
        (Arcsinh(5), 2.0, 5 * math.sinh(2)),
        (ScaledArcsinh(1000, 4, 0), 1.0, 1000),
        (Logicle(), 1.0, 262144),
        (Logicle(), 0.7, curve_of(Logicle()).at(0.7)),
        (Logicle(), -0.2, -curve_of(Logicle()).at(2 * curve_of(Logicle()).zero + 0.2)),
        (Hyperlog(1000), 0.4, curve_of(Hyperlog(1000)).at(0.4)),
        (Biex(), 0.4, curve_of(Biex()).at(0.4)),
    ],
)
def test_a_limit_is_the_inverse_of_its_scale(scale, limit, linear):
    assert linear_limit(scale, limit) == pytest.approx(linear, rel=1e-12)


@pytest.mark.parametrize(
    ("scale", "limit", "linear"),
    [
        (Logicle(), math.inf, math.inf),
        (Logicle(), -math.inf, -MOST),
        (Log(1000, 4), -math.inf, -MOST),
        (Biex(), 0.0, -MOST),
        (Biex(), 4095.5 / 4096, math.inf),
    ],
)
def test_limits_without_a_value(scale, limit, linear):
    """A scale with ends holds all values at its lowest one and none above its highest."""
    assert linear_limit(scale, limit) == linear


def test_values_beyond_bounds_count_as_the_bound():
    scale, bounds = Arcsinh(1), (-1.0, 1.0)
    assert linear_limit(scale, -1.0, bounds) == -MOST
    assert linear_limit(scale, 1.0, bounds) == pytest.approx(math.sinh(1), rel=1e-15)
    assert linear_limit(scale, 1.1, bounds) == math.inf


@settings(deadline=None)
@given(SCALES, st.floats(-0.2, 1.2))
def test_no_smaller_value_reaches_the_limit(scale, limit):
    value = linear_limit(scale, limit)
    if value not in (math.inf, -MOST):
        assert exact_position(value, scale) >= limit
        assert exact_position(math.nextafter(value, -math.inf), scale) < limit


@settings(deadline=None)
@given(SCALES, st.floats(-1e6, 1e6), st.integers(1, 4))
def test_exact_scales_never_fall(scale, value, steps):
    """Not even from one float to the next, which the limits rest on."""
    higher = value
    for _ in range(steps):
        higher = math.nextafter(higher, math.inf)
    assert exact_position(value, scale) <= exact_position(higher, scale)
