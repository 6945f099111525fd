"""Oracles: flowutils (the reference C code of logicle), and root finding on the curve itself."""

import numpy as np
import pytest
from flowutils.transforms import hyperlog, logicle

from residua.facts.scale_curves import exact_scale
from residua.facts.scales import Arcsinh, Hyperlog, Logicle
from residua.measures.scale import apply_scale

PARAMETERS = [(262144, 0.5, 4.5, 0), (10000, 1, 4, 0.5), (1000, 0.2, 5, -0.1), (262144, 2, 4.5, 0)]
VALUES = np.concatenate(
    [[0.0, -0.0, 1e-9], np.geomspace(1e-3, 3e6, 400), -np.geomspace(1e-3, 3e6, 400)]
)


@pytest.mark.parametrize("parameters", PARAMETERS)
@pytest.mark.parametrize("kind", [Logicle, Hyperlog])
def test_the_fast_scales_equal_the_exact_ones(parameters, kind):
    scale = kind(*parameters)
    np.testing.assert_allclose(
        apply_scale(VALUES, scale), exact_scale(VALUES, scale), rtol=0, atol=1e-10
    )


@pytest.mark.parametrize("parameters", PARAMETERS)
@pytest.mark.parametrize(("kind", "oracle"), [(Logicle, logicle), (Hyperlog, hyperlog)])
def test_the_fast_scales_equal_flowutils(parameters, kind, oracle):
    top, w, m, a = parameters
    values = VALUES[np.abs(VALUES) <= top]
    theirs = oracle(values.reshape(-1, 1).copy(), [0], t=top, m=m, w=w, a=a)[:, 0]
    np.testing.assert_allclose(apply_scale(values, kind(*parameters)), theirs, rtol=0, atol=1e-9)


def test_arcsinh_is_that_of_numpy():
    np.testing.assert_array_equal(apply_scale(VALUES, Arcsinh(150)), np.arcsinh(VALUES / 150))


def test_what_is_not_a_number_stays_so():
    scaled = apply_scale(np.array([np.nan, np.inf, -np.inf]), Logicle())
    np.testing.assert_array_equal(scaled, [np.nan, np.inf, -np.inf])
