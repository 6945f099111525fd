"""What an earlier `residua gate` left in its folder, told from a person's own files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from residua.errors import UsageError
from residua.readers.ordinary_file import real_path

_AT_TIMES = ("flow.toml", "gates.xml", "masks.parquet")  # what not every run writes


def left_behind(out: Path, *, written: set[str], inputs: Iterable[Path]) -> list[str]:
    """Files of an earlier run in `out` that this one, which writes `written`, makes untrue;
    none of `inputs`, which this run has read.

    Raises `UsageError` where `written` would replace a file that no earlier run wrote, such as
    the flow.toml that a person made.
    """
    made = _made_before(out)
    there = [name for name in _AT_TIMES if os.path.isfile(out / name)]
    for name in there:
        if name in written and name not in made:
            raise UsageError(f"{out.name} holds a {name} of its own: name another folder for -o")
    kept = {real_path(path) for path in inputs}
    left = (name for name in there if name in made and name not in written)
    return [name for name in left if real_path(out / name) not in kept]


def _made_before(out: Path) -> set[str]:
    """The files that may be an earlier run's: all but the gates that it was given."""
    try:
        given = json.loads((out / "counts.json").read_text("utf-8"))["gates"]["file"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in _AT_TIMES if name != given}
