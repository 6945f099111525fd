"""Oracle: the matrix by which simulated controls were mixed.

The noise is that of the simulator's page: electronic noise of 30 units and photon noise of 1.5
per square root of the signal; negative events emit 60 units in every dye.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.measures.compensation.estimate import check_each_once, estimate_spillover
from residua.measures.compensation.median_slope import median_error, median_slopes
from residua.measures.compensation.populations import Control, brightest, populations_of
from residua.measures.compensation.residuals import held_out_residuals, residual_spillover

NAMES = ("FITC-A", "PE-A", "PerCP-A", "PE-Cy7-A", "APC-A")
TRUE = np.array([
    [1, 0.20, 0.03, 0.00, 0.00],
    [0.01, 1, 0.15, 0.02, 0.00],
    [0.00, 0.00, 1, 0.30, 0.05],
    [0.00, 0.05, 0.01, 1, 0.00],
    [0.00, 0.00, 0.04, 0.00, 1],
])  # fmt: skip
OFF = ~np.eye(5, dtype=bool)


def control(dye, *, seed=0, events=6000, share=0.5, median=20_000, spread=0.2, own=1.0, top=2**18):
    """Cells stained in one dye (None: unstained) with debris of a tenth of the events."""
    random = np.random.default_rng([seed, 99 if dye is None else dye])
    emitted = random.normal(60, 36, (events, 5))
    scatter = [60_000, 20_000] * 10 ** random.normal(0, 0.06, (events, 2))
    stained = random.random(events) < share
    if dye is not None:
        emitted[stained, dye] = own * median * 10 ** random.normal(0, spread, stained.sum())
    debris = random.random(events) < 0.1
    emitted[debris], scatter[debris] = 0, 0.2 * scatter[debris]
    seen = emitted @ TRUE
    seen += np.sqrt(30**2 + 1.5**2 * np.maximum(seen, 0)) * random.standard_normal(seen.shape)
    name = f"{'unstained' if dye is None else NAMES[dye]}.fcs"
    ends = np.full(5, float(top)), np.full(2, float(2**18))
    return Control(name, np.minimum(seen, top - 1), scatter, *ends)


def all_of(unstained=None, **options):
    return [populations_of(control(dye, **options), dye, unstained) for dye in range(5)]


@pytest.mark.parametrize("options", [
    {}, {"spread": 0.35}, {"share": 0.02, "events": 30_000}, {"share": 0.9}, {"median": 3000},
])  # fmt: skip
def test_the_matrix_is_recovered_within_its_errors(options):
    made = estimate_spillover(all_of(**options), NAMES)
    difference = (made.spillover.matrix - TRUE)[OFF]
    assert np.abs(difference / made.errors[OFF]).max() < 4.5
    assert np.abs(difference).max() < (0.002 if options.get("median", 0) != 3000 else 0.01)
    assert made.spillover.channels == NAMES
    assert not [flag for flag in made.flags if "only" not in flag]


def test_the_errors_are_those_of_repeated_controls():
    """Oracle: the standard deviation of the coefficients over 60 simulations."""
    runs = [estimate_spillover(all_of(seed=n, events=1500), NAMES) for n in range(60)]
    spread = np.std([run.spillover.matrix[OFF] for run in runs], axis=0)
    told = np.mean([run.errors[OFF] for run in runs], axis=0)
    assert 0.85 < np.median(told / spread) < 1.2


def test_the_error_of_a_median_is_that_of_theory():
    """Oracle: 1.2533 sigma / sqrt(n) for normal values."""
    values = np.random.default_rng(3).normal(0, 2, (4000, 40))
    assert median_error(values).mean() == pytest.approx(1.2533 * 2 / np.sqrt(4000), rel=0.05)


def test_a_slope_between_two_points():
    """By hand: the positives lie 100 higher in x and 25 in y."""
    negative = np.repeat([[10.0, 7.0]], 5, axis=0)
    slopes = median_slopes(np.add(negative, [100, 25]), negative, 0)
    np.testing.assert_allclose(slopes.values, [1, 0.25])
    np.testing.assert_array_equal(slopes.errors, 0)


def test_the_stain_is_found_as_the_brightest_detector():
    unstained = control(None)
    assert [brightest(control(dye, share=0.05), unstained) for dye in range(5)] == [*range(5)]
    assert [brightest(control(dye, share=0.05)) for dye in range(5)] == [*range(5)]


def test_beads_without_negatives_take_those_of_the_unstained_control():
    made = estimate_spillover(all_of(control(None), share=1.0), NAMES)
    assert np.abs(made.spillover.matrix - TRUE).max() < 0.002
    assert populations_of(control(1, share=1.0), 1, control(None)).negative_from == "unstained.fcs"
    with pytest.raises(ValueFault, match="unstained"):
        populations_of(control(1, share=1.0), 1)


def test_the_debris_is_left_out():
    found = populations_of(control(1), 1)
    assert len(found.positive) + len(found.negative) == pytest.approx(0.9 * 6000, rel=0.05)


@pytest.mark.parametrize(("options", "words"), [
    ({"share": 0.01, "events": 2000}, "positive and a negative"),
    ({"own": 0.001}, "positive and a negative"),
    ({"events": 50}, "positive and a negative"),
    ({"median": 5e5, "top": 2**18}, "at the end of one"),
])  # fmt: skip
def test_controls_that_say_nothing_are_refused(options, words):
    with pytest.raises(ValueFault, match=words):
        populations_of(control(1, **options), 1)


def test_a_control_as_dim_as_the_unstained_is_refused():
    with pytest.raises(ValueFault, match="brighter than the unstained"):
        populations_of(control(1, own=0.001), 1, control(None))


def test_what_is_doubtful_is_flagged():
    light = [populations_of(control(dye, share=0.04, events=6000), dye) for dye in range(5)]
    assert any("only" in flag and "positive events" in flag for flag in
               estimate_spillover(light, NAMES).flags)  # fmt: skip
    bright = all_of(median=1.2e5, spread=0.2)
    assert any("detector's end" in flag for flag in estimate_spillover(bright, NAMES).flags)


def test_a_mislabelled_control_is_told():
    """A FITC control said to be of PE is five times brighter in FITC."""
    controls = [populations_of(control(0), 1), populations_of(control(4), 4)]
    flags = estimate_spillover(controls, NAMES).flags
    assert any("PE-A: seen brighter in FITC-A (5.0" in flag for flag in flags)


def test_a_coefficient_below_zero_beyond_its_error_is_told():
    """Negatives that shine in APC by themselves, so that the stain seems to lower it."""
    found = populations_of(control(0), 0)
    found.negative[:, 4] += 2000
    flags = estimate_spillover([found, *all_of()[1:]], NAMES).flags
    assert [flag for flag in flags if flag.startswith("FITC-A into APC-A: -10")]


def test_two_controls_of_one_dye():
    twice = [populations_of(control(0), 0), populations_of(control(0, seed=1), 0)]
    with pytest.raises(ValueFault, match="one control for FITC-A"):
        check_each_once(twice, NAMES)


def test_dyes_that_cannot_be_told_apart_are_refused_by_name():
    """The same stain twice under two names."""
    controls = [populations_of(control(0), 0), populations_of(control(2), 2),
                populations_of(control(2), 3)]  # fmt: skip
    with pytest.raises(ValueFault, match=r"PerCP-A and PE-Cy7-A"):
        estimate_spillover(controls, NAMES)


def test_what_a_wrong_matrix_leaves():
    """By hand: 3 % too little of FITC taken out of PE leaves 3 % there."""
    wrong = TRUE.copy()
    wrong[0, 1] -= 0.03
    found = residual_spillover(all_of(), NAMES, Spillover(NAMES, wrong))
    (first,) = [one for one in found if one.large and one.detector == "PE-A"]
    assert (first.dye, found[0]) == ("FITC-A", first)
    low, high = first.interval
    assert low < 0.03 < high
    assert not any(one.large for one in residual_spillover(all_of(), NAMES, Spillover(NAMES, TRUE)))


def test_without_compensation_the_spillover_itself_is_left():
    found = residual_spillover(all_of(), NAMES, None)
    slopes = {(one.dye, one.detector): one.slope for one in found}
    assert slopes["PerCP-A", "PE-Cy7-A"] == pytest.approx(0.30, abs=0.002)


def test_a_matrix_of_other_dyes_leaves_what_it_does_not_name():
    found = residual_spillover(all_of(), NAMES, Spillover(NAMES[:2], TRUE[:2, :2]))
    slopes = {(one.dye, one.detector): one.slope for one in found}
    assert slopes["FITC-A", "PE-A"] == pytest.approx(0, abs=0.002)
    assert slopes["APC-A", "PerCP-A"] == pytest.approx(0.04, abs=0.002)


def test_held_out_residuals_are_as_large_as_their_errors():
    """Oracle: standardised errors have a standard deviation of 1."""
    found = [one for n in range(8) for one in held_out_residuals(all_of(seed=n), NAMES)]
    assert np.std([one.slope / one.error for one in found]) == pytest.approx(1, abs=0.15)
    assert not any(one.large for one in found)


@given(st.floats(0.01, 0.9), st.floats(0.0, 0.5), st.integers(0, 100))
def test_any_share_and_spread_of_positives(share, spread, seed):
    """Either the matrix' row comes back or the control is refused by name; never a wrong one."""
    try:
        found = populations_of(control(0, share=share, spread=spread, seed=seed), 0)
    except ValueFault:
        return
    slopes = median_slopes(found.positive, found.negative, 0)
    error = np.abs(slopes.values - TRUE[0])
    assert (error < np.maximum(6 * slopes.errors, 0.004)).all()
