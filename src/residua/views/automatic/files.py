"""The files that show an automatic reading, as bytes that depend on nothing but the reading."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from residua.facts.gating import Strategy
from residua.views.automatic.blasts_figure import draw_blasts
from residua.views.automatic.page_figures import draw_aberrancies, draw_reading
from residua.views.automatic.shown import Shown, ShownCells
from residua.views.flow_toml_export import flow_toml_text
from residua.views.whole_file import write_whole
from residua.views.write_figure import FORMS, figure_bytes


def automatic_files(shown: Shown, folder: Path | None = None) -> Mapping[str, bytes]:
    """Contents by name: ``mrd.png``, ``aberrancies.png``, ``blasts.svg/png/pdf``, ``gates.toml``.

    With several files those of each have its number: ``blasts-2.png``. A file without cells that
    could be placed has neither plots nor gates. Gates that are to lie in `folder` name their file
    as seen from there, so that they can be run again as they are.
    """
    made: dict[str, bytes] = {"mrd.png": figure_bytes(draw_reading(shown), "png")}
    bars = draw_aberrancies(shown)
    if bars is not None:
        made["aberrancies.png"] = figure_bytes(bars, "png")
    for number, cells in enumerate(shown.files, 1):
        suffix = f"-{number}" if len(shown.files) > 1 else ""
        made |= _of_file(shown, cells, suffix, folder)
    return made


def write_automatic(shown: Shown, folder: Path) -> tuple[Path, ...]:
    """Write `automatic_files` into `folder`, each whole or not at all."""
    paths = []
    for name, content in automatic_files(shown, folder).items():
        write_whole(folder / name, content)
        paths.append(folder / name)
    return tuple(paths)


def _of_file(shown: Shown, cells: ShownCells, suffix: str, folder: Path | None) -> dict[str, bytes]:
    figure = draw_blasts(shown, cells)
    made = {f"blasts{suffix}.{form}": figure_bytes(figure, form) for form in FORMS}
    if cells.strategy is not None:
        made[f"gates{suffix}.toml"] = flow_toml_text(_seen_from(folder, cells.strategy)).encode()
    return made


def _seen_from(folder: Path | None, strategy: Strategy) -> Strategy:
    if folder is None:
        return strategy
    files = tuple(replace(file, path=_relative(file.path, folder)) for file in strategy.files)
    return replace(strategy, files=files)


def _relative(path: str, folder: Path) -> str:
    """A path as the folder sees it; whole where both have no root in common."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return Path(path).absolute().as_posix()
