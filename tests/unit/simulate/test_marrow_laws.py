"""The laws behind a simulated marrow.

Oracles: scipy's distributions, closed forms (binomial limit of detection, Gaussian shift), the
transformation rule of densities by numerical differences, Kolmogorov and Smirnov's bound.
"""

import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import binom, kstest, multivariate_normal, multivariate_t, norm, t

from residua.errors import ValueFault
from residua.simulate.marrow.decades import light_per_decade, to_decades, to_linear
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.ideal import ideal_lod, ideal_observer_lod
from residua.simulate.marrow.laboratory import Bend, Chain, measured, unmeasured
from residua.simulate.marrow.law import Law, draw_cells, log_density, marginal
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.true_laws import true_log_densities

LOADINGS = np.array([0.1, 0.4, 0.5])
MEDIANS, SPREADS = np.array([[0.5, 1.0, 2.0]]), np.array([[0.1, 0.2, 0.35]])
CORRELATION = np.outer(LOADINGS, LOADINGS) + np.diag(1 - LOADINGS**2)
COVARIANCE = CORRELATION * np.outer(SPREADS[0], SPREADS[0])


def one_law(*, skew=(0, 0, 0), freedom=math.inf):
    return Law("x", np.ones(1), MEDIANS, SPREADS, LOADINGS, np.array(skew, float), freedom)


def drawn_from(law, size, seed=1):
    return draw_cells(law, np.array([size]), np.random.default_rng(seed))


def test_decades_and_their_slope():
    values = np.array([-400.0, 0.0, 60.0, 18000.0])
    assert to_linear(to_decades(values)) == pytest.approx(values)
    assert to_decades(np.array([1.5e6]))[0] == pytest.approx(math.log10(1.5e6 / 75), abs=1e-8)
    step = (to_linear(to_decades(values) + 1e-6) - to_linear(to_decades(values) - 1e-6)) / 2e-6
    assert light_per_decade(values) == pytest.approx(step, rel=1e-6)


def test_the_density_of_the_first_family_is_the_multivariate_normal():
    cells = np.random.default_rng(3).uniform(-1, 3, (200, 3))
    expected = multivariate_normal(MEDIANS[0], COVARIANCE).logpdf(cells)
    assert log_density(cells, one_law()) == pytest.approx(expected)


def test_the_density_of_heavy_tails_is_the_multivariate_t():
    law = one_law(freedom=6.0)
    cells = np.random.default_rng(3).uniform(-1, 3, (200, 3))
    shape = COVARIANCE / t.ppf(norm.cdf(1), 6) ** 2
    assert log_density(cells, law) == pytest.approx(
        multivariate_t(MEDIANS[0], shape, 6).logpdf(cells)
    )


@pytest.mark.parametrize(
    ("skew", "freedom"), [((0.3, -0.4, 0.0), math.inf), ((0.3, -0.4, 0.0), 6.0)]
)
def test_a_skewed_law_has_its_median_its_spread_and_a_density_of_mass_one(skew, freedom):
    law = one_law(skew=skew, freedom=freedom)
    cells = drawn_from(law, 200_000)
    low, middle, high = np.quantile(cells, [norm.cdf(-1), 0.5, norm.cdf(1)], axis=0)
    assert middle == pytest.approx(MEDIANS[0], abs=0.004)
    assert (high - low) / 2 == pytest.approx(SPREADS[0], rel=0.01)
    third = cells.mean(axis=0) - middle
    assert np.sign(np.round(third, 3)[:2]).tolist() == [1, -1], "to the side of the skew"
    single = Law(
        "x", np.ones(1), MEDIANS[:, :1], SPREADS[:, :1], np.zeros(1), np.array(skew[:1]), freedom
    )
    grid = np.linspace(-3, 4, 200_001)
    density = np.exp(log_density(grid[:, None], single))
    assert np.trapezoid(density, grid) == pytest.approx(1, abs=1e-5)
    by_density = np.cumsum(density) * (grid[1] - grid[0])
    distance = kstest(cells[:50_000, 0], lambda x: np.interp(x, grid, by_density)).statistic
    assert distance < 1.95 / math.sqrt(50_000), "1 in 1000"


def test_groups_of_a_law_add_up():
    one, two = one_law(), one_law(skew=(0.2, 0.2, 0.2))
    medians, spreads = np.vstack([MEDIANS, MEDIANS + 1]), np.vstack([SPREADS] * 2)
    both = Law("x", np.array([0.3, 0.7]), medians, spreads, LOADINGS, np.zeros(3))
    cells = drawn_from(two, 50)
    parts = 0.3 * np.exp(log_density(cells, one)) + 0.7 * np.exp(log_density(cells - 1, one))
    assert np.exp(log_density(cells, both)) == pytest.approx(parts)


def test_the_laboratory_can_be_undone_and_its_change_of_volume_is_that_of_differences():
    random = np.random.default_rng(5)
    residual = np.eye(3) + 0.02 * random.standard_normal((3, 3)) * (1 - np.eye(3))
    bends = tuple(Bend(np.full(3, height), 1.9, random.uniform(0, 6, 3)) for height in (0.2, 0.42))
    chain = Chain(residual, np.array([1.05, 0.95, 1.0]), np.array([0.1, -0.1, 0.0]), bends)
    cells = random.uniform(-0.3, 2.8, (40, 3))
    back, change = unmeasured(measured(cells, chain), chain)
    assert back == pytest.approx(cells, abs=1e-9)
    for cell, log_volume in zip(cells, change, strict=True):
        steps = np.eye(3) * 1e-6
        slopes = (measured(cell + steps, chain) - measured(cell - steps, chain)) / 2e-6
        assert -np.linalg.slogdet(slopes)[1] == pytest.approx(log_volume, abs=1e-5)


