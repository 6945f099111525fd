"""Oracle: faults planted here by hand in simulated tubes, event by event."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from residua.facts.acquisition import Acquisition, Channel
from residua.measures.acquisition_quality import measure_quality
from residua.measures.acquisition_quality.clock import read_clock
from residua.measures.acquisition_quality.scatter import scatter_of
from residua.measures.acquisition_quality.steps import StatedGate
from residua.readers.fcs import read_fcs
from residua.simulate.flow import simulate_events
from residua.simulate.flow_spec import read_flow_spec

SPEC = Path(__file__).parents[3] / "examples/specs/simulated-course/after-ino.toml"
FATE = {"time": 2, "boundary": 3, "debris": 4, "doublets": 5, "nucleated": 6}


@pytest.fixture(scope="module")
def marrow():
    """A simulated marrow of 120 000 events over 240 s (24 000 ticks), and its labels."""
    spec = replace(read_flow_spec(SPEC), events=120_000)
    blasts = [p if p.count is None else replace(p, count=100) for p in spec.populations]
    simulated = simulate_events(replace(spec, populations=tuple(blasts)))
    return simulated.acquisition, np.array(simulated.names)[simulated.labels]


def with_events(acquisition, events):
    return replace(acquisition, events=events)


def fate(acquisition, step):
    return measure_quality(acquisition).fate == FATE[step]


def step_of(acquisition, name):
    return next(s for s in measure_quality(acquisition).quality.steps if s.step == name)


def scores(found, planted):
    """Recall, and false alarms as a share of the events without a fault."""
    return found[planted].mean(), found[~planted].mean()


def time_of(acquisition):
    return acquisition.events[:, acquisition.column("Time")]


def test_a_clean_tube_raises_no_alarm_along_time(marrow):
    """Clean by construction: cells arrive evenly, with steady signals."""
    clean, _ = marrow
    for seed in range(5):
        events = np.random.default_rng(seed).permutation(clean.events)
        events[:, clean.column("Time")] = time_of(clean)
        found = measure_quality(with_events(clean, events)).quality
        assert (found.steps[0].removed, found.flags) == (0, ())


def test_a_clog_is_found(marrow):
    """From 60 to 72 s only one event in ten gets through."""
    clean, _ = marrow
    times = time_of(clean)
    kept = ~((times > 6000) & (times < 7200)) | (np.arange(len(times)) % 10 == 0)
    clogged = with_events(clean, clean.events[kept])
    planted = (times[kept] > 6000) & (times[kept] < 7200)
    recall, alarms = scores(fate(clogged, "time"), planted)
    assert recall > 0.95
    assert alarms < 0.001
    (rate,) = (c for c in step_of(clogged, "time").checks if c.name == "rate")
    assert rate.reason.startswith("1 clog (60")


def test_a_surge_is_found(marrow):
    """From 100 to 106 s events come three times as fast: copies with their own times."""
    clean, _ = marrow
    chosen = (time_of(clean) > 10_000) & (time_of(clean) < 10_600)
    events = np.concatenate([clean.events, clean.events[chosen], clean.events[chosen]])
    events = events[np.argsort(events[:, clean.column("Time")], kind="stable")]
    surged = with_events(clean, events)
    planted = (time_of(surged) > 10_000) & (time_of(surged) < 10_600)
    recall, alarms = scores(fate(surged, "time"), planted)
    assert recall > 0.95
    assert alarms < 0.005  # the bins at both ends


def test_a_gap_is_reported_and_removes_nothing(marrow):
    clean, _ = marrow
    kept = ~((time_of(clean) > 6000) & (time_of(clean) < 9000))
    gaping = with_events(clean, clean.events[kept])
    step = step_of(gaping, "time")
    assert step.removed <= 0.005 * kept.sum()  # a bin at the edge of the gap may look clogged
    (rate,) = (c for c in step.checks if c.name == "rate")
    assert "1 gap (60" in rate.reason


def test_a_clock_that_goes_back_for_some_events(marrow):
    """500 events carry a time 40 s too early; single events may jump far ahead instead."""
    clean, _ = marrow
    events = clean.events.copy()
    events[70_000:70_500, clean.column("Time")] -= 4000
    events[[20_000, 30_000], clean.column("Time")] = 23_000
    planted = np.zeros(len(events), bool)
    planted[70_000:70_500] = planted[[20_000, 30_000]] = True
    found = measure_quality(with_events(clean, events))
    recall, alarms = scores(found.fate == FATE["time"], planted)
    assert recall == 1
    assert alarms < 0.005  # the second that lost its events looks like a clog at its ends
    assert found.quality.flags[0] == "the clock goes back (502 events)"


def test_a_second_run_and_a_shuffled_file_lose_nothing(marrow):
    clean, _ = marrow
    time = clean.column("Time")
    twice = clean.events.copy()
    twice[60_000:, time] -= twice[60_000, time]
    found = measure_quality(with_events(clean, twice)).quality
    assert (found.steps[0].removed, found.flags) == (0, ("the clock starts again during the run",))
    shuffled = np.random.default_rng(1).permutation(clean.events)
    found = measure_quality(with_events(clean, shuffled)).quality
    assert (found.steps[0].removed, found.flags) == (0, ("the events are not in order of time",))


def test_the_fewest_events_go_where_the_clock_goes_back():
    """By eye: one event far ahead goes, not the eight behind it; three too early go."""
    times = np.arange(1000.0)
    times[20], times[60:63] = 28.5, 10.0
    assert np.flatnonzero(read_clock(times).removed).tolist() == [20, 60, 61, 62]


@pytest.mark.parametrize("shift", [1.3, 0.7, 2.0])
def test_drift_in_one_channel(marrow, shift):
    """The last third of a run reads `shift` times as bright in one channel."""
    clean, _ = marrow
    place = clean.column("Syto 41")
    events = clean.events.copy()
    planted = np.arange(len(events)) >= 80_000
    events[planted, place] *= shift
    found = measure_quality(with_events(clean, events))
    recall, alarms = scores(found.fate == FATE["time"], planted)
    assert recall > 0.98
    assert alarms <= 0.015  # the stretch of 1 200 events across the beginning
    assert found.quality.flags == (f"signal drifts in {clean.channels[place].name}",)


@pytest.mark.parametrize(("name", "removed"), [("SSC-A", True), ("CD45", False)])
def test_events_at_the_top_of_a_range(marrow, name, removed):
    """Off scale in scatter a cell's size is unknown; in a fluorescence it is a bright cell."""
    clean, _ = marrow
    events = clean.events.copy()
    before = fate(clean, "boundary")
    planted = np.arange(len(events)) % 40 == 0
    events[planted, clean.column(name)] = 262_143
    found = measure_quality(with_events(clean, events))
    gone = found.fate == FATE["boundary"]
    assert gone[planted & ~before].all() == removed
    assert not gone[~planted & ~before].any()
    called = clean.channels[clean.column(name)].name
    (flag,) = found.quality.flags
    kept = "" if removed else ", and are kept"
    assert flag.endswith(f"% of the events lie at the top of the range of {called}{kept}")


