"""A rulebook loads whole or says what is missing; the oracle is the form of a rule record."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from residua.errors import InputError, ResiduaError, ValueFault
from residua.facts.quantity import Quantity
from residua.standards.rulebook import PROVENANCE, load, parse, weakest

HEAD = """
standard = "a"
version = "1"
published = "2020"
doi = ""
cite = "a paper"
checked_by = ""
"""
RULE = {
    "id": '"r"', "term": '"response"', "quantity": '"marrow_blasts"', "below": '"5 %"',
    "clause": '"c"', "cite": '"p"', "provenance": '"read"',
}  # fmt: skip


def book(**changes: str | None) -> str:
    rule = {key: value for key, value in {**RULE, **changes}.items() if value is not None}
    return HEAD + "[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in rule.items())


def test_a_complete_rule_loads() -> None:
    rule = parse(book(), file="a.toml")["r"]
    assert rule.limit == Quantity.parse("5 %")
    assert rule.text == "below 5 %"


@pytest.mark.parametrize("key", ["id", "term", "clause", "cite", "provenance"])
def test_a_rule_without_its_source_does_not_load(key: str) -> None:
    for changed in (None, '""'):
        with pytest.raises(InputError) as caught:
            parse(book(**{key: changed}), file="a.toml")
        assert isinstance(caught.value, ResiduaError)
        assert key in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"provenance": '"hearsay"'}, "provenance"),
        ({"below": None}, "at_least"),
        ({"above": '"7 %"'}, "at_least"),
        ({"below": '"5 parsecs"'}, "table of units"),
        ({"belwo": '"5 %"'}, "belwo"),
    ],
)
def test_a_rule_that_is_not_one_does_not_load(changes: dict[str, str | None], named: str) -> None:
    with pytest.raises(InputError, match=named):
        parse(book(**changes), file="a.toml")


def test_all_faults_come_together() -> None:
    with pytest.raises(InputError) as caught:
        parse(book(clause=None, cite=None, provenance=None), file="a.toml")
    assert len(caught.value.faults) == 3


def test_a_definition_names_known_rules() -> None:
    definition = '[[definition]]\nid="d"\nterm="response"\nverdict="CR"\nall=["x"]\nclause="c"\n'
    with pytest.raises(InputError, match="'x'"):
        parse(book() + definition + 'cite="p"\nprovenance="read"\n', file="a.toml")


def test_the_measurement_is_converted_to_the_rule() -> None:
    """1000/uL is 1.0 x10^9/L."""
    rule = load("nci")["neutrophils-at-least-1"]
    assert rule.holds(Quantity.parse("1000 /uL"))
    assert not rule.holds(Quantity.parse("999 /uL"))


def test_a_value_of_another_kind_is_refused() -> None:
    rule = load("nci")["neutrophils-at-least-1"]
    with pytest.raises(ValueFault):
        rule.holds(Quantity.parse("5 g/L"))
    with pytest.raises(ValueFault):
        rule.holds(True)


def test_the_weakest_provenance_wins() -> None:
    assert weakest(["read", "unverified", "choice"]) == "unverified"
    assert weakest(["read", "abstract"]) == "abstract"
    assert weakest([]) == PROVENANCE[0]


def test_names_on_the_outside() -> None:
    """As files and the command line have them."""
    books = ("eln_all", "nci", "cibmtr", "nccn", "inovate", "ponte_di_legno", "mrd_terms")
    assert [load(name).name for name in books] == [
        "eln-all 2024", "nci 2010", "cibmtr current", "nccn current", "ino-vate 2016",
        "ponte-di-legno 2022", "mrd-terms 2010",
    ]  # fmt: skip
    for name in books:
        text = resources.files("residua.standards").joinpath(f"{name}.toml").read_text("utf-8")
        assert tomllib.loads(text)["standard"] == load(name).standard
