"""Words: measured, broken, abbreviated honestly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from residua.views.typeset import (
    clamp_lines,
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


def test_a_character_without_a_glyph_is_not_dropped():
    assert printable("a\n\t\u767d") == "a \ufffd"
