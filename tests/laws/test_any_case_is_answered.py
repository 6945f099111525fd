"""Whatever a file holds, the answer is a case or a list of faults, never an exception."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.errors import Fault
from residua.facts.case import CSV_TABLES, ROW_TABLES, SINGLE_TABLES
from residua.readers.case import gather_case
from residua.readers.case_rows import columns_of

HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
ODD = [
    "nan", "inf", "-inf", "1e999999999", "-1", "0", "true", "[]", "{}", "[[]]", "[{ a = 1 }]",
    "{ a = { b = 1 } }", "2019-02-14", "08:30:00", "2019-02-14T08:30:00Z", '""', '" "',
    '"not stated"', "9" * 5000, "1e-999999999", "[" * 3000 + "]" * 3000,
    "99999999999999999999999", '"1e999999999 mg/m2"', '"1e-999999999 %"', '"0001"', '"9999-12-31"',
    '"a+99999d"', '"m-99999d"', '"<"', '"1-400000"', '"²"', '"\\u0000"', '["a", 1, true]',
    '"٣ mg/L"', '"1_000 mg/L"', '"٢٠١٩"', '"2019-٠٢"', '"٣"',
]  # fmt: skip


def answered(toml=HEAD, **files):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "case.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
        for name, raw in files.items():
            (Path(folder) / f"{name}.csv").write_bytes(raw)
        gathered = gather_case(Path(folder))
    return all(isinstance(fault, Fault) and str(fault) for fault in gathered.faults)


@pytest.mark.parametrize("table", [*SINGLE_TABLES, *ROW_TABLES], ids=lambda table: table.table)
def test_odd_values_under_every_key(table):
    header = f"[{table.table}]\n" if table in SINGLE_TABLES else f"[[{table.table}]]\n"
    for key in columns_of(table):
        for odd in ODD:
            assert answered(f'{HEAD}{header}id = "m"\n{key} = {odd}\n' if key != "id" else
                            f"{HEAD}{header}{key} = {odd}\n")  # fmt: skip


@pytest.mark.parametrize("key", ["kind", "version", "title", "mrd", "patient", "zz"])
def test_odd_values_in_the_head(key):
    assert all(answered(f"{key} = {odd}\n") for odd in ODD)


def test_relative_dates_beyond_the_calendar():
    rows = "".join(f'[[mrd]]\nid = "m{i}"\ndate = "m{i + 1}+99999d"\n' for i in range(40))
    rows += '[[mrd]]\nid = "m40"\ndate = "2099"\n[diagnosis]\ndisease = "B-ALL"\ndate = "2019"\n'
    assert answered(HEAD + rows)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(CSV_TABLES)))
def test_any_bytes(raw, file):
    header = ",".join(columns_of(CSV_TABLES[file])).encode() + b"\n"
    name = file.removesuffix(".csv")
    assert answered(raw)
    assert answered(**{name: raw})
    assert answered(**{name: header + raw})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=12) | st.sampled_from([odd.strip('"') for odd in ODD]), max_size=9)
)
def test_any_cells(cells):
    for file, table in CSV_TABLES.items():
        header = ";".join(columns_of(table)) + "\n"
        row = ";".join(cell.replace('"', "").replace("\n", "") for cell in cells)
        assert answered(
            **{file.removesuffix(".csv"): (header + row + "\n").encode("utf-8", "replace")}
        )
