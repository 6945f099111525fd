"""From an MRD result to the picture of its quality."""

from __future__ import annotations

from pathlib import Path

from residua.facts.mrd_result import MrdResult
from residua.views.quality_figure import draw_quality
from residua.views.write_figure import write_figure

NAME = "quality.png"


def write_quality(result: MrdResult, folder: Path) -> Path | None:
    """Write the picture into `folder`; None where the result has no quality.

    Raises `InputError` where the folder cannot be written to.
    """
    if result.quality is None:
        return None
    path = folder / NAME
    write_figure(draw_quality(result.quality, simulated="simulated" in result.flags), path)
    return path
