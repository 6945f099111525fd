"""Oracle: the lines counted by hand in the texts below."""

from decimal import Decimal

import pytest

from residua.errors import InputError
from residua.readers.toml_places import read_toml

TEXT = '''# a comment
title = "x"
a.b.c = 1
"key.with.dots" = 2
[t.u]
k = """
several
lines
"""
after = [
  1, # one
  # a comment between
  [2,
   3],
  { z = 4, "q r" = 5 },
]
[[gate]]
name = "one"
[[gate.part]]
v = 1
[[gate.part]]
v = 2
[[gate]]
limits = { "CD19" = [1.5, inf] }
[gate.deep]
x = 1
[[gate.part]]
v = 3
'''

LINES = {
    ("title",): 2,
    ("a", "b"): 3,
    ("a", "b", "c"): 3,
    ("key.with.dots",): 4,
    ("t", "u"): 5,
    ("t", "u", "k"): 6,
    ("t", "u", "after"): 10,
    ("t", "u", "after", 0): 11,
    ("t", "u", "after", 1): 13,
    ("t", "u", "after", 1, 1): 14,
    ("t", "u", "after", 2, "q r"): 15,
    ("gate",): 17,
    ("gate", 0): 17,
    ("gate", 0, "name"): 18,
    ("gate", 0, "part", 0): 19,
    ("gate", 0, "part", 1, "v"): 22,
    ("gate", 1): 23,
    ("gate", 1, "limits", "CD19", 1): 24,
    ("gate", 1, "deep", "x"): 26,
    ("gate", 1, "part", 0, "v"): 28,
}


@pytest.fixture
def places(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text(TEXT)
    return read_toml(file)


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_every_kind_of_place_has_its_line(places, path, line):
    assert places[1].line(path) == line


def test_floats_are_decimals(places):
    assert places[0]["gate"][1]["limits"]["CD19"][0] == Decimal("1.5")


def test_a_number_beyond_a_double_is_none(tmp_path):
    (tmp_path / "a.toml").write_text("a = 1e999999999\nb = 1e-999999999\nc = 1_0.5e-30\n")
    data, _ = read_toml(tmp_path / "a.toml")
    assert data["a"].is_nan()
    assert data["b"].is_nan()
    assert data["c"] == Decimal("10.5e-30")


def test_what_is_absent_stands_where_its_holder_stands(places):
    assert places[1].line(("gate", 1, "parent")) == 23
    assert places[1].line(("nothing",)) == 1


def test_windows_line_ends_and_byte_order_mark(tmp_path):
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\r\n[b]\r\nc = 2\r\n")
    data, places = read_toml(file)
    assert data == {"a": 1, "b": {"c": 2}}
    assert places.line(("b", "c")) == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a = 1\nb = = 2\n", 2),
        (b"a = 1\na = 2\n", 2),
        (b"a = 1\n[t\n", 2),
        (b"a = 1\nb = \xe9\n", 2),
        (b"a = " + b"9" * 5000, 1),
        (b"a = " + b"[" * 5000 + b"]" * 5000, 1),
    ],
)
def test_a_syntax_error_names_its_line(tmp_path, content, line):
    file = tmp_path / "a.toml"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_toml(file, name="flow/a.toml")
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("flow/a.toml", line)]


@pytest.mark.parametrize("value", ["9" * 5000, "1e99999999999999999999", "[" * 5000 + "]" * 5000])
def test_values_beyond_all_bounds_are_refused(tmp_path, value):
    file = tmp_path / "a.toml"
    file.write_text(f"a = {value}\n")
    with pytest.raises(InputError):
        read_toml(file)


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(InputError):
        read_toml(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("line", "do"),
    [
        ("a = 2,68e-5", "write a decimal point, not a comma"),
        ("a = \u201emarrow\u201c", 'write straight quotation marks, "..."'),
        ("a = marrow", "write texts in quotation marks"),
        ("a = = 1", "correct this line"),
    ],
)
def test_usual_slips_are_named(tmp_path, line, do):
    (tmp_path / "a.toml").write_text(f"b = 1\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_toml(tmp_path / "a.toml")
    assert [(fault.line, fault.do) for fault in caught.value.faults] == [(2, do)]


def test_a_key_whose_table_is_still_a_comment_is_named(tmp_path):
    (tmp_path / "a.toml").write_text("[a]\nb = 1\n# [c]\nb = 2\n")
    with pytest.raises(InputError, match="remove the # before that table's name too"):
        read_toml(tmp_path / "a.toml")


@pytest.mark.parametrize("day", ["2019-02-30", "2019-13-01", "0000-01-01"])
def test_a_day_that_no_calendar_has_does_not_hide_the_rest(tmp_path, day):
    """It comes as the text that was written, for the reader of the key to name."""
    (tmp_path / "a.toml").write_text(f"b = 1\na = {day} # a\nc = [{day}, {day}]\n")
    data, places = read_toml(tmp_path / "a.toml")
    assert data == {"b": 1, "a": day, "c": [day, day]}
    assert places.line(("c", 1)) == 3
