"""Laws of case folders: order of rows, round trips, and faults that repeat no patient's datum."""

import csv
import io
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.facts.case import CSV_TABLES, ROW_TABLES, SINGLE_TABLES
from residua.readers.case import gather_case, read_case
from residua.readers.case_rows import columns_of

HEAD = 'kind = "residua.case"\nversion = "1.0"\n[diagnosis]\ndate = "2015"\ndisease = "B-ALL"\n'
DAYS = st.dates(date(2015, 1, 1), date(2098, 12, 31)).map(str)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "date": DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4]),
            "analyte": st.sampled_from(["wbc", "neutrophils", "platelets", "crp-like-new"]),
            "value": st.decimals(0, 999, places=2).map(str) | st.just("<0.1"),
            "unit": st.just("10*9/L"),
            "note": st.text('abc ;,"\täé.1', max_size=12).map(str.strip),
        }
    ),
    min_size=1,
    max_size=8,
)


def write_csv(rows, separator=",", comma=False):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        value = row["value"].replace(".", ",") if comma else row["value"]
        writer.writerow({**row, "value": value})
    return stream.getvalue()


def read(toml="", **tables):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "case.toml").write_text(HEAD + toml, encoding="utf-8")
        for name, text in tables.items():
            (Path(folder) / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        return read_case(folder)


def contents(case):
    """What the facts say, without the ids and lines that follow from their order."""
    return sorted(
        json.dumps(fact.model_dump(mode="json", exclude={"id", "source"})) for fact in case.facts
    )


@settings(max_examples=50, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_ids_and_lines_only(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    assert contents(read(labs=write_csv(rows))) == contents(read(labs=write_csv(mixed)))


@settings(max_examples=50, deadline=None)
@given(ROWS, st.sampled_from([",", ";", "\t"]), st.booleans())
def test_what_is_written_is_read(rows, separator, comma):
    """Oracle: the planted rows themselves; values have two decimals, so no comma is ambiguous."""
    case = read(labs=write_csv(rows, separator, comma))
    found = [
        {
            "date": str(fact.date), "analyte": fact.analyte, "unit": fact.value.unit,
            "value": f"{fact.value.comparator}{fact.value.value}", "note": fact.note,
        }
        for fact in case.facts
        if fact.table == "labs"
    ]  # fmt: skip
    assert found == rows


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_the_toml_keeps_what_its_rows_say(rows):
    toml = "".join(
        f"[[finding]]\ndate = {json.dumps(row['date'])}\nterm = {json.dumps(row['analyte'])}\n"
        f"value = {json.dumps(row['value'])}\nnote = {json.dumps(row['note'])}\n"
        for row in rows
    )
    found = [
        (str(fact.date), fact.term, fact.value, fact.note)
        for fact in read(toml).facts
        if fact.table == "finding"
    ]
    assert found == [(row["date"], row["analyte"], row["value"], row["note"]) for row in rows]


SECRETS = st.text("qxzjkv", min_size=9, max_size=14).map(lambda text: f"zq{text}")
FORMS = st.sampled_from(
    ["{}", "{} 7", "918273 {}", "2019-{}", "{}+3d", "<918273,5 {}", "918.273,5", "1 {} 2", "+{}"]
)


def faults(toml, tables=()):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "case.toml").write_text(toml, encoding="utf-8")
        for file, text in tables:
            (Path(folder) / file).write_text(text, encoding="utf-8")
        return [str(fault).replace(folder, "") for fault in gather_case(Path(folder)).faults]


def hidden(found, secret):
    return all(secret not in fault.lower() and "918273" not in fault for fault in found)


@pytest.mark.parametrize("table", [*SINGLE_TABLES, *ROW_TABLES], ids=lambda table: table.table)
@settings(max_examples=8, deadline=None)
@given(secret=SECRETS, form=FORMS)
def test_no_fault_of_the_toml_repeats_a_value(table, secret, form):
    value = json.dumps(form.format(secret))
    header = f"[{table.table}]\n" if table in SINGLE_TABLES else f"[[{table.table}]]\n"
    for key in columns_of(table):
        for written in (value, f"[{value}]", f"{{ {key} = {value} }}", "918273"):
            text = f'kind = "residua.case"\nversion = "1.0"\n{header}{key} = {written}\n'
            assert hidden(faults(text), secret)


@pytest.mark.parametrize("inner", ["drugs", "options"])
@settings(max_examples=8, deadline=None)
@given(secret=SECRETS, form=FORMS)
def test_no_fault_of_an_inner_table_repeats_a_value(inner, secret, form):
    value = json.dumps(form.format(secret))
    table = {"drugs": "treatment", "options": "decision"}[inner]
    for key in ("name", "dose", "days", "every", "route", "status", "reason", "option", "choice"):
        text = f"{HEAD}[[{table}]]\n{inner} = [{{ {key} = {value} }}]\n"
        assert hidden(faults(text), secret)


@pytest.mark.parametrize("file", CSV_TABLES)
@settings(max_examples=8, deadline=None)
@given(secret=SECRETS, form=FORMS)
def test_no_fault_of_a_table_repeats_a_value(file, secret, form):
    columns = columns_of(CSV_TABLES[file])
    for column in columns:
        row = {"date": "2019", "unit": "mg/L", "value": "5", "analyte": "crp", "item": "weight"}
        row = {key: cell for key, cell in row.items() if key in columns} | {
            column: form.format(secret)
        }
        text = ";".join(row) + "\n" + ";".join(row.values()) + "\n"
        assert hidden(faults(HEAD, [(file, text)]), secret)
    bare = f"{form.format(secret)};5;{secret}\n2019;7;{secret}\n"
    assert hidden(faults(HEAD, [(file, bare)]), secret)
