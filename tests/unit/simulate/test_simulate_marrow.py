"""Simulated marrow. Oracles: the numbers of its spec and of populations.toml, the laws it states,
the density of those laws (tested in test_marrow_laws), and the bytes of a second run.
"""

import json
import math
import tomllib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from scipy.stats import kstest

from residua.errors import InputError, UsageError, ValueFault
from residua.main.simulate_marrow import simulate_marrow as write_marrow
from residua.readers.fcs import read_fcs
from residua.simulate.assumptions import assumed_numbers
from residua.simulate.flow_truth import truth_labels
from residua.simulate.marrow.clone import draw_clone, drift_of
from residua.simulate.marrow.decades import to_decades
from residua.simulate.marrow.drawn import draw_marrow, largest_remainder
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.normal import composition
from residua.simulate.marrow.populations import (
    HAEMATOGONES,
    markers,
    populations,
    precursor_levels,
)
from residua.simulate.marrow.spec import MarrowSpec, preset, preset_names, read_marrow_spec
from residua.simulate.marrow.true_laws import displayed, true_log_densities
from residua.simulate.marrow.tubes import panels

STILL = MarrowSpec(events=120_000, batch=0, residual_spillover=0, tandem_skew=0, haematogones=0.1)


@pytest.fixture(scope="module")
def still():
    drawn = draw_marrow(replace(STILL, blast_fraction=0.01))
    made = simulate_marrow(drawn)
    return drawn, made, displayed(made.acquisition, drawn)


def test_counts_are_exact(still):
    drawn, made, _ = still
    assert made.counts["debris"] == 9600
    assert made.counts["doublet"] == 3600
    assert made.counts["blasts"] == round(0.01 * 106_800)
    assert np.bincount(made.labels).tolist() == list(made.counts.values())
    normal = 106_800 - 1068
    for law, share in zip(drawn.normal, drawn.shares, strict=True):
        assert abs(made.counts[law.name] - share * normal) < 1


def test_largest_remainder_by_hand():
    assert largest_remainder(10, np.array([0.55, 0.26, 0.19])).tolist() == [5, 3, 2]


def test_levels_are_the_stated_light(still):
    """T cells: CD45 4, CD19 0, CD81 2, within a person's own shift of 0.05 decades."""
    drawn, made, events = still
    cells = events[made.labels == made.names.index("T cells")]
    light = assumed_numbers("marrow_levels", "medians")
    for marker, level in (("CD45", 4), ("CD19", 0), ("CD81", 2), ("CD10", 0)):
        stated = to_decades(np.array(light[level]))
        found = np.median(cells[:, drawn.tube.labels.index(marker)])
        assert found == pytest.approx(stated, abs=0.15)


def test_marginals_follow_the_stated_law(still):
    """Without a laboratory a marginal of one group is Gaussian with the law's own parameters."""
    drawn, made, events = still
    for law in drawn.normal:
        cells = events[made.labels == made.names.index(law.name)]
        if len(law.weights) > 1 or len(cells) < 500:
            continue
        for place in range(2, events.shape[1]):
            centre, spread = law.medians[0, place], law.spreads[0, place]
            distance = kstest((cells[:, place] - centre) / spread, "norm").statistic
            assert distance < 2.4 / math.sqrt(len(cells)), (law.name, place)


def test_haematogones_mature_in_order():
    """CD34 has fallen before CD20 and CD45 are up, CD10 falls last (Bagwell 2015)."""
    early, middle, late = (
        dict(zip(markers(), precursor_levels(when), strict=True)) for when in (0.2, 1.5, 2.9)
    )
    assert (early["CD34"], middle["CD34"]) == (pytest.approx(3, abs=0.1), 0)
    assert early["CD20"] == 0 < middle["CD20"] < late["CD20"]
    assert early["CD45"] < middle["CD45"] < late["CD45"]
    assert late["CD10"] < middle["CD10"] < early["CD10"]
    assert late["CD38"] < middle["CD38"]
    assert late["CD81"] < middle["CD81"]
    assert late["CD22"] > middle["CD22"]


def test_stages_have_the_stated_split(still):
    drawn, _, _ = still
    law = drawn.normal[[one.name for one in populations()].index(HAEMATOGONES)]
    assert law.weights.reshape(3, -1).sum(axis=1) == pytest.approx([0.20, 0.55, 0.25])


