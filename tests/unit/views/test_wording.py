"""Numbers and dates in words. Oracle: arithmetic by hand and the calendar."""

from decimal import Decimal

import pytest
from report_sample import course

from residua.course.course import Range
from residua.facts.antigen import AntigenReading
from residua.facts.quantity import Quantity
from residua.views.fact_words import antigen_words, drug_words, value_words
from residua.views.wording import (
    date_words,
    fraction_words,
    id_words,
    number_words,
    quantity_words,
    range_words,
    short_fraction,
)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("2.68e-5", "2.68 × 10⁻⁵ (0.00268 %)"),
        ("1.6 %", "1.6 % (1.6 × 10⁻²)"),
        ("1e-4", "1 × 10⁻⁴ (0.01 %)"),
        ("<1e-4", "<1 × 10⁻⁴ (<0.01 %)"),
        ("0.01", "1 × 10⁻² (1 %)"),
        ("100 %", "100 % (1 × 10⁰)"),
        ("0", "0"),
    ],
)
def test_fractions_stand_in_both_forms(stated, words):
    assert fraction_words(Quantity.parse(stated, "1")) == words


def test_a_fraction_that_is_not_stated_is_said_so():
    assert fraction_words(None) == "not stated"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("26.98 10*9/L", "26.98 × 10⁹/L"),
        ("1e6 /kg", "1 × 10⁶/kg"),
        ("0.8 mg/m2", "0.8 mg/m²"),
        ("<0.1 mg/L", "<0.1 mg/L"),
        ("3750 U", "3750 U"),
    ],
)
def test_units_read_as_people_write_them(stated, words):
    assert quantity_words(Quantity.parse(stated)) == words


def test_digits_stay_as_stated():
    assert number_words(Decimal("1.50")) == "1.50"


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (Range(15, 15), "15 days"),
        (Range(0, 31), "at most 31 days"),
        (Range(10, 40), "10 to 40 days"),
        (Range(1462, 1521), "1462 to 1521 days (48 to 50 months)"),
        (Range(None, 821), "at most 821 days (about 27 months)"),
        (Range(40, None), "at least 40 days"),
        (Range(None, None), "not known: a date is not stated"),
        (None, "not known: a date is not stated"),
    ],
)
def test_lengths_of_time(elapsed, words):
    assert range_words(elapsed) == words


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("hsct", "Aug 2019"),
        ("mrd-2", "29 days after InO (30 Aug 2022 to 29 Sep 2022)"),
        ("re-induction", "date not stated (after “At diagnosis”)"),
        ("p1", "date not stated"),
    ],
)
def test_dates_keep_their_precision(fact, words):
    given = course()
    assert date_words(given, given.by_id[fact]) == words


def test_names():
    assert id_words("car-t-day-28") == "CAR-T day 28"
    assert id_words("re-induction") == "Re-induction"


def test_a_drug_reads_with_dose_and_days():
    given = course()
    drugs = given.by_id["ino"].fact.drugs
    assert drug_words(drugs[1]) == "inotuzumab ozogamicin 0.5 mg/m² days 8, 15"


def test_missing_is_never_a_number_or_a_negative():
    given = course()
    words = value_words(given.by_id["mrd-2"].fact)
    assert "LOD: not stated" in words
    assert "denominator: not stated" in words


def test_computed_values_stand_at_three_significant_digits():
    """23 of 264004 is 8.711989212284663e-5; 100 / 264004 is 3.79e-4."""
    assert fraction_words(Quantity(Decimal(repr(23 / 264004)))) == "8.71 × 10⁻⁵ (0.00871 %)"
    assert number_words(100 * 2 / 23) == "8.70"
    assert number_words(100.0) == "100"


def test_of_few_blasts_the_interval_comes_first():
    few = AntigenReading(
        id="x",
        marker="CD22",
        percent=100 * 2 / 23,
        interval=(1.0709966, 28.0379336),
        flags=("fewer than 50 blasts: read the interval",),
    )
    assert antigen_words(few, False) == (
        "CD22 on 1.07 to 28.0 % of blasts (95 % interval, 8.70 % measured, negative)"
    )
    many = few.model_copy(update={"flags": ()})
    assert antigen_words(many, None).startswith("CD22 on 8.70 % of blasts (95 % interval 1.07")


def test_a_marker_that_was_not_measured_is_not_negative():
    absent = AntigenReading(id="x", marker="CD22", flags=("not in panel",))
    assert antigen_words(absent, None) == "CD22 not in panel"


@pytest.mark.parametrize(
    ("level", "words"),
    [(0.016, "1.6 %"), (0.0147, "1.47 %"), (2.68e-5, "2.68×10⁻⁵"), (1e-4, "10⁻⁴"), (1, "100 %"),
     (0.001, "0.1 %"), (0, "0 %")],
)  # fmt: skip
def test_fractions_where_room_is_scarce(level, words):
    assert short_fraction(level) == words
