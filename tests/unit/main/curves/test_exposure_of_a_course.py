"""Modelled exposure from a patient's folder.

Oracle: the table worked out for the typical patient of Garrett 2019 (0.8, 0.5 and 0.5 mg/m2 on
days 1, 8 and 15): AUC 0-672 h 19 252.7 at 1.84 m2 and 5.25 % blasts, 23 714.0 at 0.01 %. A body
of 170 cm and 71.67 kg has 1.84 m2 by Mosteller, sqrt(170 x 71.67 / 3600).
"""

import json

import pytest

from residua.course.course import arrange
from residua.course.curves import Curves
from residua.main.curves.exposure import exposure_curves
from residua.main.run import run_case
from residua.readers.case import read_case
from residua.views.curves.exposure import exposure_documents, exposure_groups

HEAD = """kind = "residua.case"
version = "1.0"
title = "one course"
[[treatment]]
id = "ino"
start = "2024-03-04"
drugs = [
  { name = "InO", dose = "0.8 mg/m2", days = "1", status = "given" },
  { name = "InO", dose = "0.5 mg/m2", days = "8,15", status = "given" },
]
"""
BODY = "2024-03-01,height,170,cm\n2024-03-01,weight,71.67,kg\n"


def _course(folder, *, more="", vitals=BODY, labs="2024-03-02,blasts,5.25,%\n"):
    folder.mkdir(exist_ok=True)
    (folder / "case.toml").write_text(HEAD + more)
    (folder / "vitals.csv").write_text("date,item,value,unit\n" + vitals)
    (folder / "labs.csv").write_text("date,analyte,value,unit\n" + labs)
    return arrange(read_case(folder))


def test_the_area_of_the_published_table(tmp_path):
    (curve,) = exposure_curves(_course(tmp_path))
    assert curve.modelled.auc_to_cycle == pytest.approx(19252.7, rel=1e-3)
    assert [(d.mg_per_m2, d.day) for d in curve.modelled.doses] == [(0.8, 0), (0.5, 7), (0.5, 14)]
    assert curve.modelled.floor is None


def test_blasts_of_zero_take_the_floor_and_say_so(tmp_path):
    (curve,) = exposure_curves(_course(tmp_path, labs="2024-03-04,blasts,0,%\n"))
    assert curve.modelled.floor == 0.01
    assert curve.modelled.auc_to_cycle == pytest.approx(23714.0, rel=1e-3)


@pytest.mark.parametrize(
    "labs", ["2024-03-05,blasts,5.25,%\n", "2024-02-20,blasts,5.25,%\n", "2024-03-02,blasts,<1,%\n"]
)
def test_blasts_that_are_not_stated_give_a_range_and_no_curve(tmp_path, labs):
    """The AUC falls with the blasts, so the floor and 100 % bound it."""
    (curve,) = exposure_curves(_course(tmp_path, labs=labs))
    assert curve.modelled is None
    assert "blasts in blood not stated" in curve.reason
    low, high = curve.auc_range
    assert low < 19252.7 < high
    assert high == pytest.approx(23714.0, rel=1e-3)


def test_no_body_no_curve(tmp_path):
    (curve,) = exposure_curves(_course(tmp_path, vitals="2024-03-01,weight,71.67,kg\n"))
    assert curve.modelled is None
    assert "height and weight" in curve.reason


def test_a_dose_that_was_held_is_no_dose(tmp_path):
    more = '[[treatment]]\nid = "second"\nstart = "2024-04-01"\n'
    more += 'drugs = [{ name = "InO", dose = "0.5 mg/m2", days = "1", status = "held" }]\n'
    (curve,) = exposure_curves(_course(tmp_path, more=more))
    assert len(curve.modelled.doses) == 3


def test_a_second_course_counts_from_the_first_dose_of_all(tmp_path):
    more = '[[treatment]]\nid = "second"\nstart = "2024-04-01"\n'
    more += 'drugs = [{ name = "inotuzumab ozogamicin", dose = "0.5 mg/m2", days = "1" }]\n'
    (curve,) = exposure_curves(_course(tmp_path, more=more))
    assert curve.modelled.doses[-1].day == 28  # 4 March to 1 April
    assert any("not stated" in note for note in curve.notes)


def test_a_second_course_without_a_day_is_said(tmp_path):
    more = '[[treatment]]\nid = "second"\nstart = "2024-04"\n'
    more += 'drugs = [{ name = "InO", dose = "0.5 mg/m2", days = "1", status = "given" }]\n'
    (curve,) = exposure_curves(_course(tmp_path, more=more))
    assert curve.modelled is None
    assert "not known" in curve.reason


def test_no_inotuzumab_no_curve(tmp_path):
    (tmp_path / "case.toml").write_text(HEAD.replace('"InO"', '"vincristine"'))
    assert exposure_curves(arrange(read_case(tmp_path))) == ()


def test_the_course_and_the_report_say_model(tmp_path):
    course = _course(tmp_path / "p")
    curves = Curves(exposure=exposure_curves(course))
    (document,) = exposure_documents(course, curves)
    assert document["words"] == "a model, not a measurement"
    assert "a model, not a measurement" in exposure_groups(course, curves)[0].title
    run_case(tmp_path / "p", tmp_path / "out")
    written = json.loads((tmp_path / "out" / "course.json").read_text())
    assert [m["kind"] for m in written["measures"]] == ["residua.exposure"]
    assert "a model, not a measurement" in (tmp_path / "out" / "report.html").read_text()
