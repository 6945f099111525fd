"""Oracles: the exact scales, and compensated values by the matrix."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gating import Dimension, Strategy
from residua.facts.scale_curves import exact_scale
from residua.facts.scales import Arcsinh, Biex, Hyperlog, Linear, Log, Logicle, ScaledArcsinh
from residua.measures.compiled import load_compiled
from residua.measures.kernels.plain import PLAIN
from residua.measures.planes import scale_events
from residua.measures.readout import read_out

FAST = load_compiled()
SPILL = Spillover(("A", "B"), np.array([[1, 0.2], [0.1, 1]]))
SCALES = [
    Linear(),
    Linear(262144, 1000),
    Log(262144, 4.5),
    Arcsinh(150),
    Arcsinh(5),
    ScaledArcsinh(262144, 4, 1),
    Logicle(),
    Logicle(10000, 0, 5, 0.5),
    Hyperlog(262144, 0.3, 4.5, 0.2),
    Biex(262144, 1, -100, 4.5),
]


def events_of(count, kind=np.float32):
    """Values of all sizes, some not finite, some far beyond the top of any scale."""
    random = np.random.default_rng(7)
    events = random.normal(0, 1, (count, 3)) * 10 ** random.uniform(-2, 5.4, (count, 3))
    events[:6, 0] = [np.nan, np.inf, -np.inf, 1e9, -1e9, 0]
    return events.astype(kind)


def opened(events, strategy, spillover=None):
    channels = tuple(Channel(name) for name in "ABC")
    return read_out(Acquisition(events, channels, {}), strategy, compensation=spillover)


def close(plane, exact):
    """Within 1e-6 in the units of the scale, and float32's rounding."""
    known = np.isfinite(exact)
    np.testing.assert_array_equal(np.isfinite(plane), known)
    error = np.abs(plane[known].astype(np.float64) - exact[known])
    assert (error <= 1e-6 + 1.2e-7 * np.abs(exact[known])).all()


@pytest.mark.parametrize("kernels", [PLAIN, FAST], ids=["plain", "compiled"])
@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_planes_follow_the_exact_scale(kernels, scale):
    strategy = Strategy(scales=(("A", scale), ("B", scale)))
    readout = opened(events_of(3000), strategy, SPILL)
    planes = scale_events(readout, kernels=kernels)
    assert (planes.dtype, planes.shape) == (np.float32, (3, 3000))
    assert planes.flags.c_contiguous
    seen = readout.acquisition.events.astype(np.float64)
    with np.errstate(invalid="ignore"):
        true = seen[:, :2] @ np.linalg.inv(SPILL.matrix)
    for place in (0, 1):
        linear = readout.linear("AB"[place])
        np.testing.assert_allclose(linear[6:], true[6:, place], rtol=1e-9, atol=1e-9)
        finite = np.isfinite(linear)
        exact = np.full(len(linear), np.nan)
        exact[finite] = exact_scale(linear[finite], scale)
        assert not np.isfinite(planes[place][~finite]).any() or isinstance(scale, Biex)
        close(np.where(finite, planes[place], np.nan), exact)
    np.testing.assert_array_equal(planes[2], seen[:, 2].astype(np.float32))


def test_ratios_bounds_and_own_compensation_go_through():
    """The ratio 3 (A - 1) / (C - 2) by hand; arcsinh kept within its bounds; A uncompensated."""
    dimensions = (
        Dimension("ratio", ("A", "C"), ratio=(3, 1, 2)),
        Dimension("kept", ("A",), scale=Arcsinh(5), bounds=(0, 2)),
        Dimension("raw", ("A",), compensation="none"),
    )
    events = events_of(40000)[6:]
    readout = opened(events, Strategy(dimensions=dimensions), SPILL)
    ratio, kept, raw = scale_events(readout, ("ratio", "kept", "raw"), kernels=FAST)
    a, c = readout.linear("A"), events[:, 2].astype(np.float64)
    np.testing.assert_allclose(ratio, 3 * (a - 1) / (c - 2), rtol=1e-6)
    np.testing.assert_allclose(kept, np.clip(np.arcsinh(a / 5), 0, 2), atol=1e-6)
    np.testing.assert_array_equal(raw, events[:, 0])


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 300_001])
def test_every_event_has_its_place(count):
    readout = opened(np.arange(3.0 * count).reshape(count, 3), Strategy())
    planes = scale_events(readout)
    np.testing.assert_array_equal(planes, np.arange(3 * count, dtype=np.float32).reshape(-1, 3).T)


def test_how_events_lie_in_memory_changes_nothing():
    base = events_of(70_000)
    strategy = Strategy(scales=(("A", Logicle()),))
    wanted = scale_events(opened(base, strategy, SPILL))
    raw = np.frombuffer(b"\0" + base.tobytes(), np.uint8)[1:].view(np.float32)
    assert not raw.flags.aligned
    wide = np.zeros((len(base), 5), np.float32)
    wide[:, 1:4] = base
    for events in (
        raw.reshape(base.shape),
        base.astype(">f4"),
        np.asfortranarray(base),
        wide[:, 1:4],
        base.astype(np.float64),
    ):
        events.setflags(write=False)
        readout = opened(events, strategy, SPILL)
        np.testing.assert_array_equal(scale_events(readout), wanted)
        rows = np.array([5, 69_999, 30_000])
        expected = opened(base, strategy, SPILL).linear("A", rows)
        np.testing.assert_array_equal(readout.linear("A", rows), expected)


def test_an_unknown_dimension_is_refused():
    with pytest.raises(ValueFault, match="'D'"):
        scale_events(opened(events_of(10), Strategy()), ("D",))
