"""Folders with values of the transgene, made up."""

from __future__ import annotations

from datetime import date, timedelta

from residua.course.course import arrange
from residua.main.curves.transgene import transgene_curves
from residua.readers.case import read_case

DAY_0 = date(2023, 3, 1)
CASE = """kind = "residua.case"
version = "1.0"
simulated = true
[diagnosis]
date = "2022-01"
disease = "B-ALL"
[[cell_infusion]]
id = "car-t"
date = "2023-03-01"
kind = "car-t"
product = "a product"
target = ["CD19"]
lymphodepletion = "fludarabine, cyclophosphamide"
"""
HEAD = "date,target,value,unit,detected,lloq,specimen,source\n"
WORKED = [(1, None), (3, 100), (7, 800), (14, 400), (21, 200), (28, 100), (42, None)]


def row(day, value, *, target="CAR", unit="copies/ug", lloq="50", specimen="", detected=""):
    when = day if isinstance(day, str) else DAY_0 + timedelta(days=day)
    shown, said = ("", detected or "false") if value is None else (f"{value}", detected)
    return f"{when},{target},{shown},{unit},{said},{lloq},{specimen},lab\n"


def folder_of(path, rows, *, case=CASE, labs=""):
    (path / "case.toml").write_text(case)
    (path / "transgene.csv").write_text(HEAD + "".join(rows))
    if labs:
        (path / "labs.csv").write_text("date,analyte,value,unit,specimen,source\n" + labs)
    return path


def curves_of(path, rows, **given):
    return transgene_curves(arrange(read_case(folder_of(path, rows, **given))))


def worked_rows(**given):
    return [row(day, value, **given) for day, value in WORKED]


def next_infusion(target):
    """A second infusion, on day 100."""
    head = '[[cell_infusion]]\nid = "car-t-2"\ndate = "2023-06-09"\nkind = "car-t"\n'
    return f'{CASE}{head}target = ["{target}"]\n'
