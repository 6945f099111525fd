"""`residua regimen`. Oracle: the doses and dates of the published schedules, by hand."""

from __future__ import annotations

import pytest

from residua.errors import UsageError
from residua.main.show_regimen import (
    Asked,
    list_regimens,
    regimen_document,
    regimen_text,
    work_out_regimen,
)
from residua.standards.regimen_shelf import regimen_names

SIZE = {"height": ("150",), "weight": ("54",)}  # 1.5 m2 by Mosteller


def text(name: str, **asked: object) -> str:
    return regimen_text(work_out_regimen(name, Asked(**asked)))  # type: ignore[arg-type]


def test_every_regimen_is_listed_with_what_is_not_known_of_it() -> None:
    lines = {line.split()[0]: line for line in list_regimens().splitlines()}
    assert set(lines) == set(regimen_names())
    assert "unverified" in lines["mbucy-beijing"]
    assert "doses not stated" in lines["mbucy-huang-2023"]


def test_the_table_is_dated_capped_and_says_so() -> None:
    shown = text("hdmtx-vcr-dex", start="2022-08-01", **SIZE)
    assert "body surface 1.5000 m2 (mosteller; 150 cm, 54 kg)" in shown
    row = next(line for line in shown.splitlines() if "1.4 mg/m2" in line)
    assert row.split()[:3] == ["1", "2022-08-01", "vincristine"]
    assert "2.1 mg, capped at 2 mg (cap: unverified)" in row
    assert "7    2022-08-07  dexamethasone" in shown
    assert "methotrexate of at least 500 mg/m2 in a day: leucovorin (unverified)" in shown
    assert "doi:10.1002/ccr3.8289 [reported]" in shown
    assert "not a recommendation" in shown
    assert shown.endswith("Research use only: not a medical device, not for treatment decisions.")


def test_the_columns_are_aligned() -> None:
    """One row for each day: 3 + 3 + 2 + 1 + 8 + 1 + 1 + 2, in the order of the published table."""
    lines = text("hyper-cvad-a", start="2022-08-01", **SIZE).splitlines()
    head = next(line for line in lines if line.startswith("day"))
    first = lines.index(head)
    rows = lines[first + 1 : lines.index("", first)]
    assert len(rows) == 21
    for column in ("date", "drug", "published"):
        place = head.index(column)
        assert all(row[place - 1] == " " and row[place] != " " for row in rows)


def test_what_is_not_stated_is_printed_as_not_stated() -> None:
    shown = text("mbucy-huang-2023", start="2019-08-10", **SIZE)
    assert "busulfan          not stated  not stated" in shown
    assert "busulfan          dose not stated" in shown
    assert "needs height and weight" in text("hdac")


def test_an_unknown_condition_is_shown_and_not_added_up() -> None:
    shown = text("hyper-cvad-b", start="2022-08-01", **SIZE)
    assert "* cytarabine 1 g/m2: only if age >=60 a (not given)" in shown
    assert "depends on age" in shown
    known = text("hyper-cvad-b", start="2022-08-01", age=("60",), **SIZE)
    assert "12 g/m2" not in known
    assert "4 g/m2" in known


def test_the_document_holds_everything_unrounded() -> None:
    asked = Asked(height=("160",), weight=("50",), start="2022-08-01")
    made = regimen_document(work_out_regimen("ino-label", asked))
    assert made["kind"] == "residua.regimen"
    assert made["doses"][1]["dates"] == ["2022-08-08", "2022-08-15"]
    assert made["doses"][0]["dose"]["value"] == pytest.approx(0.8 * (160 * 50 / 3600) ** 0.5)
    assert made["totals"][0]["published"][0]["value"] == 1.8
    assert all(d["clause"] and d["cite"] and d["provenance"] for d in made["doses"])


@pytest.mark.parametrize(
    ("name", "asked", "named"),
    [
        ("ino-lable", {}, "ino-label"),
        ("Hyper-CVAD", {}, "hyper-cvad-a, hyper-cvad-b"),
        ("ino-label", {"weight": ("700",)}, "--weight"),
        ("ino-label", {"weight": ("50", "51")}, "two weights on one day"),
        ("ino-label", {"height": ("3m",)}, "--height"),
        ("ino-label", {"age": ("131",)}, "an age from 0 to 130"),
        ("ino-label", {"age": ("old",)}, "--age"),
        ("ino-label", {"cycle": 7}, "cycle 7"),
        ("ino-label", {"start": "2022-08"}, "whole date"),
        ("ino-label", {"start": "2022-02-30"}, "day 30"),
        ("ino-label", {"formula": "boyd"}, "haycock"),
        ("ino-label", {"given": ("response",)}, "NAME=VALUE"),
        ("ino-label", {"given": ("response=CR?",)}, "CR or CRi"),
        ("ino-label", {"given": ("donor=sibling",)}, "response"),
        ("hyper-cvad-a", {"given": ("cd20=high",)}, "--given cd20"),
        ("hyper-cvad-a", {"given": ("cd20=20 kg",)}, "hyper-cvad-a"),
    ],
)
def test_what_cannot_be_carried_out_is_named(
    name: str, asked: dict[str, object], named: str
) -> None:
    with pytest.raises(UsageError, match=named):
        text(name, **asked)
