"""Cytokine curves in words and as documents. Oracle: worked by hand."""

from __future__ import annotations

import json

from made_courses import course_of
from made_cytokines import cytokine, infusion, rich_course

from residua.course.curves import Curves
from residua.facts.treatment import Treatment
from residua.judgements.judgement import Judgement
from residua.main.curves.cytokines import cytokine_curves
from residua.main.explain import explain
from residua.measures.cytokine_kinetics import Fold
from residua.views.curves.cytokines import cytokine_documents, cytokine_groups
from residua.views.cytokine_words import fold_words
from residua.views.figure_labels import figure_labels


def lines_of(*facts):
    course = course_of(infusion(), *facts)
    (group,) = cytokine_groups(course, Curves(cytokines=cytokine_curves(course)))
    return {line.what: line.values for line in group.lines}


def test_bounds_are_said_in_words_and_each_is_named():
    results = {-1: "<4", 2: "12", 5: "48", 9: "<4"}
    said = lines_of(*(cytokine("c", d, v, analyte="IL-6") for d, v in results.items()))["IL-6"]
    assert said == (
        "baseline below 4 pg/mL, day −1", "peak 48 pg/mL, day 5",
        "peak over baseline at least 12-fold",
        "2 numbers; only bounds: day −1 below 4 pg/mL (c--1), day 9 below 4 pg/mL (c-9)",
    )  # fmt: skip


def test_what_is_not_assessable_says_why():
    said = lines_of(cytokine("c", 3, "12", analyte="IL-6"))["IL-6"]
    reason = "not assessable: no value from 14 days before to day 0"
    assert said[0] == f"baseline {reason}"
    assert said[2] == f"peak over baseline {reason}"


def test_the_next_therapy_is_named():
    ino = Treatment(id="ino", start="2021-07-20")
    said = lines_of(ino, cytokine("c", 3, "12", analyte="IL-6"))["IL-6"]
    assert "values from day 10 on belong to ino" in said


def test_ends_of_a_fold_are_rounded_away_from_each_other():
    assert fold_words(Fold(2.999, None)) == "at least 2.99-fold"
    assert fold_words(Fold(0.0, 2.991)) == "at most 3-fold"
    assert fold_words(Fold(1.2345, 9.8712)) == "1.23- to 9.88-fold"
    assert fold_words(Fold(12.0, 12.0)) == "12-fold"
    assert fold_words(Fold(None, None, "because")) == "not assessable: because"


def test_documents_hold_bounds_and_never_a_stand_in():
    course = course_of(infusion(), cytokine("c", 0, "<4"), cytokine("c", 5, ">500"))
    (document,) = cytokine_documents(course, Curves(cytokines=cytokine_curves(course)))
    assert document["kind"] == "residua.cytokine-kinetics"
    assert [(v["low"], v["high"]) for v in document["values"]] == [(0.0, 4.0), (500.0, None)]
    assert (document["fold"]["low"], document["fold"]["high"]) == (125.0, None)
    assert all(rule["provenance"] == "choice" for rule in document["conventions"])
    json.dumps(document, allow_nan=False)


def test_a_label_of_the_panel_is_explained():
    course = rich_course()
    labels = figure_labels(course, (), curves=Curves(cytokines=cytokine_curves(course)))
    judgements: list[Judgement] = []
    explained = explain(course, judgements, labels, "a1")
    assert "IL-6 around car-t: peak at least 2500 pg/mL" in str(explained)
    assert "car-t" in explained.facts
