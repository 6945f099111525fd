"""MRD by digital PCR.

Oracles: closed forms by hand (copies in a partition -ln(1 - k/n); 3 of 20 000 with a control of
10 000 of 20 000: (3/20000) / (ln 2 / 2)), SciPy's binomial test for the exact interval, and
coverage of the stated interval over simulated plates of known truth.
"""

import math
from itertools import product

import numpy as np
import pytest
from scipy.stats import binomtest

from residua.errors import ValueFault
from residua.facts.digital_pcr import PartitionWell
from residua.measures.digital_pcr import DigitalAssay, Read, measure_digital
from residua.measures.partition_counts import (
    Counts,
    limit_of_blank,
    per_partition_interval,
    ratio_with_interval,
)
from residua.standards.rulebook import load

BOOK = load("digital_pcr")
N = 20000


def _well(well, target, positive, role="unknown", sample="s", partitions=N, dna=None):
    return PartitionWell(well, sample, target, role, positive, partitions, dna)


def _pair(*positives, control=10000):
    wells = [_well(f"A{i}", "IGH", k) for i, k in enumerate(positives)]
    return [*wells, *(_well(w.well, "ALB", control) for w in wells)]


def _one(wells, **rest):
    given = {"reference": "ALB"} | rest
    (level,) = measure_digital(wells, DigitalAssay("IGH", **given), BOOK)
    return level


def test_copies_by_the_closed_form():
    assert Counts(5000, 20000).per_partition == pytest.approx(-math.log(0.75))
    assert Counts(0, 20000).copies == 0
    assert math.isinf(Counts(20, 20).per_partition)


@pytest.mark.parametrize("positive", [0, 1, 3, 40, 9000, 19999])
def test_the_interval_is_clopper_and_pearsons(positive):
    found = binomtest(positive, N).proportion_ci(0.95, method="exact")
    expected = (-math.log1p(-found.low), -math.log1p(-found.high))
    assert per_partition_interval(Counts(positive, N)) == pytest.approx(expected, rel=1e-6)


def test_the_fraction_by_hand():
    level = _one(_pair(8, 7, 9))
    share = 24 / (3 * N)
    assert level.status == "quantified"
    assert level.fraction == pytest.approx(-math.log1p(-share) / (math.log(2) / 2))
    assert level.interval.low < level.fraction < level.interval.high
    assert "LLOQ not stated" in level.flags


def test_the_stated_interval_covers_the_truth():
    """At three levels and with a control of few copies too; 95 % stated, at least 93 % wanted."""
    rng = np.random.default_rng(7)
    for level, control in product((2e-4, 1e-3, 2e-2), (0.02, 0.6)):
        covered = 0
        for _ in range(400):
            k = rng.binomial(3 * N, -math.expm1(-level * control / 2))
            m = rng.binomial(3 * N, -math.expm1(-control))
            if k == 0:
                covered += 1  # such a sample is not quantified
                continue
            _, interval = ratio_with_interval(Counts(k, 3 * N), Counts(m, 3 * N), scale=2.0)
            covered += interval.low <= level <= interval.high
        assert covered >= 0.93 * 400


def test_two_positive_partitions_are_no_finding():
    level = _one(_pair(1, 1, 0, control=15000))
    assert level.status == "not detected"
    three = -math.log1p(-3 / (3 * N))
    assert level.lod == pytest.approx(three / (-math.log1p(-0.75) / 2))
    assert level.lod < 1e-4


def test_a_negative_of_little_dna_is_not_assessable():
    level = _one(_pair(0, control=1000))
    assert level.status == "not assessable"
    assert level.reason == "negative with insufficient sensitivity"


def test_the_limit_of_blank_comes_from_the_negative_wells():
    """Four positives in two wells lead to expect 6 in three: 95 % of such blanks have 10 or fewer
    (Poisson: 0.9574)."""
    assert limit_of_blank(Counts(4, 2 * N), 3 * N, quantile=0.95) == 10
    blanks = [_well(f"H{i}", "IGH", 2, "negative", "healthy") for i in range(2)]
    assert _one([*_pair(4, 3, 3, control=19990), *blanks]).status == "not detected"
    assert _one([*_pair(4, 4, 3, control=19990), *blanks]).status == "quantified"


def test_a_positive_water_control_makes_nothing_assessable():
    level = _one([*_pair(50, 50), _well("H9", "IGH", 5, "ntc", "")])
    assert (level.status, level.reason) == (
        "not assessable", "the no-template control is positive",
    )  # fmt: skip


def test_wells_with_few_droplets_are_left_out_and_said():
    wells = [*_pair(8, 8), _well("B1", "IGH", 500, partitions=900)]
    level = _one(wells)
    assert "1 of 3 wells with too few partitions" in level.flags
    assert level.input.startswith("16 of 40000 partitions, 2 wells")


@pytest.mark.parametrize(
    ("wells", "reason"),
    [
        ([_well("A1", "IGH", N), _well("A1", "ALB", 100)], "all partitions are positive"),
        ([_well("A1", "IGH", 9), _well("A1", "ALB", 0)], "has no positive partition"),
        ([_well("A1", "IGH", 9), _well("A1", "ALB", N)], "fills all partitions"),
        ([_well("A1", "IGH", 9), _well("B1", "ALB", 9)], "in other wells"),
        ([_well("A1", "IGH", 9), _well("A1", "ALB", 9, sample="t")], "not measured in this sample"),
        ([_well("A1", "IGH", 9000), _well("A1", "ALB", 90)], "more copies of the target"),
    ],
)
def test_what_cannot_be_told_says_why(wells, reason):
    levels = measure_digital(wells, DigitalAssay("IGH", "ALB"), BOOK)
    assert levels[0].status == "not assessable"
    assert reason in levels[0].reason


def test_a_control_in_diluted_wells_is_scaled_by_the_dna():
    """The same truth with the control in wells of a hundredth of the DNA."""
    share = -math.expm1(-0.005)  # 100 times less of it than of the target's wells, 0.5 each
    wells = [_well("A1", "IGH", 40, dna=600.0), _well("B1", "ALB", round(share * N), dna=6.0)]
    expected = -math.log1p(-40 / N) / (-math.log1p(-round(share * N) / N) * 100 / 2)
    assert _one(wells).fraction == pytest.approx(expected)


def test_without_a_control_the_dna_and_what_was_read_are_needed():
    """600 ng hold 600 / 0.0066 genomes; 20 000 droplets of 0.85 nl are 17 of 20 ul."""
    wells = [_well("A1", "IGH", 40, dna=600.0)]
    assert _one(wells, reference=None).status == "not assessable"
    level = _one(wells, reference=None, read=Read(0.85, 20.0))
    genomes = 600 / 0.0066 * 17 / 20
    assert level.fraction == pytest.approx(-math.log1p(-40 / N) * N / genomes)


def test_a_stated_lloq_and_a_transcript():
    level = _one(_pair(8, 8, 8), lloq=10.0)
    assert level.status == "detected below LLOQ"
    assert level.fraction is None
    ratio = _one(_pair(8, 8, 8), denominator="abl1")
    assert ratio.kind == "abl1"
    assert ratio.fraction == pytest.approx(-math.log1p(-24 / (3 * N)) / math.log(2))


def test_a_target_that_no_well_has():
    with pytest.raises(ValueFault, match="target"):
        measure_digital(_pair(3), DigitalAssay("TRG", "ALB"), BOOK)
