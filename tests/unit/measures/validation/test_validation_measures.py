"""Measures of a validation against published examples and closed forms."""

import math
from itertools import product

import numpy as np
import pytest
from scipy import stats

from residua.measures.validation.agreement import bland_altman, measure_agreement
from residua.measures.validation.blanks import limit_of_blank
from residua.measures.validation.control_rules import ControlPoint, Target, judge_points, target_of
from residua.measures.validation.linearity import band, measure_linearity
from residua.measures.validation.precision import measure_precision
from residua.measures.validation.probit import Hits, detection_limit, fit_probit
from residua.standards.assay_validation import validation_numbers

NUMBERS = validation_numbers()
BEETLES = (
    (1.6907, 6, 59), (1.7242, 13, 60), (1.7552, 18, 62), (1.7842, 28, 56),
    (1.8113, 52, 63), (1.8369, 53, 59), (1.8610, 61, 62), (1.8839, 60, 60),
)  # fmt: skip
DYESTUFF = (
    (1545, 1440, 1440, 1520, 1580), (1540, 1555, 1490, 1560, 1495), (1595, 1550, 1605, 1510, 1560),
    (1445, 1440, 1595, 1465, 1545), (1595, 1630, 1515, 1635, 1625), (1520, 1455, 1450, 1480, 1445),
)  # fmt: skip
WRIGHT = (494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
MINI = (512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)


def test_probit_of_the_beetles_of_bliss():
    """Oracle: Dobson, An introduction to generalized linear models: -34.94 (probit), 19.73."""
    x, killed, n = (np.array(column, dtype=float) for column in zip(*BEETLES, strict=True))
    intercept, slope = fit_probit(x, killed, n)
    assert (round(intercept, 2), round(slope, 2)) == (-34.94, 19.73)


def test_the_profile_interval_is_near_fiellers_with_many_results():
    """Oracle: Fieller's theorem with the inverse of the expected information."""
    hits = [Hits(10**x, k, n) for x, k, n in BEETLES]
    found = detection_limit(hits, NUMBERS)
    x = np.array([b[0] for b in BEETLES])
    n = np.array([b[2] for b in BEETLES])
    z = found.intercept + found.slope * x
    p = stats.norm.cdf(z)
    weight = n * stats.norm.pdf(z) ** 2 / (p * (1 - p))
    design = np.column_stack([np.ones_like(x), x])
    v = np.linalg.inv(design.T @ (weight[:, None] * design))
    a, b, goal, q = found.intercept, found.slope, stats.norm.ppf(0.95), stats.norm.ppf(0.975)
    # (a + b x - goal)^2 = q^2 (v00 + 2 x v01 + x^2 v11)
    roots = np.roots([
        b * b - q * q * v[1, 1], 2 * (b * (a - goal) - q * q * v[0, 1]),
        (a - goal) ** 2 - q * q * v[0, 0],
    ])  # fmt: skip
    low, high = sorted(roots)
    assert math.log10(found.level) == pytest.approx((goal - a) / b)
    assert math.log10(found.interval.low) == pytest.approx(low, abs=0.002)
    assert math.log10(found.interval.high) == pytest.approx(high, abs=0.002)
    assert "does not describe" not in "".join(found.flags)


def test_the_interval_of_the_limit_holds_the_truth():
    """Oracle: a simulated truth, 95 % within what 150 series can tell (0.897 at 3 sigma)."""
    rng = np.random.default_rng(11)
    levels = 10.0 ** np.array([-5.5, -5.0, -4.7, -4.3, -4.0])
    truth, slope, z95 = -4.4, 2.5, stats.norm.ppf(0.95)
    held = told = 0
    for _ in range(150):
        p = stats.norm.cdf(slope * (np.log10(levels) - truth) + z95)
        drawn = rng.binomial(20, p)
        hits = zip(levels, drawn, strict=True)
        found = detection_limit([Hits(at, int(k), 20) for at, k in hits], NUMBERS)
        if found.interval is not None:
            told += 1
            held += found.interval.low <= 10**truth <= found.interval.high
    assert told > 140
    assert held / told > 0.89


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(1e-5, 0, 5), (1e-4, 5, 5)], "2 levels"),
        ([(1e-6, 0, 5), (1e-5, 0, 5), (1e-4, 5, 5)], "complete separation"),
        ([(1e-6, 0, 5), (1e-5, 2, 5), (1e-4, 5, 5)], "only one level"),
        ([(1e-6, 5, 5), (1e-5, 5, 5), (1e-4, 5, 5)], "every level was detected"),
        ([(1e-6, 0, 5), (1e-5, 0, 5), (1e-4, 0, 5)], "no level was ever"),
        ([(1e-6, 4, 5), (1e-5, 3, 5), (1e-4, 1, 5)], "not detected more often"),
        ([], "no levels"),
    ],
)
def test_a_line_that_the_levels_do_not_tell_is_not_assessable(counts, said):
    """Oracle: none of them has a finite rising maximum of the likelihood."""
    found = detection_limit([Hits(*count) for count in counts], NUMBERS)
    assert found.level is None
    assert said in found.reason


