"""The box of a patient's blasts; oracle: counts by hand."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.laip.box import Box, rows_in


def test_rows_on_either_end_are_inside() -> None:
    box = Box(np.array([0.0, -1.0]), np.array([1.0, 2.0]))
    events = np.array([[0, 0], [1, 2], [1.01, 0], [0.5, -1.01], [0.5, 1]], np.float16)
    assert rows_in(box, events).tolist() == [0, 1, 4]
    assert rows_in(box, events[:0]).tolist() == []


def test_log_volume_is_that_of_the_product_of_the_sides() -> None:
    assert Box(np.zeros(2), np.array([2.0, 0.5])).log_volume == pytest.approx(0.0)


def test_ends_out_of_order_are_refused() -> None:
    with pytest.raises(ValueFault):
        Box(np.zeros(2), np.array([1.0, 0.0]))