def test_an_observer_of_blasts_that_nothing_resembles_needs_one_of_them():
    """Closed form: at least one blast among n events has probability 1 - (1 - L)^n."""
    never, always = np.full(500, -60.0), np.full(500, 60.0)
    found = ideal_observer_lod(never, always, events=1_000_000)
    assert found == pytest.approx(1 - 0.05 ** (1 / 1_000_000), rel=0.01)


@pytest.mark.parametrize(
    ("share", "events"), [(1e-4, 1_000_000), (1e-5, 1_000_000), (0.01, 200_000)]
)
def test_an_observer_of_a_box_counts_like_the_binomial(share, events):
    """Blasts all lie in a box that holds `share` of the normal cells: the test is a count."""
    limit = binom.ppf(0.95, events, share)
    exact = brentq(lambda L: binom.sf(limit, events, L + (1 - L) * share) - 0.95, 1e-9, 0.5)
    normal = np.where(np.arange(10**6) < share * 10**6, -math.log(share), -60.0)
    found = ideal_observer_lod(normal, np.full(20_000, -math.log(share)), events=events)
    assert found == pytest.approx(exact, rel=0.03)


def test_an_observer_of_a_shifted_gaussian_in_many_events():
    """Closed form: (z_alpha + z_beta) / sqrt(n chi2), where chi2 is exp(d^2) - 1."""
    random = np.random.default_rng(2)
    normal, blasts = random.standard_normal(100_000), random.standard_normal(20_000) + 0.7
    expected = 2 * norm.ppf(0.95) / math.sqrt(10**6 * math.expm1(0.49))
    found = ideal_observer_lod(0.7 * normal - 0.245, 0.7 * blasts - 0.245, events=10**6)
    assert found == pytest.approx(expected, rel=0.03)


def test_an_observer_of_the_same_law_twice_finds_nothing():
    assert ideal_observer_lod(np.zeros(9), np.zeros(9), events=10**6) == math.inf
    with pytest.raises(ValueFault):
        ideal_observer_lod(np.zeros(0), np.zeros(9), events=10**6)


def test_more_aberrancies_are_easier_for_the_observer():
    """6 aberrancies: above the closed form of one blast among all. A clone that is one with a part
    of the precursors: about the count in a box that holds this part of the cells, at best.
    """
    limits = {}
    for clone in ("6", "inseparable"):
        spec = MarrowSpec(events=300_000, clone=clone, haematogones=0.2, blasts=30)
        limits[clone] = ideal_lod(draw_marrow(spec), normal=8000, blasts=2000)
    assert 3 / 300_000 < limits["6"] < 3e-5
    box = 0.2 * 0.8 * 0.2  # 0.8 of pseudotime in stage I, which holds 20 %
    assert limits["inseparable"] > 3.29 * math.sqrt(box / 300_000) * 0.8
    assert limits["inseparable"] < 3.29 * math.sqrt(0.2 / 267_000) * 1.1


def test_a_laboratory_leaves_the_ratio_of_densities_as_it_is():
    """Oracle: the densities followed through the laboratory, at the events as it shows them."""
    spec = MarrowSpec(events=20_000, panel="euroflow-12", warp=0.4, laboratory=2, drift=1.0)
    drawn, random = draw_marrow(spec), np.random.default_rng(4)
    cells = draw_cells(drawn.blasts, random.multinomial(500, drawn.blasts.weights), random)
    at_blast, at_other = true_log_densities(measured(cells.astype(float), drawn.chain), drawn)
    debris = round(spec.debris * spec.events) / (spec.cells + round(spec.debris * spec.events))
    shares = [*(drawn.shares * (1 - debris)), debris]
    laws = zip((*drawn.normal, drawn.debris), shares, strict=True)
    others = np.logaddexp.reduce([log_density(cells, law) + math.log(s) for law, s in laws])
    ratio = log_density(cells, drawn.blasts) - others
    assert at_blast - at_other == pytest.approx(ratio, abs=1e-3)


def test_a_marginal_law_is_that_of_the_multivariate_normal():
    cells = np.random.default_rng(3).uniform(-1, 3, (200, 3))
    expected = multivariate_normal(MEDIANS[0, [0, 2]], COVARIANCE[np.ix_([0, 2], [0, 2])])
    found = log_density(cells[:, [0, 2]], marginal(one_law(), [0, 2]))
    assert found == pytest.approx(expected.logpdf(cells[:, [0, 2]]))


def test_without_the_detectors_that_tell_them_blasts_are_as_normal_cells():
    """Oracle: what is left of a clone without its aberrant detectors lies within normal variation,
    so the limit can only rise; an observer of no detector at all has none.
    """
    spec = MarrowSpec(events=60_000, clone="2", condition="regenerating", drift=1.0)
    drawn = draw_marrow(spec)
    every = {marker for stain in drawn.tube.stains for marker in stain}
    aberrant = {marker for marker, _ in drawn.clone.aberrancies}
    sizes = {"normal": 3000, "blasts": 1000, "within": 0.01}
    limits = [ideal_lod(drawn, without=one, **sizes) for one in ((), tuple(aberrant), tuple(every))]
    assert limits[0] < limits[1] < limits[2]
