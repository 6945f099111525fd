"""Oracle: the same work, one piece after the other."""

import pytest

from residua.measures.side_by_side import side_by_side


def test_the_order_is_that_of_the_pieces():
    assert side_by_side(lambda n: n**2, range(50)) == [n**2 for n in range(50)]


def test_a_fault_of_a_piece_is_raised():
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 / n, (1, 0))
