"""CAR-T kinetics in course.json and in the report. Oracle: the worked example, by hand."""

from __future__ import annotations

import json
import math

import pytest
from made_courses import course_of

from residua.course.curves import Curves
from residua.facts.laboratory import Lab, Transgene
from residua.facts.treatment import CellInfusion, Treatment
from residua.main.curves.transgene import transgene_curves
from residua.views.curves.transgene import transgene_documents, transgene_groups
from residua.views.figure_labels import figure_labels

WORKED = [(1, None), (3, 100), (7, 800), (14, 400), (21, 200), (28, 100), (42, None)]
INFUSION = CellInfusion(id="car-t", kind="car-t", date="2023-03-01", target=["CD19"])


def values(*, unit="copies/ug"):
    for day, value in WORKED:
        said = {"detected": False} if value is None else {"value": f"{value} {unit}"}
        yield Transgene(id=f"t-{day}x", date=f"car-t+{day}d", lloq=f"50 {unit}", **said)


def made(*more, unit="copies/ug"):
    course = course_of(INFUSION, *values(unit=unit), *more)
    curves = Curves(transgene=transgene_curves(course))
    (document,) = transgene_documents(course, curves)
    (group,) = transgene_groups(course, curves)
    lines = {line.what: line for line in group.lines}
    return json.loads(json.dumps(document, allow_nan=False)), lines


def test_the_worked_example_as_a_document():
    document, _ = made()
    assert document["kind"] == "residua.transgene-kinetics"
    assert document["version"] == "1.0"
    assert "Research use only" in document["notice"]
    assert document["cmax"] == {"value": 800, "tmax_days": [7, 7], "reason": None}
    assert document["clast"] == {"value": 100, "tlast_days": [28, 28], "reason": None}
    area = 1900 + 4900 / math.log(2)
    assert document["auc_0_28d"]["value"] == pytest.approx(area, rel=1e-5)
    assert [life["days"] for life in document["half_lives"]] == pytest.approx([7, 7])
    assert document["loss"]["between_days"] == [28, 42]
    assert document["model"]["words"] == "a model, not a measurement"
    assert [p["id"] for p in document["model"]["parameters"]][:3] == ["foldx", "Tmax", "Cmax"]
    assert all("from_population" in p for p in document["model"]["parameters"])
    assert document["b_cells"]["reason"] == "not measured after the infusion"


def test_the_worked_example_in_words():
    _, lines = made()
    assert lines["Cmax, Tmax"].values == ("800 copies/µg on day 7",)
    (area,) = lines["AUC0-28d"].values
    assert area == "8\N{NARROW NO-BREAK SPACE}970 copies/µg × d"
    assert "0.5 x LLOQ after it" in lines["AUC0-28d"].marks[1]
    assert lines["Persistence and loss"].values == (
        "at or above LLOQ until day 28", "lost (below LLOQ) between day 28 and day 42",
    )  # fmt: skip
    assert "Stein 2019" in lines["Model, not a measurement"].values[0]


def test_another_unit_says_why_no_model_is_fitted():
    document, lines = made(unit="copies/mL")
    assert document["model"]["fitted"] is False
    assert "the model is of copies/ug" in document["model"]["reason"]
    assert lines["Model"].values == (f"not fitted: {document['model']['reason']}",)


def test_what_is_not_assessable_says_so():
    extra = Transgene(id="mixed", date="car-t+3d", value="5 copies/mL")
    document, lines = made(extra)
    assert document["cmax"]["value"] is None
    assert document["reason"] in document["cmax"]["reason"]
    assert lines["Kinetics"].values[0].startswith("not assessable: ")


def test_b_cells_until_a_day_by_a_definition_with_what_else_lowers_them():
    document, lines = made(
        Lab(id="b-1", date="car-t+14d", analyte="b-cells", value="2 /uL"),
        Lab(id="b-2", date="car-t+60d", analyte="b-cells", value="10 /uL"),
        Lab(id="b-3", date="car-t+90d", analyte="b-cells", value="90 /uL"),
        Treatment(id="ino", start="car-t+50d", drugs=[{"name": "InO"}]),
    )
    said = lines["B cells"].values[0]
    assert said.startswith("below 20/µL from day 14 until day 60 (2 values), no longer on day 90; ")
    assert "definition b-cells-below-20 (secondary)" in said
    cause = lines["Also lowers B cells"].values
    assert cause == ("inotuzumab ozogamicin (aims at CD22) (ino), from day 50",)
    (run,) = document["b_cells"]["definitions"][0]["runs"]
    assert run == {"first_days": [14, 14], "until_days": [60, 60], "values": 2,
                   "ended_days": [90, 90]}  # fmt: skip


def test_values_before_the_infusion_are_told_apart():
    early = Transgene(id="early", date="car-t-5d", value="900 copies/ug")
    document, lines = made(early)
    assert document["flags"] == ["transgene quantified before the infusion"]
    assert lines["Unusual"].warn
    assert "1, in no measure" in lines["Before the infusion"].values[0]
    assert document["cmax"]["value"] == 800


def test_explain_knows_the_labels():
    course = course_of(INFUSION, *values())
    curves = Curves(transgene=transgene_curves(course))
    labels = figure_labels(course, (), curves=curves)
    assert set(labels["B1"].ids) == {"car-t", *(f"t-{day}x" for day, _ in WORKED)}
    assert labels["B2"].text == "B cells after car-t"
    assert "B1" not in figure_labels(course, ())
