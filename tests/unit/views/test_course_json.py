"""course.json. Oracle: the binding list of its fields, and Python's own JSON parser."""

import json
from decimal import Decimal

from report_sample import SOFTWARE, course, judgements

from residua.facts.laboratory import Lab
from residua.judgements.judgement import Judgement
from residua.views.course_json import course_document, course_text


def document(**changes):
    return course_document(course(**changes), judgements(), [], SOFTWARE)


def fact(made, name):
    return next(f for f in made["facts"] if f["id"] == name)


def test_the_top_has_the_fields_of_the_form():
    assert list(document()) == [
        "kind", "version", "notice", "case", "facts", "events", "measures", "judgements",
        "options", "evidence", "inputs", "software",
    ]  # fmt: skip
    assert document()["kind"] == "residua.course"


def test_a_fact_has_the_fields_of_the_form():
    wanted = {"id", "kind", "date", "value", "unit", "source", "reported", "conflict_with"}
    assert all(wanted <= set(f) for f in document()["facts"])


def test_numbers_are_plain_and_keep_their_digits():
    text = course_text(document(x=Lab(id="x", analyte="ldh", value="1e3 U/L")))
    assert '"value": 2.68e-05' in text
    assert '"value": 26.98' in text
    parsed = json.loads(text, parse_float=Decimal)
    assert fact(parsed, "mrd-2")["value"] == Decimal("2.68e-5")
    assert fact(parsed, "x")["value"] == 1000


def test_a_date_is_as_stated_with_its_span():
    made = document()
    assert fact(made, "hsct")["date"] == "2019-08"
    assert (fact(made, "hsct")["earliest"], fact(made, "hsct")["latest"]) == (
        "2019-08-01", "2019-08-31",
    )  # fmt: skip
    assert fact(made, "mrd-2")["date"] == "ino+29d"
    undated = fact(made, "re-induction")
    assert (undated["date"], undated["dated"]) == (None, False)


def test_conflicts_name_each_other():
    made = document()
    assert fact(made, "at-diagnosis")["conflict_with"] == ["flow-dx"]
    assert fact(made, "flow-dx")["conflict_with"] == ["at-diagnosis"]


def test_only_the_name_of_the_folder_is_told():
    made = document()
    assert made["case"]["folder"] == "sample"
    assert "/somewhere" not in course_text(made)


def test_a_judgement_has_all_its_fields():
    made = document()["judgements"][0]
    assert set(made) == {"id", *Judgement.__dataclass_fields__}


def test_the_order_of_judgements_given_changes_nothing():
    first = course_document(course(), judgements(), [], SOFTWARE)
    second = course_document(course(), reversed(judgements()), [], SOFTWARE)
    assert course_text(first) == course_text(second)


def test_events_carry_the_line_of_therapy():
    ino = next(e for e in document()["events"] if e["id"] == "ino")
    assert ino["line_basis"] == "Residua's choice"
    assert ino["end_latest"] == "2022-09-14"
