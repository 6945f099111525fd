"""RQ-PCR by EuroMRD's rows and BCR::ABL1 over ABL1. Oracle: Ct values of known lines, by hand.

The guideline's numbers (van der Velden 2007), unverified: slope -3.0 to -3.9, r at least 0.98;
quantitative range: replicates within 1.5 Ct, 3.0 before the background, steps of 2.6 to 4.0;
sensitivity: one well in three, 1.0 before the background, 4.0 after the step before.
"""

import math

import numpy as np
import pytest

from residua.facts.qpcr import Plate, Well
from residua.measures.fusion import measure_fusion
from residua.measures.rq_pcr_curve import measure_rq_curve
from residua.measures.rq_plate import measure_rq_plate
from residua.standards.bcr_abl1 import bcr_abl1_rules
from residua.standards.euromrd import euromrd_rules
from residua.standards.qpcr import qpcr_rules

RULES = euromrd_rules()
STEP = 1 / math.log10(2)  # cycles a 10-fold step at doubling
NMNC = 40.0


def ct(fraction, step=STEP):
    """Doubling, with 22 cycles for undiluted diagnostic DNA."""
    return 22 - step * math.log10(fraction)


def well(role, value, *, target="IGH", sample="", quantity=None, ng=600.0, unit="other", n=0):
    amplified = value is not None
    place = f"{role[0]}{sample}{quantity}{n}"
    return Well(place, sample, target, role, quantity, unit, value, amplified, ng)


def standards(levels=(1e-1, 1e-2, 1e-3, 1e-4, 1e-5), **given):
    """Triplicates 0.1 Ct apart; `given` holds other Ct values by dilution, as _1e_4=(...)."""
    found = []
    for level in levels:
        own = given.get(f"_1e_{round(-math.log10(level))}")
        cts = (ct(level) - 0.1, ct(level), ct(level) + 0.1) if own is None else own
        found += [well("standard", c, quantity=level, n=n) for n, c in enumerate(cts)]
    return found


def background(*cts):
    """Six wells, of which those of `cts` amplify."""
    values = [*cts, *[None] * 6][:6]
    return [well("background", c, sample="NMNC", n=n) for n, c in enumerate(values)]


def unknowns(*cts, sample="day-33", **keys):
    return [well("unknown", c, sample=sample, n=n, **keys) for n, c in enumerate(cts)]


def level_of(wells, **options):
    (level,) = measure_rq_plate(Plate("p", tuple(wells)), RULES, qpcr_rules(), **options).levels
    return level


def curve_of(*wells):
    return measure_rq_curve([*standards(), *background(NMNC), *wells], RULES)


def test_a_plate_of_one_line_gives_its_range_and_its_sensitivity():
    """1e-5 has a Ct of 38.6: within 3.0 of a background at 40, and 1.0 before it."""
    curve = curve_of()
    assert curve.accepted, curve.reason
    assert (curve.lloq, curve.sensitivity, curve.highest) == (1e-4, 1e-5, 1e-1)
    assert curve.line.slope == pytest.approx(-STEP)
    assert curve.line.efficiency == pytest.approx(1)
    assert "1.39 Ct before the background, less than 3" in curve.dilutions[-1].reason


@pytest.mark.parametrize(
    ("cts", "lloq"),
    [
        ((ct(1e-4) - 0.75, ct(1e-4), ct(1e-4) + 0.75), 1e-4),  # spread of 1.5: within
        ((ct(1e-4) - 0.76, ct(1e-4), ct(1e-4) + 0.75), 1e-3),  # of 1.51: not
        ((ct(1e-4), ct(1e-4), None), 1e-3),  # a well that is silent
        ((ct(1e-3) + 2.6,) * 3, 1e-4),  # the least step
        ((ct(1e-3) + 2.59,) * 3, 1e-3),
        ((ct(1e-3) + 4.01,) * 3, 1e-3),  # more than the greatest
    ],
)
def test_the_quantitative_range_ends_at_the_first_dilution_that_fails(cts, lloq):
    made = [*standards(_1e_4=cts), *background(NMNC)]
    curve = measure_rq_curve(made, RULES)
    assert curve.lloq == pytest.approx(lloq)


