"""Which cytokine values belong to which infusion. Oracle: days counted by hand."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.laboratory import Cytokine, Lab
from residua.facts.treatment import CellInfusion, Treatment
from residua.main.curves.cytokines import NO_DATE, OUTSIDE, cytokine_curves


def curves_of(*facts, simulated=False):
    course = arrange(Case("folder", "A made-up course", facts, simulated=simulated))
    return cytokine_curves(course)


def car_t(name="car-t", date="2021-03-01", **more):
    return CellInfusion(id=name, kind="car-t", date=date, **more)


def il6(name, date, value="50", unit="pg/mL", analyte="IL-6", **more):
    return Cytokine(id=name, date=date, analyte=analyte, value=value, unit=unit, **more)


def test_values_from_two_weeks_before_to_thirty_days_after_belong():
    names = {"a": "2021-02-14", "b": "2021-02-15", "c": "2021-03-31", "d": "2021-04-01"}
    (curve,) = curves_of(car_t(), *(il6(name, date) for name, date in names.items()))
    assert curve.facts == ("b", "c")
    assert [value.first for value in curve.values] == [-14, 30]


def test_the_next_therapy_ends_the_curve():
    given = Treatment(id="ino", start="2021-03-11")
    (curve,) = curves_of(car_t(), given, il6("a", "2021-03-10"), il6("b", "2021-03-11"))
    assert (curve.facts, curve.until, curve.by) == (("a",), 10, "ino")


def test_what_is_given_against_crs_ends_no_curve():
    given = [
        Treatment(id="toci", regimen="tocilizumab-crs", start="2021-03-04"),
        Treatment(id="dex", start="2021-03-05", drugs=[{"name": "dexamethasone"}]),
    ]
    (curve,) = curves_of(car_t(), *given, il6("a", "2021-03-10"))
    assert curve.until is None


def test_a_second_infusion_has_its_own_curve_and_may_share_a_baseline():
    second = car_t("car-t-2", "2021-03-11")
    values = [il6("a", "2021-03-09"), il6("b", "2021-03-13")]
    first, again = curves_of(car_t(), second, *values)
    assert (first.facts, again.facts) == (("a",), ("a", "b"))
    assert again.kinetics.baseline.days == (-2, -2)


def test_spellings_of_one_name_are_one_analyte():
    values = [il6("a", "2021-03-02"), il6("b", "2021-03-03", analyte="IL6"),
              il6("c", "2021-03-04", analyte="interleukin 6"),
              il6("d", "2021-03-02", analyte="IFN-γ"),
              il6("e", "2021-03-03", analyte="IFN-gamma")]  # fmt: skip
    found = {curve.analyte: curve.facts for curve in curves_of(car_t(), *values)}
    assert found == {"IL-6": ("a", "b", "c"), "IFN-γ": ("d", "e")}


def test_ferritin_of_a_plate_joins_that_of_the_laboratory():
    values = [il6("a", "2021-03-02", "3e6", analyte="Ferritin"),
              Lab(id="f", date="2021-03-04", analyte="ferritin", value="3000", unit="ug/L"),
              ]  # fmt: skip
    (curve,) = curves_of(car_t(), *values)
    assert (curve.unit, [float(v.low) for v in curve.values]) == ("ug/L", [3000, 3000])


def test_mass_is_converted_and_activity_stands_apart():
    values = [il6("a", "2021-03-01", "4", "ng/L"), il6("b", "2021-03-04", "0.4", "ng/mL"),
              il6("c", "2021-03-04", "40", "[IU]/mL")]  # fmt: skip
    mass, activity = curves_of(car_t(), *values)
    assert (mass.unit, mass.kinetics.fold.low) == ("pg/mL", 100)
    assert (activity.unit, activity.facts) == ("[IU]/mL", ("c",))


def test_ferritin_and_crp_of_the_laboratory_stand_last():
    labs = [Lab(id="f", date="2021-03-04", analyte="ferritin", value="3000", unit="ng/mL"),
            Lab(id="x", date="2021-03-04", analyte="platelets", value="30", unit="10*9/L"),
            Lab(id="l", date="2021-03-04", analyte="crp", value="5", unit="mg/dL",
                specimen="csf")]  # fmt: skip
    found = curves_of(car_t(), *labs, il6("a", "2021-03-04"))
    assert [(c.analyte, c.unit, c.laboratory) for c in found] == [
        ("IL-6", "pg/mL", False), ("ferritin", "ug/L", True),
    ]  # fmt: skip
    assert found[1].values[0].low == 3000


def test_partial_dates_are_ranges_or_are_left_out_with_a_reason():
    inside, outside = il6("a", "car-t+3d"), il6("b", "2021-04")
    (curve,) = curves_of(car_t(date="2021-03"), inside, outside, il6("c", None))
    assert (curve.values[0].first, curve.values[0].last) == (3, 3)
    assert {(o.fact, o.reason) for o in curve.left_out} == {("b", OUTSIDE), ("c", NO_DATE)}
    (later,) = curves_of(car_t(date="2021-03-01"), il6("a", "2021-03"))
    assert (later.values[0].first, later.values[0].last) == (0, 30)


def test_a_cytokine_that_is_left_out_altogether_says_so():
    (curve,) = curves_of(car_t(), il6("a", None))
    assert (curve.values, curve.left_out[0].reason) == ((), NO_DATE)
    assert curve.kinetics.fold.reason


def test_a_negative_concentration_is_a_fault():
    with pytest.raises(ValueError, match="at least 0"):
        il6("a", "2021-03-04", "-1")


def test_no_infusion_no_curve():
    assert curves_of(il6("a", "2021-03-04")) == ()
    assert curves_of(CellInfusion(id="dli", kind="dli", date="2021-03-01"),
                     il6("a", "2021-03-04")) == ()  # fmt: skip


def test_one_simulated_value_marks_the_curve():
    values = [il6("a", "2021-03-04"), il6("b", "2021-03-05", simulated=True)]
    assert curves_of(car_t(), *values)[0].simulated
    assert not curves_of(car_t(), values[0])[0].simulated
    assert curves_of(car_t(), values[0], simulated=True)[0].simulated
