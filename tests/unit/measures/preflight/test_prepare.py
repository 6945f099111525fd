"""Oracle: the simulator's labels say which events are cells; faults are made from its files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.measures.preflight.prepare import Checked, prepare
from residua.simulate.flow import SimulatedFlow
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.true_laws import displayed

EIGHT = {"panel": "euroflow-8", "condition": "regenerating", "clone": "2", "events": 300_000}


@cache
def _made(**changes: object) -> SimulatedFlow:
    given = {"events": 30_000, "laboratory": 31, "patient": 32} | changes
    return simulate_marrow(draw_marrow(MarrowSpec(**given)))


def _file(**changes: object) -> Acquisition:
    return _made(**changes).acquisition


def _without(acquisition: Acquisition, *names: str) -> Acquisition:
    """The file without these channels, as a laboratory without those detectors records it."""
    kept = [place for place, name in enumerate(acquisition.names) if name not in names]
    dyes = [n for n, name in enumerate(acquisition.spillover.channels) if name not in names]
    matrix = Spillover(
        tuple(acquisition.spillover.channels[n] for n in dyes),
        acquisition.spillover.matrix[np.ix_(dyes, dyes)],
    )
    return replace(
        acquisition,
        events=acquisition.events[:, kept],
        channels=tuple(acquisition.channels[place] for place in kept),
        spillover=matrix,
    )


def _lost(made: SimulatedFlow, checked: Checked) -> dict[str, float]:
    """Of each kind of event the share that is gone."""
    kept = np.zeros(len(made.labels), bool)
    kept[checked.sample.rows] = True
    names = np.array(made.names)[made.labels]
    return {name: float((~kept[names == name]).mean()) for name in set(names)}


@pytest.mark.parametrize("condition", ["adult", "child", "regenerating", "targeted"])
@pytest.mark.parametrize(("panel", "warp"), [("one-tube-10", 0.0), ("euroflow-12", 0.42)])
def test_debris_goes_and_cells_stay(condition: str, panel: str, warp: float) -> None:
    made = _made(condition=condition, panel=panel, warp=warp, blasts=60, events=60_000)
    gone = _lost(made, prepare(made.acquisition))
    names, counts = np.unique(np.array(made.names)[made.labels], return_counts=True)
    cells = {n: c for n, c in zip(names, counts, strict=True) if n not in ("debris", "doublet")}
    assert sum(gone[n] * c for n, c in cells.items()) <= 0.003 * sum(cells.values())
    assert gone["debris"] >= 0.98
    assert gone["doublet"] >= 0.98
    assert gone["blasts"] == 0


def test_without_debris_nothing_is_called_debris() -> None:
    made = _made(debris=0.0, condition="regenerating", haematogones=0.1)
    gone = _lost(made, prepare(made.acquisition))
    assert max(share for name, share in gone.items() if name != "doublet") <= 0.01


def test_events_are_the_display_decades_of_the_kept_rows() -> None:
    """Oracle: the simulator's own compensated decades, by a solver in double precision."""
    spec = MarrowSpec(events=30_000, laboratory=31, patient=32)
    drawn, acquisition = draw_marrow(spec), _file()
    sample = prepare(acquisition).sample
    assert sample.dimensions == drawn.tube.labels
    truth = displayed(acquisition, drawn)[sample.rows]
    np.testing.assert_allclose(sample.events, truth, atol=2e-3)
    assert (np.diff(sample.rows) > 0).all()
    assert sample.total == 30_000


def test_the_same_file_gives_the_same_bits() -> None:
    one, other = (prepare(_file()).sample for _ in range(2))
    assert one.events.tobytes() == other.events.tobytes()
    assert one.rows.tobytes() == other.rows.tobytes()


def test_the_steps_add_up_to_the_events_left() -> None:
    checked = prepare(_file())
    left = checked.quality.total - checked.quality.not_finite
    for step in checked.quality.steps:
        assert step.before == left
        left = step.left
    assert left == len(checked.sample) == checked.quality.left


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (("FSC-A", "FSC-H"), "no forward scatter (FSC-A)"),
        (("SSC-A",), "no side scatter (SSC-A)"),
        (("PacO-A",), "panel without CD45"),
        (("APC-A",), "panel without CD10"),
        (("PerCP-Cy5-5-A",), "panel without CD34"),
        (("APC-H7-A", "BV605-A", "PacB-A"), "panel without CD38, CD58 or CD20"),
        (("PE-Cy7-A",), "panel without CD19, or two others of the B lineage"),
    ],
)
def test_a_panel_that_cannot_do_is_told(gone: tuple[str, ...], said: str) -> None:
    unfit = prepare(_without(_file(), *gone)).sample.unfit
    assert any(words.startswith(said) for words in unfit), unfit


def test_without_cd19_two_other_b_markers_do() -> None:
    file = _without(_file(panel="euroflow-12"), "PE-Cy7-A")  # CD22, CD24, HLA-DR and CD10 are left
    assert prepare(file).sample.unfit == ()