def test_separation_names_the_gap():
    """Oracle: by eye."""
    hits = [Hits(1e-6, 0, 5), Hits(1e-5, 0, 5), Hits(1e-4, 5, 5)]
    assert detection_limit(hits, NUMBERS).between == (1e-5, 1e-4)


def test_limit_of_blank_by_rank_and_by_sd():
    """Oracle: ranks of 1 ... 60 by hand: 0.5 + 57 = 57.5; mean 30.5, SD sqrt(305)."""
    found = limit_of_blank([float(n) for n in range(1, 61)], NUMBERS)
    assert found.nonparametric == 57.5
    factor = stats.norm.ppf(0.95) / (1 - 1 / (4 * 59))
    assert found.parametric == pytest.approx(30.5 + factor * math.sqrt(305))
    assert found.confidence == pytest.approx(1 - 0.95**60)
    assert found.upper_rank == 60
    assert not found.flags


def test_few_blanks_say_what_they_can_tell():
    """Oracle: 1 - 0.95^20 = 0.64."""
    found = limit_of_blank([0.0] * 19 + [1e-5], NUMBERS)
    assert found.upper is None
    assert "20 blanks, 60 are wanted" in found.flags[0]
    assert "64 %" in found.flags[0]
    assert "skewed" in found.flags[1]
    assert limit_of_blank([], NUMBERS).reason.startswith("no blank")


def test_variance_components_of_the_dyestuff():
    """Oracle: Davies' batches of dyestuff as lme4 prints them (REML): 1764 and 2451."""
    values = [y for batch in DYESTUFF for y in batch]
    batches = [batch for batch in range(6) for _ in range(5)]
    found = measure_precision(values, [("run", batches)], level=0.95)
    assert found.components[0].variance == pytest.approx(1764.05, abs=0.01)
    assert found.repeatability**2 == pytest.approx(2451.25, abs=0.01)
    low, high = stats.chi2.ppf([0.975, 0.025], 24)
    assert found.repeatability_interval.low == pytest.approx(math.sqrt(2451.25 * 24 / low))
    assert found.repeatability_interval.high == pytest.approx(math.sqrt(2451.25 * 24 / high))


def test_satterthwaite_of_balanced_runs():
    """Oracle: total = MSB / n + MSE (n - 1) / n, freedom by Satterthwaite's formula."""
    values = [y for batch in DYESTUFF for y in batch]
    found = measure_precision(
        values, [("run", [b for b in range(6) for _ in range(5)])], level=0.95
    )
    msb, mse = 56357.5 / 5, 58830.0 / 24
    total = msb / 5 + mse * 4 / 5
    freedom = total**2 / ((msb / 5) ** 2 / 5 + (mse * 4 / 5) ** 2 / 24)
    assert found.reproducibility**2 == pytest.approx(total)
    assert found.reproducibility_freedom == pytest.approx(freedom)


