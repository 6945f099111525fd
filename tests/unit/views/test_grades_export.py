"""grades.parquet. Oracle: the cells of CTCAE by hand, polars as the reader of its own format."""

from __future__ import annotations

import io

import polars as pl

from residua import NOTICE
from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.treatment import Treatment
from residua.judgements.toxicity.graded import grade_course
from residua.views.grades_export import SCHEMA, grades_parquet

FACTS = (
    Treatment(id="ino", start="2022-01-10"),
    Lab(id="b", date="2022-01-09", analyte="alt", value="30 U/L", upper="40 U/L"),
    Lab(id="a", date="2022-01-20", time="08:30", analyte="alt", value="130 U/L", upper="40 U/L"),
    Lab(id="w", date="2022-01-20", analyte="wbc", value="<0.10 10*9/L"),
)


def written(*facts: Fact) -> bytes:
    course = arrange(Case("x", "x", facts))
    return grades_parquet(course, grade_course(course))


def table(*facts: Fact) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(written(*facts)))


def test_one_row_for_each_value_term_and_version_in_the_order_of_the_course() -> None:
    rows = table(*FACTS)
    assert dict(rows.schema) == SCHEMA
    assert rows.select("fact", "term", "version").rows() == [
        ("b", "alt", "5.0"), ("b", "alt", "6.0"), ("a", "alt", "5.0"), ("a", "alt", "6.0"),
        ("w", "wbc", "5.0"), ("w", "leukocytosis", "5.0"), ("w", "wbc", "6.0"),
        ("w", "leukocytosis", "6.0"),
    ]  # fmt: skip


def test_a_row_holds_all_that_its_grade_rests_on() -> None:
    """130 is 3.25 x ULN: grade 2 from a normal baseline."""
    row = table(*FACTS).row(2, named=True)
    assert {k: row[k] for k in ("date", "time", "value", "unit", "upper", "lower", "line")} == {
        "date": "2022-01-20", "time": "08:30", "value": "130", "unit": "U/L", "upper": "40",
        "lower": None, "line": "ino",
    }  # fmt: skip
    assert (row["baseline"], row["baseline_fact"]) == ("30 U/L", "b")
    assert (row["grade"], row["outcome"], row["possible"]) == (2, "verdict", [2])
    assert row["clause"].startswith("Alanine aminotransferase increased, grade 2")
    assert row["cite"]
    assert row["provenance"] == "read"
    assert row["published_after_event"] is False


def test_an_open_grade_is_null_with_the_grades_that_stay_possible() -> None:
    row = table(FACTS[0], FACTS[2]).row(0, named=True)
    assert row["grade"] is None
    assert row["outcome"] == "not assessable"
    assert len(row["possible"]) > 1
    assert row["missing"] == ["the baseline"]


def test_a_bound_stands_as_it_was_stated() -> None:
    row = table(FACTS[3]).row(0, named=True)
    assert (row["value"], row["grade"]) == ("<0.10", 4)


def test_a_course_without_values_gives_a_table_without_rows() -> None:
    rows = table(FACTS[0])
    assert rows.height == 0
    assert dict(rows.schema) == SCHEMA


def test_the_same_course_gives_the_same_bytes_and_the_file_says_what_it_is() -> None:
    assert written(*FACTS) == written(*FACTS)
    about = pl.read_parquet_metadata(io.BytesIO(written(*FACTS)))
    assert about["residua.kind"] == "residua.grades"
    assert about["residua.notice"] == NOTICE
