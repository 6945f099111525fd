"""The series of an analyte. Oracle: the rows as they are written here."""

from datetime import date

from residua.course.course import Range, arrange
from residua.course.lab_series import days_after, lab_series
from residua.facts.case import Case
from residua.facts.laboratory import Lab
from residua.facts.specimen import Specimen
from residua.facts.treatment import CellInfusion


def _lab(number, day, value, **more):
    row = {"id": f"labs-{number}", "date": day, "analyte": "neutrophils", "value": value}
    return Lab(**row, unit="10*9/L", **more)


def _course(*facts):
    return arrange(Case("x", "x", facts))


def test_blood_in_order_with_exact_days_only():
    course = _course(
        Specimen(id="marrow-1", tissue="marrow"),
        _lab(1, "2021-03-05", "0.4"),
        _lab(2, "2021-03-01", "1.2"),
        _lab(3, "2021-04", "2.0"),
        _lab(4, "2021-03-02", "9", specimen="marrow-1"),
        _lab(5, "2021-03-03", "8", specimen="csf"),
    )
    points = lab_series(course, "neutrophils")
    assert [(p.id, p.day) for p in points] == [
        ("labs-2", date(2021, 3, 1)),
        ("labs-1", date(2021, 3, 5)),
        ("labs-3", None),
    ]


def test_days_after_are_exact_where_the_infusion_has_no_day():
    infusion = CellInfusion(id="car-t", kind="car-t", date="2021-07")
    course = _course(infusion, _lab(1, "car-t+12d", "0.4"))
    assert days_after(course, "car-t", "labs-1") == Range(12, 12)
