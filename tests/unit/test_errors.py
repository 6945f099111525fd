"""Advice on a misspelt name. Oracle: what a person would have meant."""

import pytest

from residua.errors import nearest

MARKERS = ("CD10", "CD19", "CD22", "CD34 PerCP", "CD66c+CD123", "FSC-A", "FSC-H", "PE-A", "SSC-A")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("cd19", "CD19"),
        ("CD66c/CD123", "CD66c+CD123"),
        ("CD123+CD66c", "CD66c+CD123"),
        ("CD34", "CD34 PerCP"),
        ("ssc", "SSC-A"),
    ],
)
def test_case_signs_and_dyes_do_not_hide_a_name(word, meant):
    assert nearest(word, MARKERS) == f"write {meant!r}"


@pytest.mark.parametrize("word", ["CD81", "FSC", "", "+"])
def test_what_is_not_clear_lists_all(word):
    """CD81 is another marker than CD10, and FSC could be the area or the height."""
    assert nearest(word, MARKERS) == f"use one of: {', '.join(sorted(MARKERS))}"
