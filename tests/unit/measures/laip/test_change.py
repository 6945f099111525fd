"""Changes of antigens; oracles: the shift that was made, its nominal coverage, symmetry."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.laip.change import antigen_changes

DIMENSIONS = ("CD19", "CD22")


def _blasts(random, size, shift=(0.0, 0.0)):
    return (1.2 + np.array(shift) + 0.2 * random.standard_t(5, (size, 2))).astype(np.float32)


def test_the_interval_covers_the_made_change():
    """Of 400 pairs with heavy tails, 95 % within four standard deviations of a binomial."""
    random = np.random.Generator(np.random.PCG64(5))
    held = 0
    for _ in range(200):
        before, after = _blasts(random, 400), _blasts(random, 60, (-0.8, 0.1))
        found = antigen_changes(before, after, DIMENSIONS)
        held += found[0].low < -0.8 < found[0].high
        held += found[1].low < 0.1 < found[1].high
    assert abs(held / 400 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 400)


def test_backwards_it_is_the_negative_and_the_map_widens_it():
    random = np.random.Generator(np.random.PCG64(6))
    before, after = _blasts(random, 300), _blasts(random, 300, (-0.5, 0.0))
    there = antigen_changes(before, after, DIMENSIONS)
    back = antigen_changes(after, before, DIMENSIONS)
    wide = antigen_changes(before, after, DIMENSIONS, placing_sd=np.full(2, 0.2))
    for one, two, three in zip(there, back, wide, strict=True):
        assert one.decades == pytest.approx(-two.decades)
        assert one.high == pytest.approx(-two.low)
        own, more = one.high - one.decades, three.high - three.decades
        assert more == pytest.approx(np.hypot(own, 1.959964 * 0.2))


def test_too_few_blasts_are_a_fault():
    random = np.random.Generator(np.random.PCG64(7))
    with pytest.raises(ValueFault):
        antigen_changes(_blasts(random, 300), _blasts(random, 9), DIMENSIONS)