@pytest.mark.parametrize(("name", "low", "removed"), [
    ("SSC-A", 100.0, True), ("PE-A", -500.0, False), ("PE-A", 0.0, False),
])  # fmt: skip
def test_events_piled_at_the_lowest_value(marrow, name, low, removed):
    """Piles of scatter are removed; at the lowest value of a fluorescence lie negative cells."""
    clean, _ = marrow
    events = np.maximum(clean.events, 0) if low == 0 else clean.events.copy()
    planted = np.arange(len(events)) % 50 == 7
    events[planted, clean.column(name)] = low
    found = measure_quality(with_events(clean, events))
    gone = (found.fate == FATE["boundary"])[planted & ~fate(clean, "boundary")]
    assert gone.all() == gone.any() == removed
    assert any("lowest value" in flag for flag in found.quality.flags) == (low != 0)


def made(values, *channels):
    """An acquisition of `values` (n, c) in those channels."""
    return Acquisition(np.asarray(values, np.float32), channels, {})


def test_a_log_amplifier_without_an_offset_starts_at_1():
    """FCS 2.0 writes $PnE 4,0; the reader takes 1 at channel 0, so the last step of 1024 is
    10^(4 x 1023 / 1024). Two of 1000 events lie there."""
    steps = np.random.default_rng(0).integers(200, 900, 1000)
    steps[[7, 8]] = 1023
    channel = Channel("SSC-H", range=1024, amplification=(4.0, 0.0), stored="I")
    found = measure_quality(made((10.0 ** (4 * steps / 1024))[:, None], channel))
    assert np.flatnonzero(found.fate == FATE["boundary"]).tolist() == [7, 8]