@pytest.mark.parametrize(("away", "lloq"), [(3.0, 1e-4), (2.99, 1e-3)])
def test_the_quantitative_range_keeps_its_distance_from_the_background(away, lloq):
    curve = measure_rq_curve([*standards(), *background(ct(1e-4) + away, 41.0)], RULES)
    assert curve.lloq == pytest.approx(lloq)


@pytest.mark.parametrize(
    ("cts", "sensitivity"),
    [
        ((39.0, None, None), 1e-5),  # one in three, 1.0 before the background at 40
        ((39.01, None, None), 1e-4),
        ((None, None, None), 1e-4),
        ((ct(1e-4) + 4.0, None, None), 1e-5),  # at 39.29, without a background
        ((ct(1e-4) + 4.01, None, None), 1e-4),
    ],
)
def test_the_sensitivity_is_the_lowest_dilution_with_one_positive_well_in_three(cts, sensitivity):
    late = cts[0] is not None and cts[0] > 39.1
    wells = background() if late else background(NMNC)
    curve = measure_rq_curve([*standards(_1e_5=cts), *wells], RULES)
    assert curve.sensitivity == pytest.approx(sensitivity)


@pytest.mark.parametrize(
    ("step", "accepted"), [(3.0, True), (2.99, False), (3.9, True), (3.91, False)]
)
def test_the_slope_is_held_to_its_limits(step, accepted):
    wells = [
        well("standard", ct(level, step), quantity=level, n=n)
        for level in (1e-1, 1e-2, 1e-3, 1e-4)
        for n in range(3)
    ]
    curve = measure_rq_curve([*wells, *background()], RULES)
    assert curve.accepted == accepted, curve.reason


def test_a_five_fold_step_is_taken_in_proportion():
    """Oracle: the closed form; log10(5) of a 10-fold step is a step of the same line."""
    levels = (1e-1, 1e-2, 1e-3, 2e-4)
    curve = measure_rq_curve([*standards(levels), *background()], RULES)
    assert curve.accepted, curve.reason
    assert curve.lloq == 2e-4


@pytest.mark.parametrize(
    ("wells", "reason"),
    [
        (background(), "no standards"),
        (standards(), "no background"),
        ([*standards(_1e_2=(20.0,) * 3), *background()], "not monotone"),
        ([*standards((1e-1, 1e-2)), *background()], "2 dilutions within"),
        ([*standards((10, 1, 1e-1)), *background()], "a standard above 1"),
        (
            [*standards(), well("standard", 30.0, quantity=1e-3, unit="ng"), *background()],
            "mixed units",
        ),
        (
            [well("standard", 30.0, quantity=1e-3, unit="cop"), *background()],
            "standards in cop, not in parts",
        ),
    ],
)
def test_a_curve_that_is_not_accepted_measures_nothing(wells, reason):
    level = level_of([*wells, *unknowns(30, 30, 30)])
    assert level.status == "not assessable"
    assert reason in level.reason
    assert (level.fraction, level.lod, level.lloq) == (None, None, None)


def test_a_sample_within_the_range_has_its_level_and_an_interval():
    cts = [ct(2e-3) + d for d in (-0.1, 0, 0.1)]
    level = level_of([*standards(), *background(NMNC), *unknowns(*cts)])
    assert level.status == "quantified"
    assert level.fraction == pytest.approx(2e-3)
    assert level.interval.low < 2e-3 < level.interval.high
    assert (level.lod, level.lloq) == (1e-5, 1e-4)
    assert level.input.startswith("3 x 600 ng DNA")
    assert level.flags == ("amplifiable DNA not measured",)


def test_below_the_range_it_is_positive_and_not_quantifiable():
    level = level_of([*standards(), *background(NMNC), *unknowns(ct(3e-5), None, None)])
    assert (level.status, level.fraction) == ("detected below LLOQ", None)
    assert "positive, not quantifiable" in level.reason
    assert (level.lod, level.lloq) == (1e-5, 1e-4)


