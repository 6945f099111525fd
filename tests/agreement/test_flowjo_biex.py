"""Oracles: a table of channels that FlowJo wrote, and FlowKit's biex (its tables and transform)."""

import itertools

import numpy as np
import pytest
from flowkit._models.transforms._wsp_transforms import WSPBiexTransform, generate_biex_lut

from residua.facts.scale_curves import curve_of
from residua.facts.scales import Biex
from residua.measures.scale import apply_scale

TABLE = "flowkit/flowjo_xforms/tr_biex_l256_w-7.943282_n1.000000_m4.418540_r262144.000029.csv"
PARAMETERS = list(
    itertools.product((0, 0.5, 1), (-1, -10, -31.6, -1000), (4.418539922, 6), (1024, 262144))
)


def _channels(scale, count):
    """The linear values of the first `count` channels."""
    curve = curve_of(scale)
    at = np.arange(count) / 4096
    above = curve.value(np.maximum(at, curve.zero))
    below = -curve.value(np.maximum(2 * curve.zero - at, curve.zero))
    return np.where(at >= curve.zero, above, below)


def test_the_curve_is_the_table_that_flowjo_wrote(test_data):
    channels, values = np.loadtxt(test_data / TABLE, delimiter=",", skiprows=1, unpack=True)
    ours = _channels(Biex(262144.000029, 1, -7.943282, 4.418540), len(channels))
    nonzero = values != 0
    last_digit = 10.0 ** (np.floor(np.log10(np.abs(values[nonzero]))) - 5)
    assert ours[~nonzero] == pytest.approx(0, abs=1e-9)
    assert (np.abs(ours - values)[nonzero] <= last_digit).all()


def test_values_of_that_table_fall_on_their_channels(test_data):
    channels, values = np.loadtxt(test_data / TABLE, delimiter=",", skiprows=1, unpack=True)
    scaled = apply_scale(values, Biex(262144.000029, 1, -7.943282, 4.418540))
    # six digits of a value near the top place it to 0.002 of a channel
    np.testing.assert_allclose(scaled * 4096, channels, rtol=0, atol=0.002)


@pytest.mark.parametrize(("neg", "width", "pos", "top"), PARAMETERS)
def test_the_curve_is_the_table_of_flowkit(neg, width, pos, top):
    theirs, _ = generate_biex_lut(neg=neg, width_basis=width, pos=pos, max_value=top)
    ours = _channels(Biex(top, neg, width, pos), len(theirs))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12 * top)


@pytest.mark.parametrize(("neg", "width", "pos", "top"), PARAMETERS)
def test_the_scale_is_that_of_flowkit(neg, width, pos, top):
    values = np.concatenate([np.linspace(-top / 10, top * 1.1, 500), [0.0, 1e-3, -1e-3]])
    theirs = WSPBiexTransform(neg, width, pos, top).apply(values)
    ours = apply_scale(values, Biex(top, neg, width, pos)) * 4096
    # FlowKit interpolates between whole channels and ends at 4096
    np.testing.assert_allclose(ours, np.minimum(theirs, 4095), rtol=0, atol=0.001)
