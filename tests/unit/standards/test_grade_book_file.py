"""A standard of grades loads whole or not at all. Oracle: the form of the files."""

from __future__ import annotations

import pytest

from residua.errors import InputError
from residua.standards import ctcae
from residua.standards.grade_book_file import parse_grades

HEAD = """
standard = "s"
version = "1"
published = ""
doi = ""
cite = "c"
checked_by = ""
[[term]]
id = "t"
name = "T"
kinds = ["count concentration"]
unit = "10*9/L"
"""
RULE = {"id": '"t-1"', "term": '"t"', "grade": "1", "below": '"5 10*9/L"', "clause": '"k"',
        "cite": '"c"', "provenance": '"read"'}  # fmt: skip


def written(**changed: str | None) -> str:
    keys = {key: text for key, text in {**RULE, **changed}.items() if text is not None}
    return HEAD + "[[rule]]\n" + "\n".join(f"{key} = {text}" for key, text in keys.items())


def test_a_rule_loads_with_its_source() -> None:
    book = parse_grades(written(), file="s.toml")
    assert (book.name, book["t-1"].clause, book["t-1"].text) == ("s 1", "k", "below 5 10*9/L")


@pytest.mark.parametrize(
    "changed",
    [{"cite": None}, {"clause": '" "'}, {"provenance": '"rumour"'}, {"grade": "6"},
     {"term": '"u"'}, {"baseline": '"odd"'}, {"colour": '"red"'}, {"below": '"5 mgg"'},
     {"findings": '{ x = "yes" }'}],
)  # fmt: skip
def test_a_rule_that_is_not_whole_is_refused_by_its_name(changed: dict[str, str | None]) -> None:
    with pytest.raises(InputError) as caught:
        parse_grades(written(**changed), file="s.toml")
    assert all("t-1" in fault.where for fault in caught.value.faults)


@pytest.mark.parametrize("version", ctcae.BOOKS)
def test_the_cells_of_a_term_stand_in_its_own_unit(version: str) -> None:
    for term in ctcae.book(version).terms:
        texts = [b.text for c in term.cells for b in c.bounds if b.of == "value" and not b.scale]
        assert all(text.endswith(f" {term.unit}") for text in texts)