def test_nested_components_of_a_balanced_design():
    """Oracle: mean squares of a two-fold nested analysis, by hand from its sums."""
    rng = np.random.default_rng(5)
    a, b, n = 3, 4, 2
    y = (
        rng.normal(0, 3, a)[:, None, None] + rng.normal(0, 2, (a, b))[:, :, None]
        + rng.normal(0, 1, (a, b, n))
    )  # fmt: skip
    cells = list(product(range(a), range(b), range(n)))
    factors = [("instrument", [c[0] for c in cells]), ("run", [c[:2] for c in cells])]
    found = measure_precision(y.ravel().tolist(), factors, level=0.95)
    means, top = y.mean(axis=2), y.mean(axis=(1, 2))
    ms_e = ((y - means[:, :, None]) ** 2).sum() / (a * b * (n - 1))
    ms_b = n * ((means - top[:, None]) ** 2).sum() / (a * (b - 1))
    ms_a = n * b * ((top - y.mean()) ** 2).sum() / (a - 1)
    raw = [one.raw for one in found.components]
    assert raw == pytest.approx([(ms_a - ms_b) / (b * n), (ms_b - ms_e) / n])


def test_unbalanced_components_are_unbiased():
    """Oracle: a simulated truth: the mean of 600 estimates is the variance, within 4 errors."""
    rng = np.random.default_rng(3)
    labels = [0] * 2 + [1] * 5 + [2] * 3 + [3] + [4] * 4
    estimates = []
    for _ in range(600):
        y = 10 + rng.normal(0, 2, 5)[labels] + rng.normal(0, 1, len(labels))
        estimates.append(measure_precision(y.tolist(), [("run", labels)], level=0.95))
    raw = np.array([found.components[0].raw for found in estimates])
    rest = np.array([found.repeatability**2 for found in estimates])
    assert abs(raw.mean() - 4) < 4 * raw.std() / math.sqrt(600)
    assert abs(rest.mean() - 1) < 4 * rest.std() / math.sqrt(600)


def test_what_the_factors_cannot_tell_is_said():
    """Oracle: an operator who stays at one instrument is told apart by it already."""
    factors = [("instrument", "aabb"), ("operator", "xxyy"), ("run", "1122")]
    found = measure_precision([1.0, 2.0, 3.0, 5.0], factors, level=0.95)
    reasons = {one.factor: one.reason for one in found.components}
    assert "told apart" in reasons["operator"]
    alone = measure_precision([1.0, 2.0], [("run", "12")], level=0.95)
    assert alone.repeatability is None
    assert "no run measured" in alone.reason


def test_bland_altman_of_the_peak_flow_meters():
    """Oracle: Bland and Altman 1986: -2.1, SD 38.8; limits -78 and 74 (by 1.96), their errors."""
    differences = [w - m for w, m in zip(WRIGHT, MINI, strict=True)]
    found = bland_altman(differences)
    assert round(found.bias, 1) == -2.1
    assert round(found.sd, 1) == 38.8
    assert (round(found.bias_interval.low, 1), round(found.bias_interval.high, 1)) == (-22.0, 17.8)
    # their limits are by 2 SD: -79.7 with -114.3 to -45.1
    half = (found.low_interval.high - found.low_interval.low) / 2
    assert half == pytest.approx((114.3 - 45.1) / 2, abs=0.15)


def test_kappa_and_shares():
    """Oracle: the worked example 20, 5, 10, 15 of kappa: 0.4; shares by hand."""
    pairs = [(1, 1)] * 20 + [(0, 1)] * 5 + [(1, 0)] * 10 + [(0, 0)] * 15
    found = measure_agreement(pairs, against="expected", numbers=NUMBERS)
    assert found.kappa == pytest.approx(0.4)
    assert found.positive.value == pytest.approx(20 / 30)
    assert found.negative.value == pytest.approx(15 / 20)
    assert found.overall.value == pytest.approx(0.7)
    assert found.positive.interval.low == pytest.approx(stats.beta.ppf(0.025, 20, 11))


