"""Oracle: the fact models, from whose tables, keys and words the template must not drift."""

import re
import tomllib
import typing
from pathlib import Path

import pytest

from residua.errors import UsageError
from residua.facts.case import CSV_TABLES, ROW_TABLES, SINGLE_TABLES
from residua.facts.fact import Fact
from residua.facts.finding import Option
from residua.facts.treatment import Drug
from residua.main.beads.tables import FORM as BEADS
from residua.main.check import check_folder
from residua.main.new import COLUMNS, new_folder, template
from residua.main.plates.form import FORM as PLATES
from residua.readers.assay_folder import read_assay_folder
from residua.readers.case import gather_case, read_case
from residua.readers.case_rows import columns_of

EXAMPLE = re.compile(r"^# (?=\[|[a-z_]+ = )", re.MULTILINE)
TEMPLATE = template("case.toml")
WHOLE = EXAMPLE.sub("", TEMPLATE)


def section(table):
    """The lines of a table in the template."""
    found = re.search(
        rf"^\[\[?{table.table}\]\]?\n(.*?)(?=^\[|\Z)", WHOLE, re.MULTILINE | re.DOTALL
    )
    assert found, table.table
    return found[1]


def words_of(model, key):
    def literals(annotation):
        if typing.get_origin(annotation) is typing.Literal:
            yield from typing.get_args(annotation)
        for inner in typing.get_args(annotation):
            yield from literals(inner)

    field = next(f for name, f in model.model_fields.items() if (f.alias or name) == key)
    return [word for word in literals(field.annotation) if isinstance(word, str)]


def test_the_template_has_no_fault(tmp_path):
    new_folder(tmp_path / "p")
    gathered = gather_case(tmp_path / "p")
    assert (gathered.faults, gathered.notes) == ((), ())
    assert [fact.table for fact in gathered.case.facts] == ["patient", "diagnosis"]


def test_the_examples_of_the_template_have_no_fault(tmp_path):
    new_folder(tmp_path / "p")
    (tmp_path / "p" / "case.toml").write_text(WHOLE)
    case = read_case(tmp_path / "p")
    assert {type(fact) for fact in case.facts} == {*SINGLE_TABLES, *ROW_TABLES}


@pytest.mark.parametrize("table", [*SINGLE_TABLES, *ROW_TABLES], ids=lambda t: t.table)
def test_every_key_stands_in_the_template(table):
    own = [key for key in columns_of(table) if key not in Fact.model_fields]
    text = section(table)
    missing = [key for key in own if not re.search(rf"^{key} = ", text, re.MULTILINE)]
    assert not missing


@pytest.mark.parametrize("table", [*SINGLE_TABLES, *ROW_TABLES], ids=lambda t: t.table)
def test_every_word_stands_in_the_template(table):
    text = section(table)
    for key in columns_of(table):
        words = words_of(table, key)
        if words:
            line = re.search(rf"^{key} = .* # (.*)$", text, re.MULTILINE)
            assert line, f"{table.table}.{key} names no words"
            assert line[1] == " | ".join(words)


@pytest.mark.parametrize(
    ("model", "key"),
    [
        *((Drug, key) for key in Drug.model_fields),
        *((Option, key) for key in Option.model_fields),
    ],
)
def test_every_inner_key_and_word_stands_in_the_template(model, key):
    assert re.search(rf"[{{,] {key} = ", WHOLE)
    for word in words_of(model, key):
        assert word in WHOLE


def test_every_row_key_is_named_in_the_head():
    assert f"Every row takes: {', '.join(Fact.model_fields)}." in TEMPLATE


@pytest.mark.parametrize("file", CSV_TABLES)
def test_the_header_rows_hold_known_columns_only(file):
    assert set(COLUMNS[file].split(",")) <= set(columns_of(CSV_TABLES[file]))


def test_a_folder_with_files_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        new_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "p").write_text("mine")
    with pytest.raises(UsageError):
        new_folder(tmp_path / "p")


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "p").mkdir()
    made = new_folder(tmp_path / "p")
    assert {path.relative_to(tmp_path / "p").as_posix() for path in made} == {
        "case.toml", "flow/flow.toml", "qpcr/qpcr.toml", "beads/beads.toml",
        "labs.csv", "vitals.csv", "mrd.csv", "transgene.csv", "cytokines.csv",
    }  # fmt: skip
    assert all(path.is_file() for path in made)


@pytest.mark.parametrize(
    ("name", "form"), [("qpcr/qpcr.toml", PLATES), ("beads/beads.toml", BEADS)]
)
def test_every_key_and_word_of_a_plate_stands_in_its_template(tmp_path, name, form):
    whole = EXAMPLE.sub("", template(name))
    table = tomllib.loads(whole)["file"][0]
    assert f"# {' | '.join(form.assays)}\n" in whole
    for assay, keys in form.assays.items():
        for key, words in keys.items():
            line = re.search(rf"^{key} = .* # (.*)$", whole, re.MULTILINE)
            assert line, key
            assert assay in line[1]
            assert line[1].startswith(" | ".join(words or ()))
        mine = {key: table[key] for key in ("path", "assay", "target", *keys) if key in table}
        (tmp_path / mine["path"]).touch()
        rows = [f'kind = "{form.kind}"', 'version = "1.0"', "[[file]]"]
        rows += [f"{key} = {value!r}" for key, value in (mine | {"assay": assay}).items()]
        (tmp_path / "plates.toml").write_text("\n".join(rows))
        assert [one.assay for one in read_assay_folder(tmp_path / "plates.toml", form).files] == [
            assay
        ]


def test_a_new_folder_is_evaluated_without_a_note(tmp_path):
    new_folder(tmp_path / "p")
    report = check_folder(tmp_path / "p")
    assert (report.faults, report.notes) == ((), ())


REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "case-folder.md"


@pytest.mark.parametrize("table", [*SINGLE_TABLES, *ROW_TABLES], ids=lambda t: t.table)
def test_the_reference_names_every_key_and_word(table):
    line = re.search(rf"^- `\[\[?{table.table}\]\]?`: (.*)$", REFERENCE.read_text(), re.MULTILINE)
    own = [key for key in columns_of(table) if key not in Fact.model_fields]
    named = [
        f"`{key}`" + (f" ({', '.join(words)})" if (words := words_of(table, key)) else "")
        for key in own
    ]
    assert line[1] == ", ".join(named)


@pytest.mark.parametrize("file", CSV_TABLES)
def test_the_reference_names_the_columns(file):
    assert f"- `{file}`: {COLUMNS[file].replace(',', ', ')}\n" in REFERENCE.read_text()