def test_a_tenth_of_a_negatives_cells_is_refused_as_negative_only() -> None:
    sample = prepare(_file()).sample
    assert sample.unfit == ()
    assert len(sample.refusals) == 1
    assert "a negative at 1e-4 needs 100000" in sample.refusals[0]


def test_a_file_of_enough_cells_is_accepted() -> None:
    sample = prepare(_file(events=125_000)).sample
    assert (sample.unfit, sample.refusals) == ((), ())
    assert "simulated" in sample.flags


def _matrix(acquisition: Acquisition, matrix: np.ndarray) -> Acquisition:
    return replace(acquisition, spillover=Spillover(acquisition.spillover.channels, matrix))


def _dyes(acquisition: Acquisition, by: np.ndarray) -> Acquisition:
    """The file with its dyes multiplied by a matrix."""
    events = acquisition.events.copy()
    events[:, 3:-1] = events[:, 3:-1] @ by
    return replace(acquisition, events=events)


def test_no_matrix_and_an_identity_are_uncompensated() -> None:
    file = _file()
    nothing = prepare(replace(file, spillover=None)).sample.unfit
    identity = prepare(_matrix(file, np.eye(10))).sample.unfit
    assert nothing[0].startswith("uncompensated: the file holds no matrix")
    assert identity[0].startswith("uncompensated: the matrix of the file takes nothing")


def test_declared_compensated_needs_no_matrix() -> None:
    file = _dyes(_file(), np.linalg.inv(_file().spillover.matrix))
    assert prepare(replace(file, compensated=True)).sample.unfit == ()


@pytest.mark.parametrize("condition", ["adult", "regenerating", "targeted"])
def test_compensation_that_does_not_fit_is_seen(condition: str) -> None:
    """A third of the true spillover stated; and values compensated before that do not say so."""
    file = _file(condition=condition)
    true = file.spillover.matrix
    third = prepare(_matrix(file, np.eye(10) + (true - np.eye(10)) / 3)).sample.unfit
    twice = prepare(_dyes(file, np.linalg.inv(true))).sample.unfit
    assert len(third) == 1
    assert "looks uncompensated despite its matrix" in third[0]
    assert len(twice) == 1
    assert "looks compensated twice" in twice[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"warp": 0.42, "residual_spillover": 2.0},
        {"blast_fraction": 0.9, "clone": "6", "panel": "euroflow-12"},
        {"family": "skewed", "panel": "euroflow-8", "condition": "targeted"},
        EIGHT | {"laboratory": 31, "patient": 530200, "sample": 14, "blast_fraction": 1e-4},
        EIGHT | {"laboratory": 32, "patient": 531200, "sample": 11},
    ],
)
def test_hard_but_compensated_files_are_not_refused(changes: dict[str, object]) -> None:
    assert prepare(_file(**changes)).sample.unfit == ()


def _clogged(acquisition: Acquisition) -> Acquisition:
    """CD19 and CD45 at half their light over the last 40 % of the run."""
    events = acquisition.events.copy()
    late = slice(int(0.6 * len(events)), None)
    events[late, 3:-1] *= 0.5
    return replace(acquisition, events=events)


def test_a_run_that_drifts_for_long_can_give_no_negative() -> None:
    sample = prepare(_clogged(_file(events=125_000))).sample
    assert any("acquired under a fault of flow or signal" in words for words in sample.refusals)
    assert any("signal drifts" in flag for flag in sample.flags)


def test_two_detectors_of_one_marker_are_a_fault() -> None:
    file = _file()
    twin = tuple(
        replace(channel, marker="CD19 PE-Cy7") if channel.name == "BV711-A" else channel
        for channel in file.channels
    )
    with pytest.raises(ValueFault, match="one detector for CD19"):
        prepare(replace(file, channels=twin))


def test_height_stands_for_area_and_unknown_doublets_are_told() -> None:
    file = _without(_file(), "FSC-A")
    sample = prepare(file).sample
    assert "FSC-H stands for FSC-A" in sample.flags
    assert any(flag.startswith("doublets were not removed") for flag in sample.flags)


def test_unstained_detectors_and_dyes_of_dead_cells_are_no_dimension() -> None:
    file = _file()
    column = np.ones((len(file.events), 1), np.float32)
    more = (Channel("BV510-A"), Channel("AF350-A", "Live/Dead"))
    wider = replace(
        file,
        events=np.hstack([file.events, column, column]),
        channels=(*file.channels, *more),
    )
    assert prepare(wider).sample.dimensions == prepare(file).sample.dimensions


def test_few_and_strange_events_do_not_stop_it() -> None:
    file = _file()
    few = prepare(replace(file, events=file.events[:50])).sample
    assert len(few) <= 50
    flat = prepare(replace(file, events=np.ones_like(file.events))).sample
    assert flat.total == 30_000
    broken = file.events.copy()
    broken[::10] = np.nan
    assert not (prepare(replace(file, events=broken)).sample.rows % 10 == 0).any()
