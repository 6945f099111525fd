"""Bead populations of one well.

Oracles: simulated beads of known kind, and for the real file what beadplexr (MIT) documents of
LEGENDplex panels of 13: six populations on small beads and seven on large ones.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from residua.facts.acquisition import Acquisition
from residua.facts.bead_panel import BeadAnalyte
from residua.main.beads.array import open_panel
from residua.measures.bead_populations import bead_populations, median_interval
from residua.readers.fcs import read_fcs
from residua.simulate.bead_plate import simulate_bead_plate
from residua.standards.bead_assay import bead_rules

PANEL = open_panel("legendplex-13")
RULES = bead_rules()
REAL = "cytokine_beads/K2-C07-A7.fcs"


@pytest.fixture(scope="module")
def plate():
    return simulate_bead_plate(PANEL, seed=3, samples=1)


def only(acquisition, keep):
    return Acquisition(acquisition.events[keep], acquisition.channels, acquisition.keywords)


@pytest.mark.data
def test_the_real_well_has_the_thirteen_populations_of_its_kind_of_panel(test_data):
    found = bead_populations(read_fcs(test_data / REAL), PANEL, RULES)
    assert found.found == (6, 7)
    assert all(one.median is not None for one in found.populations)
    # 5000 beads were asked of the cytometer ($RCTOT), some 385 of each kind
    counts = [one.events for one in found.populations]
    assert min(counts) > 200
    assert max(counts) < 500
    assert 4000 < sum(counts) < 5000


@pytest.mark.data
@pytest.mark.parametrize("pulse", ["H", "A"])
def test_the_real_populations_do_not_hang_on_height_or_area(test_data, pulse):
    """The other pulse measure of the same beads is an independent look at them."""
    acquisition = read_fcs(test_data / REAL)
    heights = bead_populations(acquisition, PANEL, RULES)
    other = replace(PANEL, scatter=(f"FSC-{pulse}", f"SSC-{pulse}"), classifier="APC-A")
    found = bead_populations(acquisition, other, RULES)
    for one, two in zip(heights.populations, found.populations, strict=True):
        shared = (one.members & two.members).sum()
        assert shared > 0.85 * max(one.events, two.events)


@pytest.mark.data
def test_without_the_floor_the_undyed_events_are_told_and_not_guessed_away(test_data):
    found = bead_populations(read_fcs(test_data / REAL), replace(PANEL, floor=None), RULES)
    small = [one for one in found.populations if one.size == "A"]
    assert found.found == (7, 7)
    assert all("7 populations found among beads A" in one.reason for one in small)
    assert all(one.median is None for one in small)


@pytest.mark.parametrize("well", ["A1", "H1", "A3", "B3"])
def test_simulated_beads_are_found_and_their_medians(plate, well):
    found = bead_populations(plate.wells[well], PANEL, RULES)
    for one in found.populations:
        true = plate.counts[well][one.analyte.name]
        assert one.events == pytest.approx(true, rel=0.1)
        # the median of some 300 beads with a spread of 0.2 varies by 0.2 * 1.25 / sqrt(300)
        assert one.median == pytest.approx(plate.responses[well][one.analyte.name], rel=0.06)


def test_the_same_events_give_the_same_beads(plate):
    one, two = (bead_populations(plate.wells["A1"], PANEL, RULES) for _ in range(2))
    for left, right in zip(one.populations, two.populations, strict=True):
        assert np.array_equal(left.members, right.members)


def test_a_population_that_is_gone_makes_its_size_not_assessable(plate):
    acquisition = plate.wells["A1"]
    gone = bead_populations(acquisition, PANEL, RULES).of("B3").members
    found = bead_populations(only(acquisition, ~gone), PANEL, RULES)
    assert found.found == (6, 6)
    assert all(one.reason for one in found.populations if one.size == "B")
    assert all(one.median is not None for one in found.populations if one.size == "A")


def test_a_size_that_is_gone_makes_all_not_assessable(plate):
    acquisition = plate.wells["A1"]
    small = bead_populations(acquisition, PANEL, RULES).sizes[0].members
    found = bead_populations(only(acquisition, ~small), PANEL, RULES)
    assert "sizes of beads found" in found.reason
    assert all(one.reason == found.reason for one in found.populations)


def test_few_beads_are_flagged(plate):
    acquisition = plate.wells["A1"]
    found = bead_populations(only(acquisition, slice(0, 700)), PANEL, RULES)
    assert found.found == (6, 7)
    for one in found.populations:
        assert ("fewer than 50 beads" in one.flags) == (one.events < 50)
    assert any(one.flags for one in found.populations)


def test_neighbours_that_overlap_are_not_assessable(plate):
    """Two beads 0.09 decades apart with spreads of 0.025: a cut misplaces 3.6 % of each."""
    acquisition = plate.wells["A1"]
    second = bead_populations(acquisition, PANEL, RULES).of("B3").members
    events = acquisition.events.copy()
    first = bead_populations(acquisition, PANEL, RULES).of("B2").classifier
    third = bead_populations(acquisition, PANEL, RULES).of("B3").classifier
    events[second, 2] *= first * 10**0.105 / third
    close = Acquisition(events, acquisition.channels, acquisition.keywords)
    found = bead_populations(close, PANEL, RULES)
    told = {one.analyte.name: one.reason for one in found.populations if one.size == "B"}
    assert told["B2"]
    assert told["B3"]
    assert found.found[1] == 6 or not told["B5"]


def test_high_to_low_turns_the_order_round(plate):
    straight = bead_populations(plate.wells["A1"], PANEL, RULES)
    turned = bead_populations(plate.wells["A1"], replace(PANEL, order="high to low"), RULES)
    assert np.array_equal(straight.of("A1").members, turned.of("A6").members)


def test_a_panel_of_other_channels_is_refused(plate):
    with pytest.raises(ValueError, match="'APC-X' in the file"):
        bead_populations(plate.wells["A1"], replace(PANEL, classifier="APC-X"), RULES)


@pytest.mark.parametrize("n", [6, 25, 300])
def test_the_interval_of_the_median_has_its_coverage(n):
    """Ranks l and n + 1 - l hold the median with 1 - 2 P(B(n, 1/2) < l), by the binomial."""
    told = median_interval(np.arange(1.0, n + 1), 0.95)
    assert told is not None
    rank = int(told.low)
    assert told.high == n + 1 - rank
    assert 1 - 2 * stats.binom.cdf(rank - 1, n, 0.5) >= 0.95
    assert 1 - 2 * stats.binom.cdf(rank, n, 0.5) < 0.95


def test_five_values_give_no_interval_of_95_percent():
    assert median_interval(np.arange(5.0), 0.95) is None


def test_an_analyte_stands_once():
    size = replace(PANEL.sizes[0], analytes=(BeadAnalyte("A1", "x"), BeadAnalyte("A2", "x")))
    with pytest.raises(ValueError, match="each name once"):
        replace(PANEL, sizes=(size,))
