"""Oracle: the plain NumPy loops, which the compiled ones must equal bit for bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from residua.facts.scales import Arcsinh, Biex, Hyperlog, Logicle
from residua.measures.compiled import load_compiled
from residua.measures.kernels.contract import IN_DOUBT, INSIDE, CurvePlan, PlanePlan
from residua.measures.kernels.plain import PLAIN
from residua.measures.scale_table import table_of

ANY = st.floats(-1e6, 1e6, width=32) | st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -0.0, 3e38])
EVENTS = st.sampled_from([np.float32, np.float64]).flatmap(
    lambda kind: arrays(kind, st.tuples(st.integers(0, 70), st.just(4)), elements=ANY)
)
WEIGHTS = arrays(np.float64, 3, elements=st.floats(-2, 2))
COLUMNS = np.array([3, 0, 2])
SMALL = st.floats(-4, 4) | st.integers(-4, 4).map(float) | st.just(np.nan)


@pytest.fixture(scope="module")
def fast():
    return load_compiled()


def same(one, other):
    """Equal to the bit, nan where nan."""
    assert one.dtype == other.dtype
    np.testing.assert_array_equal(one, other)


@settings(deadline=None)
@given(EVENTS, WEIGHTS, st.randoms())
def test_values_and_rows(fast, events, weights, random):
    rows = np.array([r for r in range(len(events)) if random.random() < 0.7], np.intp)
    events.setflags(write=False)
    values = PLAIN.unmix(events, COLUMNS, weights, rows)
    same(fast.unmix(events, COLUMNS, weights, rows), values)
    known = values[~np.isnan(values)]
    low, high = sorted(random.choices([*known.tolist(), 0.0, 10.0, np.inf], k=2))
    limits = (low, high)
    kept = PLAIN.select(events, COLUMNS, weights, limits, rows)
    same(fast.select(events, COLUMNS, weights, limits, rows), kept)
    assert kept.tolist() == [r for r, v in zip(rows, values, strict=True) if low <= v < high]


@settings(deadline=None)
@given(arrays(np.float64, 60, elements=ANY | st.floats(width=64)))
def test_tables(fast, values):
    for scale in (Logicle(), Biex(), Hyperlog(1000, 0.2, 5, -0.1), Arcsinh(5)):
        table = table_of(scale)
        scaled = PLAIN.look_up(values, table.shape, table.nodes)
        same(fast.look_up(values, table.shape, table.nodes), scaled)


@settings(deadline=None)
@given(
    arrays(np.float64, (2, 40), elements=SMALL),
    st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=3, max_size=8),
    st.sampled_from([0.0, 1e-6, 0.1]),
    st.sampled_from([0.0, 1e-6, 0.1]),
)
def test_polygons(fast, points, corners, x_error, y_error):
    closed = np.array([*corners, corners[0]], np.float64)
    x, y = np.ascontiguousarray(points[0]), np.ascontiguousarray(points[1])
    verdicts = PLAIN.polygon(x, y, closed, x_error, y_error)
    same(fast.polygon(x, y, closed, x_error, y_error), verdicts)
    if x_error == y_error == 0:
        assert IN_DOUBT not in verdicts


@settings(deadline=None)
@given(
    arrays(np.float64, (3, 20), elements=SMALL),
    arrays(np.float64, (3, 3), elements=st.floats(-1, 1)),
    arrays(np.float64, 3, elements=st.floats(-1, 1)),
    st.sampled_from([0.0, 1e-6, 0.1]),
)
def test_ellipsoids(fast, values, half, center, error):
    inverse = half @ half.T + np.eye(3)
    errors = np.array([error, 0, error])
    verdicts = PLAIN.ellipsoid(values, center, inverse, 2.0, errors)
    same(fast.ellipsoid(values, center, inverse, 2.0, errors), verdicts)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_in_no_doubt_stays_so_wherever_the_error_falls(fast, seed):
    """A verdict that is sure holds for every point within the errors of the point judged."""
    random = np.random.default_rng(seed)
    corners = np.round(random.uniform(-2, 2, (7, 2)), 1)
    corners[-1] = corners[0]
    x, y = random.uniform(-2, 2, (2, 4000))
    x_error, y_error = random.choice([0, 0.01, 0.05], 2)
    sure = fast.polygon(x, y, corners, x_error, y_error)
    for _ in range(20):
        there = x + x_error * random.uniform(-1, 1), y + y_error * random.uniform(-1, 1)
        moved = fast.polygon(*there, corners, 0.0, 0.0)
        assert ((moved == sure) | (sure == IN_DOUBT)).all()
    center, inverse, errors = corners[0], np.array([[2, 0.3], [0.3, 1]]), np.array([0.02, 0.05])
    values = np.stack([x, y])
    sure = fast.ellipsoid(values, center, inverse, 1.5, errors)
    for _ in range(20):
        there = values + errors[:, None] * random.uniform(-1, 1, values.shape)
        moved = fast.ellipsoid(there, center, inverse, 1.5, np.zeros(2))
        assert ((moved == sure) | (sure == IN_DOUBT)).all()
    assert INSIDE in sure


@settings(deadline=None)
@given(EVENTS, WEIGHTS)
def test_planes(fast, events, weights):
    events = np.tile(events, (7, 1))  # across the inner blocks of 256
    tables = [table_of(Logicle()), table_of(Biex())]
    side, total = tables[0].nodes.shape[1], tables[0].nodes.size
    plan = PlanePlan(
        starts=np.array([0, 1, 4, 7]),
        columns=np.array([1, *COLUMNS, *COLUMNS]),
        weights=np.array([1, *weights, *weights[::-1]]),
        shapes=np.stack([np.zeros(4), tables[0].shape, tables[1].shape]),
        begins=np.array([[0, 0], [0, side], [total, total + tables[1].nodes.shape[1]]]),
        nodes=np.concatenate([table.nodes.ravel() for table in tables]),
    )
    ours, theirs = (np.zeros((3, len(events) + 2), np.float32) for _ in range(2))
    beyond = PLAIN.planes(events, plan, ours, 1)
    assert fast.planes(events, plan, theirs, 1) == beyond
    same(theirs, ours)


@settings(deadline=None)
@given(
    arrays(np.float32, (40, 3), elements=st.floats(-9, 12, width=32)),
    arrays(np.float32, (3, 3), elements=st.floats(-0.5, 0.5, width=32)),
    st.integers(0, 5),
)
def test_curves(fast, events, mixing, seed):
    base = np.random.default_rng(seed).uniform(-1, 1, (3, 11)).astype(np.float32)
    plan = CurvePlan(
        np.ascontiguousarray(base[:, :-1]),
        np.diff(base, axis=1),
        mixing,
        np.flatnonzero(mixing.any(axis=1)),
        *(np.float32(number) for number in (-2, 1.1, 2)),
    )
    ours, theirs = np.empty_like(events), np.empty_like(events)
    PLAIN.follow(events, plan, ours)
    fast.follow(events, plan, theirs)
    same(theirs, ours)


@settings(deadline=None)
@given(EVENTS, arrays(np.float64, 4, elements=st.floats(-5, 5)))
def test_boxes(fast, events, low):
    high = low + np.array([0.5, 2, 1e6, np.inf])
    low[3] = -np.inf
    same(fast.within(events, low, high), PLAIN.within(events, low, high))


@settings(deadline=None)
@given(arrays(np.uint32, (30, 5)))
def test_numbers_of_bits(fast, bits):
    same(fast.numbers(bits), PLAIN.numbers(bits))
