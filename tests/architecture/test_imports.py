"""Imports flow one way, stand at the top, and each library has one door. Oracle: the design."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAZY = {"cli"}  # and `__init__.py`, so that `residua --help` is instant
DOORS = {
    "matplotlib": ("views.",),
    "mpl_toolkits": ("views.",),
    "jinja2": ("views.",),
    "cyclopts": ("cli.",),
    "sqlalchemy": ("registry.",),
    "numba": ("measures.compiled.",),
    "polars": (
        "views.events_export.",
        "views.grades_export.",
        "views.labels_export.",
        "views.mask_export.",
    ),
    "xml": ("readers.xml_tree.",),  # without entities, with lines
    "tree_sitter": ("readers.toml_places.",),
    "tree_sitter_toml": ("readers.toml_places.",),
    "python_calamine": ("readers.workbook.",),
}


def test_layers_hold():
    """import-linter keeps the contract of pyproject.toml."""
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_library_has_one_door(modules):
    wrong = [
        f"{module.path.name}: {name}"
        for module in modules
        for _, name in module.imports()
        if (door := DOORS.get(name.partition(".")[0])) and not f"{module.name}.".startswith(door)
    ]
    assert not wrong


def test_standards_never_import_each_other(modules):
    """A standard is a module beside its TOML; nothing on the shelf imports one, its own included.

    What all standards share (the rulebook and how it is applied) has no TOML.
    """
    shelf = [module for module in modules if module.layer == "standards"]
    standards = {f"residua.{m.name}" for m in shelf if m.path.with_suffix(".toml").exists()}
    wrong = [
        f"{module.name}: {name}"
        for module in shelf
        for _, name in module.imports()
        if standards & {name, name.rpartition(".")[0]}
    ]
    assert not wrong


def test_imports_stand_at_the_top(modules):
    wrong = [
        f"{module.path.relative_to(ROOT)}:{node.lineno}"
        for module in modules
        if module.layer not in LAZY and module.path.name != "__init__.py"
        for node, _ in module.imports()
        if not _at_top(module.tree, node)
    ]
    assert not wrong


def _at_top(tree, node):
    if node in tree.body:
        return True
    return any(
        isinstance(block, ast.If) and node in block.body and "TYPE_CHECKING" in ast.dump(block.test)
        for block in tree.body
    )
