"""Oracle: events mixed by hand with a known matrix come back."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gating import Strategy
from residua.measures.compensation.spillover import condition_of, unmixing
from residua.measures.kernels.blocks import BLOCK
from residua.measures.readout import read_out

NAMES = ("FSC", "A", "B")
MATRIX = np.array([[1, 0.2], [0.1, 1]])
TRUE = np.array([[5, 100, 0], [6, 0, 50], [7, 10, 20]])


def opened(seen, spillover):
    channels = tuple(Channel(name) for name in NAMES)
    acquisition = Acquisition(np.asarray(seen, np.float32), channels, {})
    return read_out(acquisition, Strategy(), compensation=spillover)


def test_mixed_events_come_back():
    seen = TRUE.copy()
    seen[:, 1:] = TRUE[:, 1:] @ MATRIX
    readout = opened(seen, Spillover(("A", "B"), MATRIX))
    for place, name in enumerate(NAMES):
        np.testing.assert_allclose(readout.linear(name), TRUE[:, place], atol=1e-4)


def test_the_channels_may_stand_in_another_order():
    seen = TRUE.copy()
    seen[:, [2, 1]] = TRUE[:, [2, 1]] @ MATRIX
    readout = opened(seen, Spillover(("B", "A"), MATRIX))
    np.testing.assert_allclose(readout.linear("A"), TRUE[:, 1], atol=1e-4)
    np.testing.assert_allclose(readout.linear("B", np.array([2, 0])), [20, 0], atol=1e-4)


def test_every_event_beyond_a_block_is_compensated():
    """All events hold the same 10 + 0.1 x 40 = 14, so all must give 10."""
    seen = np.tile([0.0, 14.0, 42.0], (2 * BLOCK + 3, 1))
    readout = opened(seen, Spillover(("A", "B"), MATRIX))
    np.testing.assert_allclose(readout.linear("A"), 10, rtol=1e-6)
    rows = np.arange(1, len(seen))
    np.testing.assert_allclose(readout.linear("B", rows), 40, rtol=1e-6)


def test_an_event_without_a_value_has_none_and_leaves_the_others_alone():
    readout = opened([[1, np.nan, 5], [2, np.inf, 5], [3, 14, 42]], Spillover(("A", "B"), MATRIX))
    assert not np.isfinite(readout.linear("A")[:2]).any()
    np.testing.assert_allclose(readout.linear("A")[2], 10, rtol=1e-6)
    np.testing.assert_array_equal(readout.linear("FSC"), [1, 2, 3])


@pytest.mark.parametrize("matrix", [[[1, 1], [1, 1]], [[0, 0], [0, 0]]])
def test_a_singular_matrix_is_refused(matrix):
    with pytest.raises(ValueFault, match="singular"):
        opened(TRUE, Spillover(("A", "B"), np.array(matrix, float)))


def test_a_matrix_for_other_channels_is_refused():
    with pytest.raises(ValueFault, match="'C'"):
        opened(TRUE, Spillover(("A", "C"), MATRIX))


@pytest.mark.parametrize("matrix", [[[1, 0]], [[1, np.nan], [0, 1]]])
def test_what_is_no_matrix_is_refused(matrix):
    with pytest.raises(ValueFault):
        Spillover(("A", "B"), np.array(matrix, float))


def test_a_spectral_panel_of_thirty_dyes_is_far_from_refused():
    """Made-up spectra on 64 detectors; oracle: NumPy's least squares for a hundred cells."""
    draw = np.random.default_rng(0)
    light = np.linspace(400, 830, 16)
    spectra = []
    for peak in np.linspace(420, 810, 30):
        emitted = np.exp(-0.5 * ((light - peak) / np.where(light < peak, 18, 38)) ** 2)
        spectra.append(np.outer(draw.dirichlet(np.full(4, 0.5)), emitted).ravel())
    matrix = np.array(spectra) / np.max(spectra, axis=1, keepdims=True)
    names = tuple(f"D{n}" for n in range(64))
    spillover = Spillover(names, matrix, tuple(f"dye {n}" for n in range(30)))
    seen = draw.exponential(1000, (100, 30)) @ matrix
    wanted = np.linalg.lstsq(matrix.T, seen.T, rcond=None)[0].T
    assert condition_of(spillover) < 100
    assert np.allclose(seen @ unmixing(spillover), wanted)
