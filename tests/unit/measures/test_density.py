"""Oracles: a count by hand, NumPy's own histogram of the same events."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.compiled import load_compiled
from residua.measures.density import count_density
from residua.measures.kernels.plain import PLAIN


def made(count=20_000, kind=np.float32):
    random = np.random.default_rng(5)
    return random.normal(0.5, 0.3, (count, 3)).astype(kind)


def by_numpy(x, y, span, bins):
    """Events beyond an axis are brought to the middle of its last bin, then counted."""
    half = (span[1] - span[0]) / bins / 2
    inside = [np.clip(v.astype(float), span[0] + half, span[1] - half) for v in (x, y)]
    counts, _, _ = np.histogram2d(*inside, bins=bins, range=(span, span))
    return counts.T


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("held", [False, True])
def test_the_compiled_loop_equals_the_plain_one(kind, held):
    """Oracle: NumPy, bit for bit, also for what lies beyond an axis or is no number."""
    events = made(kind=kind)
    events[:3] = np.nan
    events[3:6] = np.inf
    events[6:9] = -np.inf
    x, y, mask = events[:, 0], events[::1, 2], events[:, 1] > 0.4
    ends = np.array([0.013, 0.97, -0.2, 1.1])
    found = [np.zeros((320, 320), np.uint32) for _ in range(2)]
    for loops, counts in zip((load_compiled(), PLAIN), found, strict=True):
        loops.count(x, y, mask if held else mask[:0], ends, counts)
    assert (found[0] == found[1]).all()
    assert found[0].sum() == np.count_nonzero(~np.isnan(x) & (mask if held else True))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("bins", [64, 256])
def test_counts_equal_those_of_numpy(kind, bins):
    """A power of two of bins over 0-1: both find the same edge exactly."""
    events = made(kind=kind)
    found = count_density(
        events[:, 0], events[:, 2], x_span=(0, 1), y_span=(0, 1), bins=bins
    ).counts
    middle = (slice(1, -1), slice(1, -1))
    assert (found[middle] == by_numpy(events[:, 0], events[:, 2], (0, 1), bins)[middle]).all()
    assert found.sum() == len(events)


def test_only_events_that_are_held_count():
    events = made()
    held = events[:, 1] > 0.5
    part = count_density(events[:, 0], events[:, 2], x_span=(0, 1), y_span=(0, 1), held=held)
    copied = events[held]
    alone = count_density(copied[:, 0], copied[:, 2], x_span=(0, 1), y_span=(0, 1))
    assert part.events == held.sum()
    assert (part.counts == alone.counts).all()


def test_what_lies_beyond_counts_at_the_end_and_what_is_no_number_nowhere():
    """Count by hand: row 0 is the low end of y, column 0 of x; edges belong to the bin above."""
    x = np.array([-5.0, 0.0, 0.5, 1.0, np.inf, np.nan, 0.1])
    y = np.array([0.1, 0.0, 0.5, 9.0, -np.inf, 0.5, np.nan])
    density = count_density(x, y, x_span=(0, 1), y_span=(0, 1), bins=2)
    assert density.counts.tolist() == [[2, 1], [0, 2]]
    assert density.events == 5


def test_coarser_bins_hold_the_same_events():
    density = count_density(*made().T[:2], x_span=(0, 1), y_span=(0, 1), bins=8)
    wide = density.coarser(4)
    assert wide.counts.shape == (2, 2)
    assert wide.counts[0, 1] == density.counts[:4, 4:].sum()
    with pytest.raises(ValueFault):
        density.coarser(3)


def test_no_events_are_counted_as_none():
    nothing = np.empty(0, dtype=np.float32)
    assert count_density(nothing, nothing, x_span=(0, 1), y_span=(0, 1)).events == 0


@pytest.mark.parametrize("span", [(1, 1), (1, 0), (0, np.inf), (np.nan, 1)])
def test_an_axis_without_width_is_refused(span):
    one = np.zeros(1)
    with pytest.raises(ValueFault, match="axes that rise"):
        count_density(one, one, x_span=span, y_span=(0, 1))


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueFault, match="one length"):
        count_density(np.zeros(2), np.zeros(3), x_span=(0, 1), y_span=(0, 1))