@pytest.mark.parametrize("condition", ["adult", "child", "regenerating", "targeted"])
def test_compositions_are_about_the_stated_fractions(condition):
    drawn = np.array(
        [composition(MarrowSpec(events=10, condition=condition, sample=n)) for n in range(200)]
    )
    assert drawn.sum(axis=1) == pytest.approx(1)
    for one, shares in zip(populations(), 100 * drawn.T, strict=True):
        usual, low, high = one.fractions[condition]
        # Clipping and the sum of 1 move a median by less than a third.
        assert usual / 1.35 < np.median(shares) < usual * 1.35, one.name
        assert low / 1.67 < shares.min(), one.name
        assert shares.max() < high * 1.67, one.name


def test_true_densities_tell_blasts_and_match_the_events():
    """By Bayes with the true densities blasts are called blasts, in every laboratory and family."""
    for family in ("gaussian", "skewed"):
        spec = MarrowSpec(
            events=60_000, family=family, warp=0.2, sample_warp=0.1, blasts=2000, doublets=0
        )
        drawn = draw_marrow(spec)
        made = simulate_marrow(drawn)
        events = displayed(made.acquisition, drawn)
        chosen = np.flatnonzero(made.labels == made.names.index("blasts"))
        others = np.flatnonzero(made.labels != made.names.index("blasts"))[:8000]
        blast, normal = true_log_densities(events[chosen], drawn)
        assert np.median(blast - normal) > 5
        assert np.mean(blast > normal + math.log(spec.cells / 2000)) > 0.95
        blast, normal = true_log_densities(events[others], drawn)
        assert np.isfinite(normal).all()
        assert np.mean(blast > normal + math.log(spec.cells / 2000)) < 0.002


def test_one_patient_keeps_the_clone_and_another_has_another():
    base = preset("diagnosis")
    follow_up = replace(preset("follow-up"), clone=base.clone)
    first, again = draw_clone(base), draw_clone(follow_up)
    assert first.aberrancies == again.aberrancies
    assert np.array_equal(first.medians, again.medians)
    assert draw_clone(replace(base, patient=2)).aberrancies != first.aberrancies


def test_a_laboratory_keeps_its_dyes_and_a_sample_its_own_batch():
    one = draw_marrow(replace(preset("blank"), laboratory=5, sample=1))
    two = draw_marrow(replace(preset("blank"), laboratory=5, sample=2))
    other = draw_marrow(replace(preset("blank"), laboratory=6, sample=1))
    assert np.array_equal(one.chain.residual, two.chain.residual)
    assert not np.array_equal(one.chain.offset, two.chain.offset)
    assert not np.array_equal(one.chain.residual, other.chain.residual)
    assert np.array_equal(one.normal[3].medians, other.normal[3].medians), "the person stays"


@pytest.mark.parametrize("panel", panels())
@pytest.mark.parametrize("clone", ["6", "4", "2", "close", "inseparable"])
def test_every_clone_has_its_aberrancies_on_detectors_of_the_panel(panel, clone):
    for patient in range(25):
        drawn = draw_clone(MarrowSpec(events=10, panel=panel, clone=clone, patient=patient))
        wanted = {"close": 2, "inseparable": 0}.get(clone)
        assert len(drawn.aberrancies) == (int(clone) if wanted is None else wanted)
        sizes = [abs(size) for _, size in drawn.aberrancies]
        low, high = (0.349, 0.351) if clone == "close" else (0.479, 1.001)
        assert all(low < size < high for size in sizes)


def test_a_clone_that_cannot_be_separated_is_the_persons_own_precursors():
    drawn = draw_marrow(MarrowSpec(events=1000, clone="inseparable", drift=1.0))
    own = {tuple(row) for row in drawn.normal[7].medians}
    assert drawn.normal[7].name == HAEMATOGONES
    assert {tuple(row) for row in drawn.blasts.medians} < own


