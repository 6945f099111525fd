"""Oracle: the rows counted by hand in the texts below."""

import os
from pathlib import Path

import pytest

from residua.readers.tables import read_table

HEADER = "date,analyte,value"
KNOWN = ("date", "analyte", "value", "unit")


def read(text, encoding="utf-8"):
    return read_table(text.encode(encoding), name="labs.csv", known=KNOWN)


def cells(table):
    return [dict(row.cells) for row in table.rows]


ROW = {"date": "2019", "analyte": "wbc", "value": "1"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_line_ends_and_byte_order_marks(separator, end, mark):
    text = mark + end.join(["date,analyte,value", "2019,wbc,1", ""]).replace(",", separator)
    table = read(text)
    assert (cells(table), table.rows[0].line, table.faults) == ([ROW], 2, ())


def test_an_excel_separator_line():
    table = read("sep=;\r\ndate;analyte;value\r\n2019;wbc;1\r\n")
    assert (cells(table), table.rows[0].line) == ([ROW], 3)


def test_latin_1_is_read_and_noted():
    table = read("date,analyte,value\n2019,Hämoglobin,1\n", "latin-1")
    assert table.rows[0].cells["analyte"] == "Hämoglobin"
    assert "Latin-1" in table.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_by_name(encoding):
    table = read(f"{HEADER}\n2019,wbc,1\n", encoding)
    assert "UTF-16" in table.faults[0].received
    assert not table.rows


def test_quoted_cells_hold_separators_quotes_and_line_ends():
    table = read(f'{HEADER}\n2019,"a,""b""\nc",1\n2020,wbc,2\n')
    assert table.rows[0].cells["analyte"] == 'a,"b"\nc'
    assert [row.line for row in table.rows] == [2, 4]


def test_what_is_left_out():
    table = read(f"{HEADER}\n2019,NA,\n2020,not stated,n/a\n")
    assert cells(table) == [{"date": "2019"}, {"date": "2020"}]


def test_blank_lines_and_trailing_separators_are_nothing():
    table = read(f"{HEADER},,\n\n2019,wbc,1,,\n,,,,\n")
    assert (cells(table), table.rows[0].line, table.faults) == ([ROW], 3, ())


@pytest.mark.parametrize(
    "end", ["* taken at night\nSource: ward\n", "\nNote of the laboratory,,\n"]
)
def test_footnotes_after_the_table_are_left_out_and_noted(end):
    table = read(f"{HEADER}\n2019,wbc,1\n{end}")
    assert (cells(table), table.faults) == ([ROW], ())
    assert "footnotes left out: line" in table.notes[0]


def test_a_footnote_within_the_table_is_refused():
    table = read(f"{HEADER}\n2019,wbc,1\nSource: the ward,,\n2019,wbc,1\n")
    assert [(fault.line, fault.received) for fault in table.faults] == [
        (3, "text in the first cell only")
    ]


@pytest.mark.parametrize(
    ("text", "line", "received"),
    [
        ("", 1, "an empty file"),
        ("date,value,value\n2019,1,2\n", 1, "column 'value' twice"),
        (f"{HEADER}\n2019,wbc\n", 2, "2 cells"),
        (f"{HEADER}\n2019,wbc,1,5\n", 2, "4 cells"),
        (f'{HEADER}\n2019,wbc,1\n2019,"wbc,1\n', None, "a quotation mark that is never closed"),
        ("date,,value\n2019,wbc,1\n", 2, "a cell under a column without a name"),
    ],
)
def test_refused_by_name(text, line, received):
    fault = read(text).faults[0]
    assert (fault.line, fault.received) == (line, received)


def test_a_row_of_data_without_a_header_is_not_repeated():
    faults = read("Smith,Smith,1\n").faults
    assert faults
    assert all("Smith" not in str(fault) for fault in faults)


DATA = Path(os.environ.get("RESIDUA_TEST_DATA", "tests/data"))


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "rows", "columns"),
    [("ball_cytof/ddpr_metadata.csv", None, 12), ("labs/aipal_presentation_labs.csv", 1410, 16)],
)
def test_real_exports(file, rows, columns):
    """Oracle: the lines of the file, as `wc -l` counts them."""
    path = DATA / file
    if not path.exists():
        pytest.skip("outside data absent")
    raw = path.read_bytes()
    table = read_table(raw, name=file)
    lines = [line for line in raw.decode("utf-8-sig").splitlines()[1:] if line.strip(",")]
    assert len(table.columns) == columns
    assert table.faults == ()
    assert len(table.rows) == (rows or len(lines))
