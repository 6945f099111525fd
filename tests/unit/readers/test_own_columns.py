"""Oracle: the words of the fault, and the line counted by hand."""

import pytest

from residua.errors import ValueFault
from residua.readers.own_columns import each_row, filled, header_faults, needed_number, number_in
from residua.readers.tables import TableRow, read_table

COLUMNS = ("well", "amount")


def test_header_names_what_is_unknown_and_what_is_missing() -> None:
    faults = header_faults(read_table(b"wel,x\nA1,2\n", name="t.csv"), COLUMNS, ("well",))
    assert [(f.where, f.line, f.expected) for f in faults] == [
        ("the header", 1, "known columns"),
        ("the header", 1, "known columns"),
        ("the header", 1, "column 'well'"),
    ]


def test_faults_of_rows_carry_their_line_and_column() -> None:
    def make(row: TableRow, marks: frozenset[str]) -> float:
        filled(row.cells, ("well",))
        return needed_number(row.cells, "amount", marks, expected="ng")

    table = read_table(b"well;amount\nA1;1,5\n;2,5\nA3;\nA4;1 ng\n", name="t.csv")
    made, faults = each_row(table, make, numbers=("amount",), thing="well")
    assert made == [1.5]
    assert [(f.where, f.line) for f in faults] == [("well", 3), ("amount", 4), ("amount", 5)]
    assert faults[2].received == "a number with a unit or sign"


def test_a_table_without_rows_holds_nothing() -> None:
    table = read_table(b"well,amount\n", name="t.csv")
    made, faults = each_row(table, lambda row, marks: row.line, numbers=(), thing="well")
    assert made == []
    assert faults[0].expected == "at least one well"


def test_a_number_that_reads_two_ways_is_refused_by_its_column() -> None:
    assert number_in({}, "amount", frozenset(), expected="ng") is None
    with pytest.raises(ValueFault) as caught:
        number_in({"amount": "1,234"}, "amount", frozenset(), expected="ng")
    assert caught.value.field == "amount"
