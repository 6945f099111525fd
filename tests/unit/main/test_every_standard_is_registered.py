"""A standard that is encoded is also shown, named, ordered and held to its scale.

Oracle: the files of the shelf.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from residua.judgements.axis import STANDARDS
from residua.main.graders import GRADERS
from residua.main.show_standards import show_standards
from residua.standards.grade_scales import SCALES
from residua.views.standard_names import standard_name

SHELF = Path(__file__).resolve().parents[3] / "src" / "residua" / "standards"
NO_RULEBOOK = {"antigen-positivity", "care", "drug-rules", "mrd-counting", "sample-quality"}
"""Lists and numbers with a form of their own, which `residua standards` does not print."""


def _standards() -> set[str]:
    files = (tomllib.loads(path.read_text("utf-8")) for path in SHELF.glob("*.toml"))
    return {str(data["standard"]) for data in files if "standard" in data}


def test_every_standard_on_the_shelf_is_shown() -> None:
    shown = {line.split()[0] for line in show_standards().splitlines() if line[:1].strip()}
    assert _standards() - shown == NO_RULEBOOK


def test_every_standard_that_grades_has_its_scale_its_place_and_its_name() -> None:
    graders = {name for name, _ in GRADERS}
    assert graders == SCALES.keys()
    assert graders <= set(STANDARDS)
    assert not [name for name in graders if standard_name(name, "") == name]


def test_every_standard_has_one_place_in_the_order() -> None:
    assert len(STANDARDS) == len(set(STANDARDS))
    assert set(STANDARDS) <= _standards() | {"claim"}
