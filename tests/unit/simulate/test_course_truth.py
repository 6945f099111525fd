"""What is read from a made-up patient agrees with what is true of it.

Oracle: the truth of each draw, with the coverage that the stated errors promise; the model of
Stein 2019 in closed form; Poisson's law.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from residua.measures.limits import clopper_pearson
from residua.measures.plate import measure_plate
from residua.readers.qpcr_table import qpcr_table
from residua.simulate.assumptions import assumed
from residua.simulate.course.burden import make_burden
from residua.simulate.course.calendar import make_calendar, random_for
from residua.simulate.course.car_t_cells import make_car_t_cells
from residua.simulate.course.course import make_course
from residua.simulate.course.crs import make_crs
from residua.simulate.course.cytokines import cytokine_values, make_cytokines
from residua.simulate.course.mrd_results import one_result
from residua.simulate.course.plates import DAYS, TARGET, blood_id, plate_table
from residua.simulate.course.samples import Sample
from residua.simulate.course.spec import default_spec
from residua.standards.qpcr import qpcr_rules

SEEDS = range(12)
SAMPLE = Sample("any", 0)


def seeded(seed):
    return replace(default_spec(), seed=seed)


def at_least(share, draws):
    """What a true share of 95 % is not below in 999 of 1000 experiments of so many draws."""
    return share >= stats.binom.ppf(0.001, draws, 0.95) / draws


@pytest.mark.parametrize("method", ["flow", "ngs"])
@pytest.mark.parametrize("level", [3e-5, 1e-3, 0.02])
def test_counted_mrd_lies_in_its_exact_interval_as_often_as_stated(method, level):
    random, draws, inside = np.random.default_rng(5), 400, 0
    for _ in range(draws):
        found = one_result(SAMPLE, method, level, random)
        interval = clopper_pearson(found.numerator, found.denominator)
        inside += interval.low <= level <= interval.high
    assert at_least(inside / draws, draws)


def test_pcr_mrd_lies_about_its_level_by_counting_and_assay():
    """Variance of log10: the assay's, and 1 / (n ln(10)^2) of n genomes counted (Poisson)."""
    random, level, draws = np.random.default_rng(6), 1e-3, 400
    genomes = assumed("mrd_assays", "pcr_genomes")
    spread = math.hypot(
        assumed("mrd_assays", "pcr_spread"), 1 / math.log(10) / math.sqrt(genomes * level)
    )
    found = [one_result(SAMPLE, "pcr", level, random).fraction for _ in range(draws)]
    inside = [abs(math.log10(value / level)) <= 1.96 * spread for value in found]
    assert at_least(np.mean(inside), draws)
    assert np.mean(inside) < 0.99


def test_sequencing_finds_three_cells_expected_with_95_percent():
    """Poisson: 1 - exp(-3) = 0.950."""
    random, draws = np.random.default_rng(7), 2000
    level = assumed("mrd_assays", "ngs_lod_cells") / assumed("mrd_assays", "ngs_genomes")
    found = [
        one_result(SAMPLE, "ngs", level, random).status != "not detected" for _ in range(draws)
    ]
    assert np.mean(found) == pytest.approx(1 - math.exp(-3), abs=0.02)


def copies_per_ug(sample):
    return None if sample.copies is None else sample.copies * sample.per_ug


def measured_copies(seed):
    """Day -> copies/ug of the transgene, as `residua qpcr` reads the plates of one patient."""
    spec, found = seeded(seed), {}
    cells = make_car_t_cells(spec)
    for number, days in enumerate(DAYS, 1):
        text = plate_table(cells, days, random_for(spec, f"plate {number}"))
        result = measure_plate(qpcr_table(text.encode(), name="plate.csv"), qpcr_rules())
        assert all(curve.accepted for curve in result.curves)
        by_name = {s.sample: s for s in result.samples if s.target == TARGET}
        found |= {day: copies_per_ug(by_name[blood_id(day)]) for day in days}
    return cells, found


def test_copies_lie_about_the_truth_by_the_error_of_the_assay():
    """log10 of measured over true has the variance of extraction, wells and counting."""
    extraction, well = assumed("plate", "extraction"), assumed("plate", "noise") / 3.35
    inside = []
    for seed in SEEDS:
        cells, found = measured_copies(seed)
        for day, copies in found.items():
            true = float(cells.copies([day])[0])
            drawn = true * assumed("plate", "dna") / 1000
            if drawn < 2 * assumed("plate", "lowest"):
                continue
            counting = 1 / math.log(10) / math.sqrt(3 * drawn)
            curve = well / math.sqrt(18) * 2
            spread = math.sqrt(extraction**2 + well**2 / 3 + counting**2 + curve**2)
            inside.append(abs(math.log10(copies / true)) <= 1.96 * spread)
    assert at_least(np.mean(inside), len(inside))


def test_the_greatest_copies_and_their_day_are_those_of_the_truth():
    """Cmax within three deviations of extraction; Tmax another day only where both are near."""
    error = 10 ** (3 * math.hypot(assumed("plate", "extraction"), 0.03))
    for seed in SEEDS:
        cells, found = measured_copies(seed)
        true = {day: float(cells.copies([day])[0]) for day in found}
        best = max(true, key=true.get)
        read = max(found, key=lambda day: found[day] or 0)
        assert 1 / error < found[read] / true[best] < error
        assert true[best] / true[read] < error**2
        assert 5 <= best <= 21


def test_cells_are_lost_before_the_relapse_for_every_seed():
    for seed in range(60):
        spec = seeded(seed)
        when, cells = make_calendar(spec), make_car_t_cells(spec)
        assert cells.lost_after < when.mrd_relapse - when.car_t
        assert float(cells.copies([cells.lost_after])[0]) < assumed("plate", "lowest") * 5


def test_cytokine_peaks_are_read_within_the_error_of_a_well():
    spread = assumed("cytokine_assay", "spread")
    for seed in SEEDS:
        spec = seeded(seed)
        truths = make_cytokines(spec, make_crs(spec))
        values = list(cytokine_values(truths, random_for(spec, "cytokine assay")))
        for truth in truths:
            own = [v for v in values if v.truth.analyte == truth.analyte]
            level = truth.highest()[1]
            read = max(own, key=lambda v: v.measured)
            assert abs(math.log(read.measured / level)) < 4 * spread
            assert truth.level(read.day) > level * math.exp(-6 * spread)
            for value in own:
                bound = {"<": value.measured < truth.lloq, ">": value.measured > truth.uloq}
                assert all(value.text.startswith(mark) == holds for mark, holds in bound.items())


def test_the_burden_doubles_as_it_says():
    """Closed form: over one doubling time the fraction doubles, between the turning points."""
    made = make_course(seeded(3))
    day = made.when.mrd_relapse - 30
    later = made.burden.level(day + made.burden.doubling_second)
    assert later / made.burden.level(day) == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("doubling", [5, 9, None])
def test_the_turns_of_the_burden_are_in_order_for_every_seed(doubling):
    for seed in range(150):
        spec = replace(seeded(seed), doubling=doubling)
        days = [day for day, _ in make_burden(spec, make_calendar(spec)).turns]
        assert days == sorted(days)
