"""Decision records are found. Oracle: the files of the folder."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "decisions"


def test_the_index_names_only_records_that_exist():
    named = set(re.findall(r"\]\(([^)]+)\)", (FOLDER / "README.md").read_text("utf-8")))
    assert named
    assert not [name for name in named if not (FOLDER / name).is_file()]
