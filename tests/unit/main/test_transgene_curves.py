"""CAR-T kinetics of a folder.

Oracles: the worked example of `measures.transgene_kinetics` by hand (AUC 1900 + 4900 / ln 2), the
typical patient of Stein 2019 whose parameters are printed, hand counts of days.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from transgene_folder import CASE, WORKED, curves_of, folder_of, next_infusion, row, worked_rows

from residua.course.course import arrange
from residua.errors import InputError
from residua.main.curves.transgene import transgene_curves
from residua.main.evaluate import evaluate_case
from residua.readers.case import read_case

LN2 = math.log(2)


def test_the_worked_example_through_a_folder(tmp_path):
    (curve,) = curves_of(tmp_path, worked_rows())
    found = curve.kinetics
    assert (found.cmax.value, found.cmax.days) == (800.0, (7, 7))
    assert found.auc.value == pytest.approx(1900 + 4900 / LN2)
    assert [life.days for life in found.half_lives] == pytest.approx([7.0, 7.0])
    assert (found.persistent, found.lost) == ((28, 28), (28, 42))
    assert (curve.infusion, curve.target, curve.tissue) == ("car-t", "CAR", "blood")
    assert [s.said for s in curve.samples].count("below LLOQ") == 2
    assert len(curve.facts) == len(WORKED)
    assert curve.fit is not None
    assert curve.simulated


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(tmp_path, seed):
    (curve,) = curves_of(tmp_path, worked_rows())
    rows = worked_rows()
    random.Random(seed).shuffle(rows)
    (other,) = curves_of(tmp_path, rows)
    assert other.kinetics == curve.kinetics
    assert other.course == curve.course
    assert other.fit.parameters == curve.fit.parameters


def test_a_value_before_the_infusion_changes_no_measure(tmp_path):
    (curve,) = curves_of(tmp_path, worked_rows())
    (other,) = curves_of(tmp_path, [*worked_rows(), row(-3, 70_000)])
    flag = "transgene quantified before the infusion"
    assert other.kinetics.flags == (flag,)
    assert other.kinetics.cmax == curve.kinetics.cmax
    assert other.kinetics.auc == curve.kinetics.auc
    assert other.kinetics.half_lives == curve.kinetics.half_lives
    assert other.fit.parameters == curve.fit.parameters
    assert [s.fact for s in other.drawn] == [s.fact for s in curve.drawn]
    assert len(other.samples) == len(curve.samples) + 1


def test_the_typical_patient_of_the_model_is_found_again(tmp_path):
    """Stein 2019: alpha 0.16 /d, beta 0.0032 /d, FB 0.0079, Cmax 24 000 on day 9.3."""

    def level(t):
        if t < 9.3:
            return 24_000 * math.exp(math.log(3900) * (t / 9.3 - 1))
        return 24_000 * (
            0.9921 * math.exp(-0.16 * (t - 9.3)) + 0.0079 * math.exp(-0.0032 * (t - 9.3))
        )

    days = [1, 3, 5, 7, 10, 14, 21, 28, 60, 90, 180, 365]
    (curve,) = curves_of(tmp_path, [row(d, f"{level(d):.5g}") for d in days])
    true = {"foldx": 3900, "Tmax": 9.3, "Cmax": 24_000, "alpha": 0.16, "FB": 0.0079, "beta": 0.0032}
    for parameter in curve.fit.parameters:
        assert parameter.value == pytest.approx(true[parameter.id], rel=0.05)  # a corner at Tmax
        assert parameter.interval.low < true[parameter.id] < parameter.interval.high


def test_a_month_is_a_range_of_days_and_then_no_area_is_told(tmp_path):
    (curve,) = curves_of(tmp_path, [*worked_rows()[1:4], row("2023-04", 100)])
    assert curve.samples[-1].days == (31, 60)
    assert curve.kinetics.clast.days == (31, 60)
    assert "within a range" in curve.kinetics.auc.reason
    assert curve.fit.quantified == 3


def test_a_month_around_the_infusion_is_on_neither_side(tmp_path):
    (curve,) = curves_of(tmp_path, [row("2023", 90_000), *worked_rows()])
    assert curve.course.either[0].first < 0 < curve.course.either[0].last
    assert curve.kinetics.cmax.value == 800


def test_values_after_the_next_infusion_belong_to_it(tmp_path):
    case = next_infusion("CD19")
    rows = [*worked_rows(), row(100, 900), row(110, 300), row("2023-06", 77), row("2023-05", 60)]
    first, second = curves_of(tmp_path, rows, case=case)
    assert [s.days[0] for s in second.samples] == [0, 10]
    assert second.kinetics.cmax.value == 900
    assert [reason for _, reason in first.left_out] == [
        "it may lie before or after the infusion car-t-2"
    ]
    assert first.samples[-1].days == (61, 91)


def test_a_target_goes_with_the_infusion_that_it_names(tmp_path):
    case = next_infusion("CD22")
    rows = [row(120, 90, target="CD19-CAR"), row(120, 5000, target="CD22-CAR")]
    first, second = curves_of(tmp_path, rows, case=case)
    assert (first.infusion, first.samples[0].days) == ("car-t", (120, 120))
    assert (second.infusion, second.samples[0].days) == ("car-t-2", (20, 20))


def test_marrow_and_blood_are_not_joined(tmp_path):
    rows = [*worked_rows(), row(7, 100_000, specimen="marrow")]
    blood, marrow = curves_of(tmp_path, rows)
    assert (blood.tissue, blood.kinetics.cmax.value) == ("blood", 800)
    assert (marrow.tissue, marrow.kinetics.cmax.value) == ("marrow", 100_000)
    assert marrow.fit is None
    assert "the model is of blood" in marrow.fit_reason


def test_mixed_units_give_a_reason(tmp_path):
    (curve,) = curves_of(tmp_path, [*worked_rows(), row(50, 10, unit="copies/mL", lloq="")])
    assert curve.reason == "values of one target in copies/mL and copies/ug are not joined"
    assert curve.kinetics.cmax.value is None
    assert curve.kinetics.auc.reason == curve.reason
    assert len(curve.left_out) == len(WORKED) + 1


def test_other_units_are_summarised_without_the_model(tmp_path):
    rows = [row(d, v, unit="copies/uL", lloq="") for d, v in [(7, 8), (14, 4), (21, 2), (28, 1)]]
    (curve,) = curves_of(tmp_path, rows)
    assert (curve.course.unit, curve.kinetics.cmax.value) == ("copies/mL", 8000)
    assert "the model is of copies/ug" in curve.fit_reason


def test_never_quantified_is_no_fit(tmp_path):
    (curve,) = curves_of(tmp_path, [row(7, None), row(14, None)])
    assert (curve.fit, curve.fit_reason) == (None, "no value at or above LLOQ")
    assert curve.kinetics.cmax.reason == "no value at or above LLOQ"


def test_detected_without_a_number_stands_apart_and_forbids_a_loss(tmp_path):
    rows = [*worked_rows(), row(90, None, detected="true", lloq="")]
    (curve,) = curves_of(tmp_path, rows)
    assert curve.samples[-1].said == "detected"
    assert curve.kinetics.lost is None
    assert "day 90" in curve.kinetics.loss_reason


def test_an_infusion_without_a_date(tmp_path):
    case = CASE.replace('date = "2023-03-01"\n', "", 1)
    rows = [row("car-t+7d", 800), row("car-t+14d", 400), row("2023-05-01", 70)]
    (curve,) = curves_of(tmp_path, rows, case=case)
    assert [s.days for s in curve.samples] == [(7, 7), (14, 14)]
    assert [reason for _, reason in curve.left_out] == ["its day since the infusion is not known"]


@pytest.mark.parametrize(("value", "lloq"), [("-5", "50"), ("5", "0"), ("5", "-1")])
def test_impossible_numbers_are_faults_with_their_line(tmp_path, value, lloq):
    folder = folder_of(tmp_path, [row(7, value, lloq=lloq)])
    with pytest.raises(InputError, match=r"transgene.csv:2: (value|lloq)"):
        evaluate_case(folder)


def test_the_published_case_has_no_curve():
    """It says only until when CAR-T cells were found, without a value."""
    folder = Path(__file__).parents[3] / "examples" / "huang-2023"
    assert transgene_curves(arrange(read_case(folder))) == ()


def test_copies_of_the_day_of_the_infusion_are_marked(tmp_path):
    """Cells of an earlier infusion, or a sample drawn after this one: the record does not say."""
    (curve,) = curves_of(tmp_path, [row(0, 90), *worked_rows()])
    assert curve.kinetics.flags == ("transgene quantified on the day of the infusion",)
