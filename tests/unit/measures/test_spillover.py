"""Oracle: events mixed by hand with a known matrix come back."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.measures.spillover import compensate

NAMES = ("FSC", "A", "B")
MATRIX = np.array([[1, 0.2], [0.1, 1]])
TRUE = np.array([[5, 100, 0], [6, 0, 50], [7, 10, 20]], np.float32)


def test_mixed_events_come_back():
    seen = TRUE.copy()
    seen[:, 1:] = TRUE[:, 1:] @ MATRIX
    found = compensate(seen, NAMES, Spillover(("A", "B"), MATRIX))
    np.testing.assert_allclose(found, TRUE, atol=1e-5)
    assert found.dtype == np.float32


def test_the_channels_may_stand_in_another_order():
    seen = TRUE.copy()
    seen[:, [2, 1]] = TRUE[:, [2, 1]] @ MATRIX
    found = compensate(seen, NAMES, Spillover(("B", "A"), MATRIX))
    np.testing.assert_allclose(found, TRUE, atol=1e-5)


@pytest.mark.parametrize("matrix", [[[1, 1], [1, 1]], [[0, 0], [0, 0]]])
def test_a_singular_matrix_is_refused(matrix):
    with pytest.raises(ValueFault, match="singular"):
        compensate(TRUE, NAMES, Spillover(("A", "B"), np.array(matrix, float)))


def test_a_matrix_for_other_channels_is_refused():
    with pytest.raises(ValueFault, match="'C'"):
        compensate(TRUE, NAMES, Spillover(("A", "C"), MATRIX))


@pytest.mark.parametrize("matrix", [[[1, 0]], [[1, np.nan], [0, 1]]])
def test_what_is_no_matrix_is_refused(matrix):
    with pytest.raises(ValueFault):
        Spillover(("A", "B"), np.array(matrix, float))