def test_drift_and_loss_move_the_blasts():
    spec = MarrowSpec(
        events=40_000, panel="euroflow-12", blasts=4000, drift=1.0, loss={"CD19": 0.75}
    )
    still, moved = draw_marrow(replace(spec, drift=0.0, loss={})), draw_marrow(spec)
    place = moved.tube.labels.index("CD10")
    assert moved.drift["CD10"] == pytest.approx(
        (moved.blasts.medians - np.tile(still.blasts.medians, (2, 1)))[0, place], abs=0.05
    )
    made = simulate_marrow(moved)
    assert made.positives["blasts"] == {"CD19": pytest.approx(1000, abs=3)}
    events = displayed(made.acquisition, moved)[made.labels == made.names.index("blasts")]
    shown = events[:, moved.tube.labels.index("CD19")]
    low, high = np.quantile(shown, [0.7, 0.8])
    plain = replace(spec, batch=0, residual_spillover=0, loss={"CD19": 1.0})
    law = draw_marrow(plain).blasts
    place = moved.tube.labels.index("CD19")
    assert law.medians[:, place] == pytest.approx(np.full(3, to_decades(np.array(60.0))))
    assert np.median(shown[shown > high]) - np.median(shown[shown < low]) > 0.7


def test_drift_has_the_stated_mean():
    drawn = [drift_of(MarrowSpec(events=10, drift=1.0, sample=n)) for n in range(400)]
    for marker, mean in (("CD10", -0.25), ("CD34", -0.2), ("CD38", 0)):
        found = [one[marker] for one in drawn]
        assert np.mean(found) == pytest.approx(mean, abs=0.02)
        assert np.std(found) == pytest.approx(0.12, abs=0.015)


def test_the_file_is_the_same_again_and_says_what_it_is(tmp_path):
    made = [
        write_marrow(
            out=tmp_path / name / "a.fcs", preset_name="follow-up", stated={"events": 5000}
        )
        for name in ("one", "two")
        if not (tmp_path / name).mkdir()
    ]
    assert made[0][0].read_bytes() == made[1][0].read_bytes()
    assert made[0][1].read_bytes() == made[1][1].read_bytes()
    acquisition = read_fcs(made[0][0])
    assert "simulated" in acquisition.flags
    assert acquisition.spillover is not None
    labels, names = truth_labels(made[0][1].read_text())
    truth = json.loads(made[0][1].read_text())
    assert len(labels) == len(acquisition.events) == 5000
    assert truth["blast_fraction"] == np.count_nonzero(labels == names.index("blasts")) / 4450
    assert len(truth["clone"]["aberrancies"]) == 4


def test_doublets_stand_off_by_height(still):
    _, made, _ = still
    ratio = made.acquisition.events[:, 1] / made.acquisition.events[:, 0]
    doublet = made.labels == made.names.index("doublet")
    assert np.quantile(ratio[doublet], 0.95) < 0.8
    assert np.quantile(ratio[~doublet], 0.001) > 0.8


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_made(name):
    drawn = draw_marrow(replace(preset(name), events=2000))
    assert sum(simulate_marrow(drawn).counts.values()) == 2000


def test_faults_of_a_spec_are_named(tmp_path):
    file = tmp_path / "spec.toml"
    file.write_text('kind = "residua.simulate.marrow"\nevents = "many"\nhematogones = 0.1\n')
    with pytest.raises(InputError) as caught:
        read_marrow_spec(file)
    assert len(caught.value.faults) == 2
    assert "haematogones" in str(caught.value)
    with pytest.raises(UsageError):
        preset("diagnose")
    with pytest.raises(UsageError):
        write_marrow(out=tmp_path / "a.fcs")
    for wrong in (
        {"blasts": 11},
        {"warp": 0.6},
        {"loss": {"CD3": 1}},
        {"tube": "two"},
        {"debris": 1},
    ):
        with pytest.raises(ValueFault):
            MarrowSpec(events=10, **wrong)


def test_populations_name_known_markers_only():
    book = tomllib.loads(
        files("residua.simulate.marrow").joinpath("populations.toml").read_text("utf-8")
    )
    used = {m for one in book["population"] for m in one.get("levels", one.get("course"))}
    assert used == set(book["markers"])


def test_the_mean_ratio_of_true_densities_over_normal_cells_is_one():
    """Closed form: the mean of p / q over q is 1, whatever the laboratory did to both.

    The clone is one with precursors, so that the ratio has bounds and its mean can be seen.
    """
    spec = MarrowSpec(
        events=16_000, family="skewed", warp=0.2, sample_warp=0.1, doublets=0,
        clone="inseparable", haematogones=0.4, panel="euroflow-8", tube="two",
    )  # fmt: skip
    drawn = draw_marrow(spec)
    events = displayed(simulate_marrow(drawn).acquisition, drawn)
    blast, normal = true_log_densities(events, drawn)
    ratio = np.exp(blast - normal)
    assert ratio.mean() == pytest.approx(1, abs=4 * ratio.std() / math.sqrt(len(ratio)))
