"""Words: measured, broken, abbreviated honestly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.views.typeset import (
    clamp_lines,
    fraction_words,
    printable,
    shorten,
    width_of,
    wrap,
)  # fmt: skip

TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), max_size=60)


@given(st.lists(TEXT, max_size=6).map(" ".join), st.sampled_from([12.0, 40.0]))
def test_no_line_is_wider_than_asked(text, width):
    lines = wrap(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert width_of(shorten(text, width)) <= width


def test_what_is_cut_ends_in_an_ellipsis():
    text = "cyclophosphamide + vincristine + doxorubicin + dexamethasone"
    assert shorten(text, 30).endswith("…")
    assert shorten(text, 500) == text
    lines = clamp_lines(text, 25, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("level", "words"),
    [(0.016, "1.6 %"), (0.0147, "1.47 %"), (2.68e-5, "2.68×10⁻⁵"), (1e-4, "10⁻⁴"), (1, "100 %"),
     (0.001, "0.1 %"), (0, "0 %")],
)  # fmt: skip
def test_fractions_as_people_write_them(level, words):
    assert fraction_words(level) == words


def test_a_character_without_a_glyph_is_not_dropped():
    assert printable("a\n\t\u767d") == "a \ufffd"
