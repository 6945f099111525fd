"""Oracle: the simulator says how many blasts carry an antigen, and where their medians lie."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from residua.measures.blast_antigens import ReadSample, blast_antigens
from residua.measures.preflight.prepare import prepare
from residua.simulate.flow import SimulatedFlow
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec


@cache
def _read(condition: str, blasts: int, lost: float) -> tuple[SimulatedFlow, ReadSample]:
    loss = {"CD19": lost} if lost else {}
    given = {"events": 40_000, "panel": "euroflow-12", "patient": 6, "laboratory": 8}
    spec = MarrowSpec(blasts=blasts, condition=condition, loss=loss, **given)
    made = simulate_marrow(draw_marrow(spec))
    sample = prepare(made.acquisition).sample
    blast = np.asarray(made.labels == made.names.index("blasts"))[sample.rows]
    return made, ReadSample(sample, blast)


@pytest.mark.parametrize("condition", ["adult", "regenerating", "targeted"])
@pytest.mark.parametrize("lost", [0.0, 0.5, 1.0])
def test_percent_of_cd19_is_that_of_the_carriers(condition: str, lost: float) -> None:
    """CD19 of a clone is far from negative, so that carriers and others are told apart."""
    made, read = _read(condition, 600, lost)
    (entry,) = blast_antigens([read], markers=["CD19"])
    carry = made.positives["blasts"].get("CD19", 600) / 6
    assert entry.percent is not None
    assert entry.interval is not None
    assert abs(entry.percent - carry) <= 3
    assert entry.interval.low - 3 <= carry <= entry.interval.high + 3
    assert entry.positive == (lost < 1)
    assert entry.flags == ()


def test_the_threshold_is_that_of_true_t_cells() -> None:
    """By the labels 1 % of T and NK cells lie above it; between 0.3 and 3 % are allowed."""
    made, read = _read("adult", 600, 0.0)
    names = np.array(made.names)[made.labels][read.sample.rows]
    for entry in blast_antigens([read]):
        column = read.sample.events[:, read.sample.dimensions.index(entry.marker)]
        above = (column[np.isin(names, ["T cells", "NK cells"])] >= entry.threshold).mean()
        assert 0.003 <= above <= 0.03


def test_the_ratio_is_that_of_linear_medians_to_true_t_cells() -> None:
    made, read = _read("adult", 600, 0.0)
    (entry,) = blast_antigens([read], markers=["CD19"])
    names = np.array(made.names)[made.labels][read.sample.rows]
    column = read.sample.events[:, read.sample.dimensions.index("CD19")].astype(float)
    light = np.sinh(column * np.log(10)) * 150
    wanted = np.median(light[names == "blasts"]) / np.median(light[names == "T cells"])
    assert entry.ratio == pytest.approx(wanted, rel=0.15)


def test_a_marrow_full_of_blasts_still_has_its_own_negatives() -> None:
    """9 of 10 cells are blasts: what is measured against are the T cells among the others."""
    _, read = _read("adult", 32_000, 0.0)
    (entry,) = blast_antigens([read], markers=["CD19"])
    assert entry.percent is not None
    assert entry.percent > 95


def test_files_of_a_tube_are_pooled() -> None:
    _, read = _read("adult", 600, 0.5)
    (one,), (two,) = (blast_antigens(files, markers=["CD19"]) for files in ([read], [read, read]))
    assert two.percent == pytest.approx(one.percent, abs=0.5)
    assert two.interval.high - two.interval.low < one.interval.high - one.interval.low


def test_what_cannot_be_told_says_so() -> None:
    _, read = _read("adult", 600, 0.0)
    names = tuple("CD19+CD20" if n == "CD19" else n for n in read.sample.dimensions)
    shared = ReadSample(replace(read.sample, dimensions=names), read.blast)
    two = blast_antigens([shared], markers=["CD19", "CD33"])
    assert [entry.percent for entry in two] == [None, None]
    assert two[0].flags == ("one detector sees CD19+CD20: not told apart",)
    assert two[1].flags == ("not in panel",)
    none = ReadSample(read.sample, np.zeros_like(read.blast))
    assert blast_antigens([none], markers=["CD19"])[0].flags == ("no events in blasts",)
    few = ReadSample(read.sample, np.cumsum(read.blast) * read.blast == 1)
    (entry,) = blast_antigens([few], markers=["CD19"], masked={"cd19"})
    assert "fewer than 50 blasts: read the interval" in entry.flags


def test_a_negative_reading_after_a_drug_that_hides_it_is_flagged() -> None:
    _, read = _read("adult", 600, 1.0)
    (entry,) = blast_antigens([read], markers=["CD19"], masked={"cd19"})
    assert entry.positive is False
    assert "possible masking or internalisation" in entry.flags
