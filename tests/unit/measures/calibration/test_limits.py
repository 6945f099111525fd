"""Limits of an automatic MRD. Oracles: closed forms, and readers whose law is known."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import pdtrc, stdtrit

from residua.errors import ValueFault
from residua.measures.calibration.blanks import upper_of
from residua.measures.calibration.calibrate import LEVELS
from residua.measures.calibration.calibration import Calibration
from residua.measures.calibration.limits import (
    fixed_limit_of_blank,
    laip_lod,
    limit_of_blank,
    predicted_lod,
    total_interval,
)

NORMALS, CELLS = 24, 200_000
LEVEL = np.array(LEVELS)


def calibration(*, blanks=None, responses=None, exposures=None, cells=CELLS):
    return Calibration(
        np.zeros(NORMALS) if blanks is None else blanks,
        np.full(NORMALS, 0.01) if exposures is None else exposures,
        np.full(NORMALS, float(cells)),
        LEVEL,
        np.tile(LEVEL, (NORMALS, 1)) if responses is None else responses,
        0.9,
        np.ones(NORMALS),
    )


def test_a_reader_without_error_is_limited_by_counting():
    """LoB 2 events; more than 2 of a Poisson law with probability 0.95, half of a tie counted."""
    perfect = calibration()
    assert limit_of_blank(perfect, 0.01, CELLS) == pytest.approx(2 / CELLS)
    wanted = brentq(lambda mean: (pdtrc(1, mean) + pdtrc(2, mean)) / 2 - 0.95, 1, 20) / CELLS
    assert predicted_lod(perfect, 0.01, CELLS, reviewed=True) == pytest.approx(wanted, rel=0.01)
    assert laip_lod(perfect) == pytest.approx(wanted, rel=0.01)


def test_a_limit_of_detection_is_not_claimed_below_the_levels_tried():
    assert predicted_lod(calibration(), 0.01, 5e7, reviewed=True) == LEVELS[0]


def test_the_interval_of_a_perfect_reader_in_many_cells_is_that_of_the_floor():
    """0.05 decade, Student with 23 degrees, prediction of one more reading."""
    found = total_interval(calibration(), 1e-3, 0.01, 1e11)
    reach = stdtrit(23, 0.975) * math.sqrt(25 / 24) * 0.05
    assert math.log10(found.low / 1e-3) == pytest.approx(-reach, abs=0.005)
    assert math.log10(found.high / 1e-3) == pytest.approx(reach, abs=0.005)


def test_the_interval_takes_back_a_bias_also_above_the_highest_level():
    half = calibration(responses=np.tile(LEVEL / 2, (NORMALS, 1)))
    for level in (1e-3, 3e-2):
        found = total_interval(half, level / 2, 0.01, 1e11)
        assert math.sqrt(found.low * found.high) == pytest.approx(level, rel=0.02)


def test_an_interval_begins_at_zero_where_blanks_read_as_much():
    """Both ends of the rule: nothing read, and a reading just at the limit of blank."""
    blanks = np.linspace(0, 4e-5, NORMALS)
    found = calibration(blanks=blanks, responses=np.add.outer(blanks, LEVEL))
    limit = limit_of_blank(found, 0.01, CELLS)
    for reading in (0.0, limit):
        interval = total_interval(found, reading, 0.01, CELLS)
        assert interval.low == 0 < interval.high < 1e-3
    assert total_interval(found, 1e-3, 0.01, CELLS).low > 3e-4


def test_the_limit_of_blank_goes_with_the_normal_cells_in_the_box():
    exposures = np.linspace(0.002, 0.05, NORMALS)
    found = calibration(blanks=1e-3 * exposures, exposures=exposures)
    assert limit_of_blank(found, 0.05, 1e7) == pytest.approx(5e-5, rel=0.02)
    assert limit_of_blank(found, 0.09, 1e7) == pytest.approx(9e-5, rel=0.02)
    assert fixed_limit_of_blank(found, 1e7) == pytest.approx(1e-3 * 0.0275 + 1.87 * 1.45e-5, 0.03)
    assert limit_of_blank(found, 0.0, CELLS) == pytest.approx(2 / CELLS)


def test_a_limit_of_blank_above_that_of_a_negative_is_taken_twice():
    """By the rule: below 1e-4 as it is, above it twice; the limit of detection follows."""
    exposures = np.linspace(0.002, 0.05, NORMALS)
    found = calibration(blanks=1e-3 * exposures, exposures=exposures)
    assert limit_of_blank(found, 0.101, 1e7) == pytest.approx(2 * 1.01e-4, rel=0.02)
    assert limit_of_blank(found, 0.2, 1e7) == pytest.approx(4e-4, rel=0.02)
    high = calibration(blanks=np.full(NORMALS, 2e-4))
    assert fixed_limit_of_blank(high, 1e7) == pytest.approx(4e-4, rel=0.02)
    assert predicted_lod(high, 0.01, 1e7, reviewed=False) > 4e-4


def test_a_stray_cell_in_an_almost_empty_box_is_no_rate_of_full_ones():
    """One cell among 70 of a normal would be 70 among 5000. Five among 70 are not stray."""
    exposures = np.full(NORMALS, 2e-3)
    exposures[0] = 7e-5
    cells, inside = 1_000_000, 5e-3

    def limit(reads):
        blanks = np.zeros(NORMALS)
        blanks[0] = reads / cells
        found = calibration(blanks=blanks, exposures=exposures, cells=cells)
        return limit_of_blank(found, inside, cells) * cells

    assert limit(1) < 3
    assert limit(5) > 100


def test_strict_mode_takes_the_worse_of_sample_and_phenotype():
    exposures = np.linspace(0.002, 0.05, NORMALS)
    blanks = 2e-3 * exposures
    responses = np.add.outer(blanks, LEVEL)
    found = calibration(blanks=blanks, exposures=exposures, responses=responses)
    sparse = predicted_lod(found, 0.002, CELLS, reviewed=True)
    assert sparse < laip_lod(found, CELLS)
    assert predicted_lod(found, 0.002, CELLS, reviewed=False) == laip_lod(found, CELLS)


def test_a_reader_that_sees_nothing_has_no_limit_of_detection():
    blind = calibration(responses=np.zeros((NORMALS, len(LEVEL))))
    assert laip_lod(blind) > 0.01


@pytest.mark.parametrize("draw", ["gaussian", "skewed", "overdispersed", "heavy"])
def test_five_percent_of_further_blanks_exceed_the_limit(draw):
    """Also for counts with 18 times the variance of Poisson ones, from 24 blanks each."""
    random = np.random.Generator(np.random.PCG64(5))
    size = (3000, NORMALS + 1)
    drawn = {
        "gaussian": lambda: 10 + random.standard_normal(size),
        "skewed": lambda: np.exp(random.standard_normal(size)),
        "overdispersed": lambda: random.poisson(random.gamma(20 / 17, 17, size)).astype(float),
        "heavy": lambda: random.standard_t(3, size),
    }[draw]()
    above = [row[0] > upper_of(row[1:]) for row in drawn]
    assert 0.02 <= np.mean(above) <= 0.06


def test_a_sample_with_fewer_cells_in_the_box_counts_its_own_false_positives():
    """Normals of 100 000 cells in the box, a sample of 2 000: Poisson, 10 expected there."""
    random = np.random.Generator(np.random.PCG64(6))
    above = []
    for _ in range(400):
        blanks = random.poisson(500, NORMALS) / 1e7
        found = calibration(blanks=blanks, cells=10_000_000)
        above.append(random.poisson(10) / 2e5 > limit_of_blank(found, 0.01, 2e5))
    assert 0.01 <= np.mean(above) <= 0.08


class Known:
    """A reader of known law: false positives by cells in the box, a log-normal error."""

    def __init__(self, seed, *, spread):
        self.random = np.random.Generator(np.random.PCG64(seed))
        self.spread = spread

    def read(self, exposures, blasts):
        size = np.shape(blasts)
        false = 3e-4 * exposures * np.exp(0.8 * self.random.standard_normal(size))
        error = 10 ** (self.spread * self.random.standard_normal(size))
        return false + 0.9 * blasts / CELLS * error

    def exposures(self, size):
        return np.exp(self.random.normal(math.log(0.01), 0.5, size))

    def calibrated(self):
        exposures = self.exposures(NORMALS)
        blanks = self.read(exposures, np.zeros(NORMALS))
        at = np.repeat(exposures[:, None], len(LEVEL), 1)
        responses = self.read(at, np.tile(LEVEL * CELLS, (NORMALS, 1)))
        return calibration(blanks=blanks, exposures=exposures, responses=responses)


def test_coverage_type_one_error_and_power_of_a_known_reader():
    """Over 100 laboratories of 24 normals each; bounds leave three binomial errors."""
    reader, held = Known(8, spread=0.12), {1e-2: 0, 1e-3: 0, 1e-4: 0, 2e-5: 0}
    called = found = 0
    rounds = 100
    for _ in range(rounds):
        made = reader.calibrated()
        for level in held:
            exposure = float(reader.exposures(()))
            read = float(reader.read(exposure, reader.random.poisson(level * CELLS)))
            interval = total_interval(made, read, exposure, CELLS)
            held[level] += interval.low <= level <= interval.high
        exposure = float(reader.exposures(()))
        limit = limit_of_blank(made, exposure, CELLS)
        called += float(reader.read(exposure, 0)) > limit
        lod = predicted_lod(made, exposure, CELLS, reviewed=True)
        found += float(reader.read(exposure, reader.random.poisson(lod * CELLS))) > limit
    assert min(held.values()) >= 0.93 * rounds, held
    assert called <= 0.10 * rounds
    assert 0.90 * rounds <= found <= rounds


def test_blanks_and_spikes_of_other_normals_are_refused():
    with pytest.raises(ValueFault):
        calibration(blanks=np.zeros(3))


def test_two_of_24_spikes_that_are_read_as_nothing_forbid_their_level():
    """Their law alone would have allowed it: 22 of 24 are read as they are."""
    read = np.tile(LEVEL, (NORMALS, 1))
    read[0, 2] = 0.0
    assert laip_lod(calibration(responses=read)) < 1e-4, "one in 24 is less than 5 %"
    read[1, 2] = 9e-6
    assert laip_lod(calibration(responses=read)) >= math.sqrt(1e-4 * 3e-4)
    read[:2, -1] = 0.0
    assert laip_lod(calibration(responses=read)) == 1.0
