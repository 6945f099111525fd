"""The files that an MRD measurement leaves: mrd.json, and the picture of its quality beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from residua.errors import UsageError
from residua.facts.mrd_result import MrdResult
from residua.main.output import whole_folder
from residua.views.mrd_export import mrd_text, result_path, write_mrd
from residua.views.quality_figure import draw_quality
from residua.views.write_figure import figure_bytes

NAME = "quality.png"


def write_result(result: MrdResult, out: Path, *, inputs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Write mrd.json to `out`; into a folder with the picture of its quality, both or neither.

    `inputs` are the files that were read. Raises `UsageError` where one of them would be
    replaced or the folder cannot be written, `InputError` where the file cannot.
    """
    if result_path(out) == out:
        if any(_same(out, file) for file in inputs):
            raise UsageError(f"{out.name} is read, and would be written: name another file")
        return (write_mrd(result, out),)
    contents = result_contents(result, out)
    with whole_folder(out, inputs=inputs) as partial:
        for name, content in contents.items():
            (partial / name).write_bytes(content)
    return tuple(out / name for name in contents)


def result_contents(result: MrdResult, out: Path) -> dict[str, bytes]:
    """The files of a result in the folder `out` by their names: mrd.json and its picture."""
    contents = {result_path(out).name: mrd_text(result).encode(errors="backslashreplace")}
    if result.quality is not None:
        simulated = "simulated" in result.flags
        contents[NAME] = figure_bytes(draw_quality(result.quality, simulated=simulated), "png")
    return contents


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one is not there, or its name cannot be one of a file
        return False