def test_no_positive_well_is_negative_with_the_stated_sensitivity():
    level = level_of([*standards(), *background(NMNC), *unknowns(None, None, None)])
    assert (level.status, level.fraction, level.lod) == ("not detected", None, 1e-5)


@pytest.mark.parametrize(
    ("away", "intent", "status"),
    [
        (1.0, "reduction", "detected below LLOQ"),
        (0.99, "reduction", "not detected"),
        (2.99, "intensification", "not detected"),
        (3.0, "intensification", "detected below LLOQ"),
        (2.99, None, "detected below LLOQ"),  # reduction is the default
    ],
)
def test_the_distance_from_the_background_follows_the_intent(away, intent, status):
    wells = [*standards(), *background(NMNC), *unknowns(NMNC - away, None, None)]
    assert level_of(wells, intent=intent).status == status


@pytest.mark.parametrize(
    ("cts", "words"),
    [
        ((ct(0.5),) * 3, "above the top dilution of 0.1"),
        ((ct(1e-3), ct(1e-3), None), "replicates disagree: 1 of 3"),
    ],
)
def test_a_positive_that_no_number_fits_says_so(cts, words):
    level = level_of([*standards(), *background(NMNC), *unknowns(*cts)])
    assert (level.status, level.fraction) == ("not assessable", None)
    assert words in level.reason


def test_a_control_without_template_that_is_as_early_makes_it_not_assessable():
    wells = [*standards(), *background(NMNC), well("ntc", 30.0), *unknowns(31, 31, 31)]
    assert level_of(wells).reason == "no earlier than a no-template control"


def albumin(sample_ng, ng=600.0):
    """A control gene of doubling: 25 cycles for 100 ng of DNA."""

    def at(amount):
        return 25 - STEP * math.log10(amount / 100)

    made = [
        well("standard", at(amount) + d, target="ALB", quantity=amount, n=d)
        for amount in (6, 60, 600)
        for d in (-0.05, 0.05)
    ]
    own = [
        well("unknown", at(sample_ng) + d, target="ALB", sample="day-33", ng=ng, n=d)
        for d in (-0.05, 0, 0.05)
    ]
    return [*made, *own]


@pytest.mark.parametrize(("amount", "ng", "factor"), [(600, 600, 1), (300, 600, 2), (50, 100, 2)])
def test_level_and_limits_are_those_of_the_dna_that_amplifies(amount, ng, factor):
    """Half of the DNA amplifies: level, LOD and LLOQ are twice what the curve reads.

    In the last row the control gene was measured in 100 ng, and 50 ng of it amplify.
    """
    cts = [ct(2e-3) + d for d in (-0.1, 0, 0.1)]
    wells = [*standards(), *background(NMNC), *unknowns(*cts), *albumin(amount, ng)]
    level = level_of(wells, reference="ALB")
    assert level.fraction == pytest.approx(factor * 2e-3)
    assert level.lod == pytest.approx(factor * 1e-5)
    assert level.lloq == pytest.approx(factor * 1e-4)
    plain = level_of([*standards(), *background(NMNC), *unknowns(*cts)])
    wide = math.log(level.interval.high / level.interval.low)
    assert wide > math.log(plain.interval.high / plain.interval.low)


def test_dna_that_does_not_amplify_makes_no_negative():
    gene = [w for w in albumin(600) if w.role == "standard"]
    silent = [well("unknown", None, target="ALB", sample="day-33", n=n) for n in range(3)]
    wells = [*standards(), *background(NMNC), *unknowns(None, None, None), *gene, *silent]
    level = level_of(wells, reference="ALB")
    assert (level.status, level.lod) == ("not assessable", None)
    assert "amplifiable DNA: ALB not detected" in level.reason
    missing = [*standards(), *background(NMNC), *unknowns(None, None, None), *gene]
    assert "control gene was not measured" in level_of(missing, reference="ALB").reason


