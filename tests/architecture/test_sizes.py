"""Size budgets. Oracle: the design's "median at most 150 lines, none above 400; functions:
nine in ten within 25 lines, none above 60; no utils; `__init__.py` holds names only".

A function's lines are those from its `def` to its last statement, without its docstring.
"""

import ast
import statistics
from pathlib import Path

NAMES_ONLY = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.If)
LAZY_NAMES = {"__getattr__", "__dir__"}  # what resolves public names lazily (PEP 562)


def _lines(function):
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    without = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return function.end_lineno - function.lineno + 1 - without


def _functions(modules):
    return [
        (f"{module.name}.{node.name}", _lines(node))
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_above_400_lines(modules):
    assert [(m.name, m.lines) for m in modules if m.lines > 400] == []


def test_no_file_of_tests_is_above_400_lines():
    tests = Path(__file__).resolve().parent.parent
    long = [p.name for p in sorted(tests.rglob("*.py")) if len(p.read_text().splitlines()) > 400]
    assert long == []


def test_the_median_file_has_at_most_150_lines(modules):
    sizes = [m.lines for m in modules if m.path.name != "__init__.py"]
    assert statistics.median(sizes) <= 150


def test_no_function_is_above_60_lines(modules):
    assert [(name, lines) for name, lines in _functions(modules) if lines > 60] == []


def test_nine_functions_in_ten_are_within_25_lines(modules):
    functions = _functions(modules)
    long = [(name, lines) for name, lines in functions if lines > 25]
    assert len(long) <= len(functions) / 10, sorted(long, key=lambda pair: -pair[1])


def test_no_module_is_called_utils(modules):
    names = {"util", "utils", "helpers", "misc", "common"}
    assert [m.name for m in modules if names & set(m.name.split("."))] == []


def test_init_files_hold_names_only(modules):
    wrong = [
        f"{module.name}: line {node.lineno}"
        for module in modules
        if module.path.name == "__init__.py"
        for node in module.tree.body
        if not isinstance(node, NAMES_ONLY)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.FunctionDef) and node.name in LAZY_NAMES)
    ]
    assert wrong == []
