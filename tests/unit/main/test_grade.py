"""`residua grade`: one value, findings, a table. Oracle: INTERFACE's form and the printed cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.errors import InputError, UsageError, ValueFault
from residua.main.grade import grade_row, grade_table, grade_value
from residua.main.graders import GRADERS
from residua.main.show_standards import show_standards
from residua.standards.grading import Grading
from residua.views.grading_export import graded_csv, grading_document

HEAD = "standard,version,term,value,unit,lln,uln,baseline\n"


def one(
    term: str, value: str, unit: str, findings: dict[str, str] | None = None, **more: str
) -> Grading:
    cells = {"standard": "ctcae", "version": "5.0", "term": term, "value": value, "unit": unit}
    return grade_value(cells | more, findings or {})


def test_the_diagnosis_of_the_published_case() -> None:
    """Fact sheet 0.9: haemoglobin 79 g/L is grade 3; platelets 12 are grade 4, in 6.0 grade 3."""
    assert one("hemoglobin", "79", "g/L").grade == 3
    assert one("platelets", "12", "10*9/L").grade == 4
    assert one("platelets", "12", "10*9/L", version="6.0").grade == 3


@pytest.mark.parametrize(
    ("version", "term"),
    [("5.0", "Platelet count decreased"), ("6.0", "Thrombocytopenia"), ("6.0", "platelets"),
     ("5.0", "PLATELETS")],
)  # fmt: skip
def test_a_term_by_its_short_or_official_name(version: str, term: str) -> None:
    assert one(term, "30000", "/uL", version=version).term == "platelets"


@pytest.mark.parametrize(
    "wrong",
    [{"standard": "ctcea"}, {"version": "4.0"}, {"version": ""}, {"term": "Thrombocytopenia"},
     {"term": "thrombocytes"}, {"term": ""}],
)  # fmt: skip
def test_an_unknown_name_is_wrong_use(wrong: dict[str, str]) -> None:
    cells = {"standard": "ctcae", "version": "5.0", "term": "platelets", "value": "9"}
    with pytest.raises(UsageError, match="expected"):
        grade_value(cells | {"unit": "10*9/L"} | wrong, {})


@pytest.mark.parametrize(
    ("cells", "where"),
    [({"unit": "g/L"}, "--unit"), ({"unit": "mgg/m2"}, "--unit"), ({"value": "many"}, "--value"),
     ({"value": "-1"}, "--value"), ({"lln": "150", "uln": "100"}, "--lln"), ({"lln": "0"}, "--lln"),
     ({"baseline": "<20"}, "--baseline"), ({"uln": "400 g/L"}, "--unit")],
)  # fmt: skip
def test_a_value_that_cannot_be_graded_is_a_fault(cells: dict[str, str], where: str) -> None:
    given = {"standard": "ctcae", "version": "5.0", "term": "platelets", "value": "9"}
    with pytest.raises(InputError) as caught:
        grade_value(given | {"unit": "10*9/L"} | cells, {})
    assert [fault.where for fault in caught.value.faults] == [where]


def test_an_unknown_finding_is_wrong_use() -> None:
    for findings in ({"colour": "red"}, {"symptoms": "many"}, {"baseline": "odd"}):
        with pytest.raises(UsageError):
            one("lipase", "400", "U/L", findings, uln="100")


def test_the_json_has_the_keys_of_the_interface() -> None:
    document = grading_document(one("platelets", "12", "10*9/L"))
    keys = {"standard", "version", "term", "grade", "outcome", "reason", "clause", "cite"}
    assert keys <= document.keys()
    assert document["outcome"] == "verdict"
    assert document["notice"].startswith("Research use only")


def test_a_missing_limit_of_normal_is_named() -> None:
    found = one("platelets", "100", "10*9/L")
    assert (found.grade, found.outcome, found.possible) == (None, "not assessable", (0, 1))
    assert found.missing == ("the lower limit of normal",)


def test_a_missing_baseline_is_not_a_normal_one() -> None:
    found = one("alt", "130", "U/L", uln="40")
    assert found.outcome == "not assessable"
    assert "grade 2 from a normal baseline" in found.reason
    assert one("alt", "130", "U/L", {"baseline": "normal"}, uln="40").grade == 2
    assert one("alt", "39", "U/L", uln="40").grade == 0


def test_a_low_baseline_count_is_flagged() -> None:
    """Fact sheet B4: a cytopenia of the leukaemia is no toxicity of the drug."""
    flagged = one("platelets", "20", "10*9/L", baseline="12")
    assert flagged.grade == 4
    assert "baseline_confounded" in flagged.flags[0]
    assert not one("platelets", "20", "10*9/L", baseline="200", lln="150").flags


def test_haemoglobin_in_mmol_is_converted() -> None:
    """80 g/L are 4.9648 mmol/L (0.6206 mmol/L a g/dL)."""
    assert one("hemoglobin", "4.96", "mmol/L").grade == 3
    assert one("hemoglobin", "4.97", "mmol/L").grade == 2
    assert "rounded" in " ".join(one("hemoglobin", "4.97", "mmol/L").readings)


def test_a_table_gains_its_grades_and_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "patient;standard;version;term;value;unit;lln;uln;baseline\n"
        "a;ctcae;5.0;platelets;12;10*9/L;;;\nb;ctcae;6.0;platelets;12,5;10*9/L;;;\n"
        "c;ctcae;5.0;neutrophils;1,7;10*9/L;2,0;;\nd;ctcae;5.0;wbc;;10*9/L;;;\n"
    )
    graded = grade_table(path)
    assert [g.grade for g in graded.gradings] == [4, 3, 1, None]
    rows = (row.carried for row in graded.table.rows)
    text = graded_csv(graded.table.columns, rows, graded.gradings, separator=";")
    lines = text.splitlines()
    assert lines[0].endswith(";baseline;grade;outcome;reason")
    assert lines[2].startswith("b;ctcae;6.0;platelets;12,5;10*9/L;;;;3;verdict;")
    assert lines[4].startswith("d;ctcae;5.0;wbc;;10*9/L;;;;;not assessable;")


def test_every_fault_of_a_table_is_named_and_nothing_graded(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        HEAD + "ctcae,5.0,platelets,12,10*9/L,,,\nctcae,7.0,platelets,12,10*9/L,,,\n"
        "ctcae,5.0,platelets,12,g/L,,,\nctcae,5.0,alt,1,U/L,,x,\n"
    )
    with pytest.raises(InputError) as caught:
        grade_table(path)
    found = [(fault.line, fault.where) for fault in caught.value.faults]
    assert found == [(3, "version"), (4, "unit"), (5, "uln")]


@pytest.mark.parametrize(
    "head", ["standard,version,term,value\n", HEAD.replace("baseline", "basline"),
             HEAD.replace("baseline", "grade"), ""],
)  # fmt: skip
def test_a_table_without_its_columns_is_refused(tmp_path: Path, head: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(head and head + "ctcae,5.0,wbc,1" + "," * (head.count(",") - 3) + "\n")
    with pytest.raises(InputError):
        grade_table(path)


def test_the_command_line_serves_columns_that_a_table_lacks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("value\n12\n30\n")
    named = {"standard": "ctcae", "version": "6.0", "term": "platelets", "unit": "10*9/L"}
    assert [g.grade for g in grade_table(path, named).gradings] == [3, 3]


def test_every_grader_stands_on_the_shelf() -> None:
    text = show_standards()
    assert all(f"{standard} {version}" in text for standard, version in GRADERS)


def test_ctcae_shows_both_versions_with_clause_and_citation() -> None:
    text = show_standards("ctcae")
    assert text == show_standards("ctcae 5.0") + "\n\n" + show_standards("ctcae 6.0")
    assert "at least 25 10*9/L, below 50 10*9/L" in text
    assert "ncictcaev6.json; read]" in text


@pytest.mark.parametrize(("uln", "grade"), [("40", 3), ("0.04 kU/L", 3), ("0.2 kU/L", 1)])
def test_a_limit_may_stand_in_another_unit_of_its_kind(uln: str, grade: int) -> None:
    """210 U/L is 5.25 times 40 U/L, and 1.05 times 200 U/L."""
    cells = {"standard": "ctcae", "version": "5.0", "term": "alt", "value": "210", "unit": "U/L"}
    assert grade_row({**cells, "uln": uln}, {"baseline": "normal"}).grade == grade


def test_a_limit_of_another_kind_is_refused_by_its_name() -> None:
    cells = {"standard": "ctcae", "version": "5.0", "term": "alt", "value": "210", "unit": "U/L"}
    with pytest.raises(ValueFault) as caught:
        grade_row({**cells, "uln": "2 ukat/L"})
    assert caught.value.field == "uln"


def test_a_number_beyond_all_digits_is_graded_all_the_same() -> None:
    cells = {"standard": "ctcae", "version": "5.0", "term": "qtc", "value": "1e50", "unit": "ms"}
    assert grade_row(cells).grade == 3