def test_truths_near_the_level_are_the_grey_zone():
    """Oracle: by eye: 2-fold about 1e-4, ends outside."""
    pairs = [(9e-5, 2e-4), (1.5e-4, 5e-5), (1e-3, 1e-3), (2e-4, 3e-4), (0.0, 0.0)]
    found = measure_agreement(pairs, against="expected", numbers=NUMBERS)
    assert found.grey == 2
    assert (found.clear_positive.count, found.clear_positive.total) == (2, 2)


def test_a_straight_line_and_a_bent_one():
    """Oracle: scipy's linregress; a parabola of known size."""
    rng = np.random.default_rng(2)
    x = np.repeat([-5.0, -4.5, -4.0, -3.0, -2.0], 4)
    y = x * 0.98 - 0.05 + rng.normal(0, 0.02, len(x))
    line = measure_linearity(list(zip(10**x, 10**y, strict=True)), numbers=NUMBERS)
    known = stats.linregress(x, y)
    assert line.slope == pytest.approx(known.slope)
    assert line.r2 == pytest.approx(known.rvalue**2)
    half = stats.t.ppf(0.975, len(x) - 2) * known.stderr
    assert line.slope_interval.low == pytest.approx(known.slope - half)
    assert line.linear
    low, high = band(line, 1e-3, level=0.95)
    assert low < 10 ** (known.intercept - 3 * known.slope) < high
    bent = measure_linearity(
        list(zip(10**x, 10 ** (y + 0.3 * (x + 3.5) ** 2), strict=True)), numbers=NUMBERS
    )
    assert not bent.linear
    assert bent.curves[0].p < 1e-6


def test_one_level_makes_no_line():
    """Oracle: a line needs more."""
    assert "1 levels" in measure_linearity([(1e-3, 1e-3)] * 5, numbers=NUMBERS).reason


def _judged(scores, runs=None, controls=None):
    controls = controls or ["a"] * len(scores)
    runs = runs or [str(n) for n in range(len(scores))]
    points = [
        ControlPoint(c, r, None if s is None else -4 + 0.1 * s)
        for c, r, s in zip(controls, runs, scores, strict=True)
    ]
    return judge_points(points, {c: Target(-4, 0.1) for c in set(controls)})


@pytest.mark.parametrize(
    ("scores", "last"),
    [
        ([0, 2.5], ("1-2s",)),
        ([0, 3.5], ("1-2s", "1-3s")),
        ([2.5, 2.5], ("1-2s", "2-2s")),
        ([2.5, -2.5], ("1-2s",)),
        ([1.5, 1.5, 1.5, 1.5], ("4-1s",)),
        ([0.5] * 10, ("10x",)),
        ([0.5] * 9, ()),
        ([0, None], ("1-2s", "1-3s")),
    ],
)
def test_westgards_rules(scores, last):
    """Oracle: the rules' own words."""
    assert _judged(scores)[-1] == last


def test_two_controls_of_one_run():
    """Oracle: R-4s is within a run, one above +2s and one below -2s; 2-2s also across controls."""
    assert "R-4s" in _judged([2.5, -2.5], ["1", "1"], ["a", "b"])[-1]
    assert "2-2s" in _judged([2.5, 2.5], ["1", "1"], ["a", "b"])[-1]
    assert "R-4s" not in _judged([2.5, -2.5], ["1", "2"], ["a", "b"])[-1]


def test_a_target_needs_its_points():
    """Oracle: mean and SD of 1 ... 20."""
    found = target_of([float(n) for n in range(1, 26)], points=20)
    assert (found.mean, found.sd) == (10.5, pytest.approx(math.sqrt(35)))
    assert target_of([1.0] * 19, points=20) is None
    assert judge_points([ControlPoint("a", "1", 1.0)], {}) == ((),)
