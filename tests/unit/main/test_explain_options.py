"""Options in `residua explain`, `residua standards` and course.json. Oracle: the id scheme
``option/OPTION/SUBJECT[/GATE]`` and the gates by hand of the published case."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from residua.errors import InputError
from residua.main.evaluate import evaluate_case
from residua.main.explain import explain_case
from residua.main.show_standards import show_standards
from residua.views.course_json import course_document, course_text

EXAMPLE = Path(__file__).parents[3] / "examples" / "huang-2023"
ADVICE = re.compile(r"recommend|\bbest\b|preferred|\bshould\b", re.I)


def test_a_decision_is_explained_with_its_table() -> None:
    text = explain_case(EXAMPLE, "options-2022")
    titles = re.findall(r"^  (\S.*) \(option/[a-z0-9-]+/options-2022\)$", text, re.M)
    assert len(titles) == 6
    assert titles == sorted(titles, key=str.casefold)
    assert "28 x 24 h = 672 h" in text
    assert "declined, by whom is not stated: risk of GVHD" in text
    assert ADVICE.findall(text) == []


def test_a_row_and_a_gate_are_explained_alone() -> None:
    row = explain_case(EXAMPLE, "option/dli/options-2022")
    assert "Donor lymphocyte infusion" in row
    assert "(option/dli/options-2022)" in row
    assert "(option/inotuzumab-ozogamicin/options-2022)" not in row
    gate = explain_case(EXAMPLE, "option/inotuzumab-ozogamicin/options-2022/liver")
    assert "read as label_and: unknown" in gate
    assert "not in the record: bilirubin; ALT; AST" in gate
    assert "CD22" not in gate.partition("gates:")[2]


def test_an_option_alone_means_its_row_at_every_decision() -> None:
    made = json.loads(explain_case(EXAMPLE, "option/cd22-car-t", as_json=True))
    assert [table["subject"] for table in made["options"]] == ["relapse-2021", "options-2022"]
    assert {row["option"] for table in made["options"] for row in table["rows"]} == {"cd22-car-t"}


def test_an_unknown_gate_names_the_nearest() -> None:
    with pytest.raises(InputError, match="options-2022/liver"):
        explain_case(EXAMPLE, "option/inotuzumab-ozogamicin/options-2022/livr")


def test_course_json_holds_every_table_whole() -> None:
    evaluation = evaluate_case(EXAMPLE)
    made = json.loads(
        course_text(
            course_document(
                evaluation.course, evaluation.judgements, [], {}, options=evaluation.options
            )
        )
    )
    found = {table["id"]: table for table in made["options"]}
    assert set(found) == {"option/relapse-2021", "option/options-2022"}
    facts = {fact["id"] for fact in made["facts"]}
    for table in found.values():
        for row in table["rows"]:
            for gate in row["gates"]:
                assert gate["result"] in ("pass", "fail", "unknown")
                assert gate["clause"] and gate["cite"] and gate["provenance"]  # noqa: PT018
                assert set(gate["facts"]) <= facts
    ino = next(r for r in found["option/options-2022"]["rows"] if r["option"].startswith("ino"))
    assert [choice["choice"] for choice in ino["choices"]] == ["chosen"]


def test_options_stand_among_the_standards() -> None:
    listed = show_standards()
    assert [line for line in listed.splitlines() if line.startswith("option ")]
    text = show_standards("inotuzumab-ozogamicin")
    assert "all of bilirubin uln at most 1.5; transaminases uln at most 2.5" in " ".join(
        text.split()
    )
    assert ADVICE.findall(text) == []
