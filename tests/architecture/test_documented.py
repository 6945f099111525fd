"""What Residua writes and reads stands in the reference. Oracle: the keys in the code itself."""

import ast
import re
from pathlib import Path

import pytest

from residua.cli.app import app
from residua.cli.door import COMMANDS
from residua.judgements.axis import STANDARDS
from residua.main.beads.tables import FORM as BEADS
from residua.main.plates.form import FORM as PLATES
from residua.views.report_sections import SECTIONS

ROOT = Path(__file__).resolve().parents[2]
VIEWS = ROOT / "src" / "residua" / "views"
REFERENCE = ROOT / "docs" / "reference"
KIND = re.compile(r"residua\.[a-z-]+\Z")
MEASURES = {
    "residua.cytokine-kinetics": ("curves/cytokines",),
    "residua.transgene-kinetics": ("curves/transgene", "curves/b_cells"),
    "residua.mrd-kinetics": ("curves/mrd",),
    "residua.exposure": ("curves/exposure",),
    "residua.qpcr": ("qpcr_export", "qpcr_mrd_export"),
    "residua.molecular-mrd": ("molecular_levels_export", "molecular_words"),
    "residua.mrd": (),
}
EVERYWHERE = {"version", "notice"}


def _tree(module):
    return ast.parse((VIEWS / f"{module}.py").read_text("utf-8"))


def _texts(module):
    return {n.value for n in ast.walk(_tree(module)) if isinstance(n, ast.Constant)}


def _keys(module):
    """The keys of the JSON: of dictionaries within functions that are no list of words."""
    functions = (n for n in ast.walk(_tree(module)) if isinstance(n, ast.FunctionDef))
    dicts = (n for f in functions for n in ast.walk(f) if isinstance(n, ast.Dict))
    told = (d for d in dicts if not all(isinstance(value, ast.Constant) for value in d.values))
    return {k.value for d in told for k in d.keys if isinstance(k, ast.Constant)}


def _page(kind):
    """The page that course-json.md names for a kind of ``measures[]``."""
    rows = (REFERENCE / "course-json.md").read_text("utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith(f"| `{kind}` |")]
    return (REFERENCE / re.search(r"\]\(([a-z-]+\.md)\)", row)[1]).read_text("utf-8")


def test_course_json_names_every_kind_of_measure():
    modules = [f"curves/{path.stem}" for path in (VIEWS / "curves").glob("*.py")]
    modules += [module for names in MEASURES.values() for module in names]
    kinds = {text for m in modules for text in _texts(m) if KIND.match(str(text))}
    assert kinds | {"residua.mrd"} == set(MEASURES)
    for kind in MEASURES:
        assert _page(kind)


@pytest.mark.parametrize("kind", MEASURES)
def test_the_page_of_a_measure_names_its_keys(kind):
    keys = {key for module in MEASURES[kind] for key in _keys(module)} - EVERYWHERE
    page = _page(kind)
    assert {key for key in keys if not re.search(rf"\b{re.escape(key)}\b", page)} == set()


@pytest.mark.parametrize("form", [PLATES, BEADS], ids=lambda form: form.kind)
def test_the_case_folder_names_every_key_of_an_assay(form):
    text = (REFERENCE / "case-folder.md").read_text("utf-8")
    (part,) = [part for part in text.split("\n## ") if f'kind = "{form.kind}"' in part]
    keys = {"path", "assay", "simulated", "name", "specimen", "date", "time", "file"}
    words = {
        word for extra in form.assays.values() for given in extra.values() for word in given or ()
    }
    words |= {*form.assays, *(key for extra in form.assays.values() for key in extra), *keys}
    assert {word for word in words if not re.search(rf"\b{re.escape(word)}\b", part)} == set()


def test_a_link_of_the_index_of_decisions_stands_once():
    index = (ROOT / "decisions" / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", index)
    heads = re.findall(r"^\*\*(.+?)\*\*:", index, re.M)
    assert [link for link in links if links.count(link) > 1] == []
    assert [head for head in heads if heads.count(head) > 1] == []


def test_a_row_of_a_reference_table_stands_once():
    """Two rows of one key are what is left of a merge."""
    twice = []
    for page in REFERENCE.glob("*.md"):
        for part in page.read_text("utf-8").split("\n\n"):
            rows = [row.split("|")[1].strip() for row in part.splitlines() if row.startswith("| `")]
            twice += [(page.name, row) for row in rows if rows.count(row) > 1]
    assert twice == []


def test_the_readme_has_an_example_of_every_command():
    assert COMMANDS  # importing them registers them
    text = (ROOT / "README.md").read_text("utf-8")
    commands = {name for name in app if not name.startswith("-")}
    assert len(commands) > 15
    assert {name for name in commands if f"bin/residua {name} " not in text} == set()


def test_the_page_of_the_report_names_its_sections_in_their_order():
    page = (REFERENCE / "report.md").read_text("utf-8")
    rows = [
        name for row in re.findall(r"^\| ([A-Z].*?) \|", page, re.M) for name in row.split(", ")
    ]
    assert rows == [title for _, title in SECTIONS]


def test_course_json_names_every_standard_of_a_judgement():
    page = (REFERENCE / "course-json.md").read_text("utf-8")
    assert {name for name in STANDARDS if f"`{name}`" not in page} == set()