def test_values_far_beyond_a_range_show_that_it_is_no_end():
    """Real numbers may pass $PnR; a file that says 1024 of values to 200 000 means no end."""
    values = np.random.default_rng(0).normal(90_000, 20_000, (5000, 1))
    found = measure_quality(made(values, Channel("FSC-A", range=1024)))
    assert found.quality.steps[1].removed == 0
    assert found.quality.flags == ()


def test_columns_that_no_light_made_do_not_drift():
    """The MACSQuant counts events and volume beside the signals; they rise by their nature."""
    count = 10_000
    rising = np.arange(count, dtype=float)
    steady = np.random.default_rng(0).normal(500, 50, count)
    flat = np.where(np.arange(count) % 3 == 0, steady, 0)  # two thirds share one value
    flat[-2000:] = steady[-2000:]
    names = ("Time", "HDR-CE", "HDR-V", "B1-A", "FL2-W")
    values = np.stack([rising, rising, rising / 99, steady, flat], axis=1)
    found = measure_quality(made(values, *(Channel(name) for name in names)))
    assert found.quality.steps[0].removed == 0
    assert not any("drifts" in flag for flag in found.quality.flags)


@pytest.mark.parametrize(("name", "side", "part"), [
    ("FS INT LIN", "forward", "area"), ("FS PEAK LIN", "forward", "height"),
    ("SS TOF", "side", "width"), ("FSC-HLin", "forward", "height"), ("SSC LogA", "side", "area"),
    ("FSC 488/10-A", "forward", "area"), ("SSC-B-H", "side", "height"), ("BSC-A", "side", "area"),
    ("VSSC-A", "side", "area"), ("FSC", "forward", "area"), ("Width", "forward", "width"),
])  # fmt: skip
def test_scatter_as_the_makers_write_it(name, side, part):
    """Names as in files of Beckman Coulter, Guava, MoFlo, ZE5, Aurora, Sony, CytoFLEX, Accuri."""
    assert scatter_of(Channel(name)) == (side, part)


@pytest.mark.parametrize("name", ["FITC-A", "SSEA-4", "FL1-A", "Time", "FSG-A"])
def test_other_channels_are_no_scatter(name):
    assert scatter_of(Channel(name)) is None


@pytest.mark.parametrize(("marker", "known"), [
    ("SYTO 16", True), ("DRAQ5", True), ("Vybrant DyeCycle Violet", True), ("Hoechst 33342", True),
    ("SYTOX AADvanced", False), ("DAPI", False), ("DRAQ7", False), ("Hoechst 33258", False),
])  # fmt: skip
def test_a_stain_of_dead_cells_does_not_tell_nucleated_ones(marker, known):
    """SYTOX, DAPI, DRAQ7 and Hoechst 33258 stain dead cells: those below the valley live."""
    rng = np.random.default_rng(0)
    dim, bright = rng.normal(200, 40, (2000, 1)), rng.normal(20_000, 3000, (8000, 1))
    found = measure_quality(made(np.concatenate([dim, bright]), Channel("V450-A", marker)))
    assert found.quality.steps[-1].assessed == known
    assert found.quality.steps[-1].removed == (2000 if known else 0)