def test_the_interval_covers_the_truth_as_stated():
    """Oracle: 600 simulated plates of known level; 95 % within three standard errors of it.

    The background is silent, and the noise small enough for the whole curve to be in its range.
    """
    made = np.random.default_rng(5)
    covered = 0
    for _ in range(600):
        truth = 10 ** made.uniform(-4, -1.2)
        noisy = {f"_1e_{n}": tuple(ct(10.0**-n) + made.normal(0, 0.1, 3)) for n in range(1, 6)}
        wells = [*standards(**noisy), *background()]
        level = level_of([*wells, *unknowns(*(ct(truth) + made.normal(0, 0.1, 3)))])
        covered += level.interval.low <= truth <= level.interval.high
    assert abs(covered / 600 - 0.95) < 3 * math.sqrt(0.95 * 0.05 / 600)


COPIES = (10.0, 100.0, 1e3, 1e4, 1e5, 1e6)


def transcripts(fusion, abl1):
    """Both genes on one line of doubling, 38 cycles for one copy; None does not amplify."""

    def at(copies):
        return None if copies is None else 38 - STEP * math.log10(copies)

    made = []
    for gene, copies in (("BCR::ABL1", fusion), ("ABL1", abl1)):
        made += [
            well("standard", at(c) + d, target=gene, quantity=c, unit="cop", n=d)
            for c in COPIES
            for d in (-0.05, 0.05)
        ]
        value = at(copies)
        made += [
            well("unknown", value and value + d, target=gene, sample="day-33", n=d)
            for d in (-0.05, 0, 0.05)
        ]
    return Plate("p", tuple(made))


def ratio(fusion, abl1, **options):
    plate = transcripts(fusion, abl1)
    made = measure_fusion(plate, bcr_abl1_rules(), qpcr_rules(), reference="ABL1", **options)
    (level,) = made.levels
    return level


def test_a_ratio_is_that_of_the_copies():
    level = ratio(2e3, 5e4, transcript="e1a2")
    assert (level.status, level.kind, level.denominator) == ("quantified", "abl1", 50000)
    assert level.fraction == pytest.approx(0.04)
    assert level.interval.low < 0.04 < level.interval.high
    assert level.lloq == pytest.approx(10 / 5e4)
    assert "e1a2: ratio without International Scale" in level.input


@pytest.mark.parametrize(
    ("abl1", "status", "lod"),
    [
        (33000, "not detected", 10**-4.5),
        (31000, "not detected", 1e-4),
        (10100, "not detected", 1e-4),
        (9900, "not assessable", None),
    ],
)
def test_a_negative_needs_the_copies_of_abl1_that_its_sensitivity_asks_for(abl1, status, lod):
    level = ratio(None, abl1)
    assert level.status == status
    assert level.lod == pytest.approx(lod)
    assert status != "not assessable" or "insufficient sensitivity" in level.reason


def test_a_positive_does_not_need_it():
    level = ratio(500, 5000)
    assert (level.status, level.lod) == ("quantified", None)
    assert level.fraction == pytest.approx(0.1)
    assert any("too few for a negative" in flag for flag in level.flags)


def test_below_the_lowest_standard_it_is_a_bound():
    level = ratio(4, 50000)
    assert (level.status, level.fraction) == ("detected below LLOQ", None)
    assert level.lloq == pytest.approx(10 / 50000)


@pytest.mark.parametrize(
    ("fusion", "abl1", "words"),
    [
        (100, None, "ABL1 not detected"),
        (100, 4, "ABL1 detected below LLOQ"),
        (100, 3e6, "ABL1 not assessable: above the top standard"),
        (3e6, 1e5, "above the top standard"),
        (5e4, 2e4, "more copies than the control gene"),
    ],
)
def test_a_ratio_that_cannot_be_told_says_why(fusion, abl1, words):
    level = ratio(fusion, abl1)
    assert (level.status, level.fraction) == ("not assessable", None)
    assert words in level.reason