def test_debris_and_doublets_of_the_simulator(marrow):
    """The simulator labels its debris and doublets; 7 % and 2 % of the events."""
    acquisition, labels = marrow
    found = measure_quality(acquisition)
    recall, alarms = scores(found.fate == FATE["debris"], labels == "debris")
    assert recall > 0.9
    assert alarms < 0.001
    counted = found.fate != FATE["boundary"]  # the brightest doublets are off scale already
    recall, alarms = scores(
        (found.fate == FATE["doublets"])[counted], (labels == "doublet")[counted]
    )
    assert recall > 0.99
    assert alarms < 0.001
    assert not (found.left & (labels == "debris")).any()  # the nuclear dye leaves the rest out


def test_without_debris_nothing_is_called_debris(marrow):
    """Lymphocytes and granulocytes make two peaks of forward scatter: the lower is no debris."""
    acquisition, labels = marrow
    cells = with_events(acquisition, acquisition.events[labels != "debris"])
    step = step_of(cells, "debris")
    assert (step.assessed, step.removed) == (True, 0)


def test_steps_follow_each_other_and_nothing_is_counted_twice(marrow):
    found = measure_quality(marrow[0])
    steps = found.quality.steps
    assert [step.before for step in steps[1:]] == [step.left for step in steps[:-1]]
    assert steps[-1].left == found.quality.left == found.left.sum()


def test_stated_gates_stand_for_rules(marrow):
    acquisition, labels = marrow
    stated = {"debris": StatedGate("cells", labels != "debris")}
    found = measure_quality(acquisition, stated=stated)
    assert ((found.fate == FATE["debris"]) == (labels == "debris")).all()


def test_events_that_are_not_finite_stand_apart(marrow):
    events = marrow[0].events.copy()
    events[5, 3], events[9, 4], events[9, 5] = np.nan, np.inf, -np.inf
    found = measure_quality(with_events(marrow[0], events))
    assert found.quality.not_finite == 2
    assert np.flatnonzero(found.fate == 1).tolist() == [5, 9]
    assert found.quality.steps[0].before == len(events) - 2


def test_a_panel_that_cannot_say_is_not_assessable():
    """Two fluorescence channels: no clock, no scatter, no nuclear dye."""
    values = np.random.default_rng(0).normal(500, 100, (1000, 2)).astype(np.float32)
    found = measure_quality(Acquisition(values, (Channel("A", "CD19"), Channel("B", "CD45")), {}))
    assert [s.step for s in found.quality.steps if s.assessed] == ["boundary"]
    assert found.quality.left == 1000


@pytest.mark.parametrize("count", [0, 1, 2, 150])
def test_few_events_are_answered(count):
    values = np.random.default_rng(0).normal(50_000, 9000, (count, 3)).astype(np.float32)
    channels = (Channel("FSC-A"), Channel("FSC-H"), Channel("Time"))
    found = measure_quality(Acquisition(values, channels, {}))
    assert len(found.fate) == count
    assert found.quality.left in (count, None) or count > 100


def test_column_order_and_width_of_numbers_change_nothing(marrow):
    """The same events, stored by column, or in double precision."""
    acquisition, _ = marrow
    fates = [
        measure_quality(with_events(acquisition, events)).fate
        for events in (
            acquisition.events,
            np.asfortranarray(acquisition.events),
            acquisition.events.astype(np.float64),
        )
    ]
    assert (fates[0] == fates[1]).all()
    assert (fates[0] != fates[2]).sum() <= 2  # at the very limit of a ratio


@pytest.mark.data
def test_real_files_are_answered(test_data):
    """Vendors' files, unlabelled: every step answers with a reason, and the sums agree."""
    names = (
        "cytokine_beads/K2-C07-A7.fcs",
        "flowio/fcs_files/G11.fcs",
        "flowkit/test_comp_example.fcs",
        "ball_cytof/UPN1_Basal.fcs",
        "flowkit/test_data_2d_01.fcs",
    )
    for name in names:
        acquisition = read_fcs(test_data / name)
        found = measure_quality(acquisition)
        assert len(found.fate) == len(acquisition.events)
        gone = sum(step.removed for step in found.quality.steps) + found.quality.not_finite
        assert found.left.sum() == len(acquisition.events) - gone
        assert all(step.reason for step in found.quality.steps)
