"""`residua figure`: the figure of a folder's course alone, whole or panel by panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from residua import NOTICE
from residua.errors import UsageError, ValueFault
from residua.main.evaluate import Evaluation, evaluate_case
from residua.main.flow.panels import flow_samples
from residua.main.output import whole_folder
from residua.progress import Progress, silent
from residua.views.course_figure import draw_content
from residua.views.figure_content import FigureContent, content_of
from residua.views.journal_width import DOUBLE, width_of_figure
from residua.views.panel_letters import PANELS, further, panels_named
from residua.views.style import DPI, MAX_HEIGHT, MM_PER_INCH
from residua.views.write_figure import FORMS, write_figure

_DPI = (72, 1200)
_HEIGHT = (0.5, 3.0)
_HIGH = (
    "the figure is {:.0f} mm high, more than a page; draw it wider, in parts (--panels), or each "
    "panel alone (--each)"
)
T = TypeVar("T")


@dataclass(frozen=True)
class FigureOptions:
    """How a figure is drawn, see `draw_course`; `dpi` is of a PNG."""

    panels: tuple[str, ...] | None = None
    width_mm: float = DOUBLE
    dpi: int = DPI
    height: float = 1.0
    reletter: bool = False


USUAL = FigureOptions()


@dataclass(frozen=True)
class FigureDrawn:
    """What was written: the panels from the top down, and those asked for without data."""

    files: tuple[Path, ...]
    width_mm: float
    panels: tuple[str, ...]
    without_data: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": "residua.figure",
            "version": "1.0",
            "notice": NOTICE,
            "width_mm": self.width_mm,
            "panels": list(self.panels),
            "without_data": list(self.without_data),
            "files": [str(path) for path in self.files],
        }


def figure_options(
    *, panels: str | None = None, width: str = "double", dpi: int = DPI, height: float = 1.0,
    reletter: bool = False,
) -> FigureOptions:  # fmt: skip
    """The options from a command line; raises `UsageError` for what they cannot be."""
    letters = None if panels is None else _option("panels", panels_named, panels)
    width_mm = _option("width", width_of_figure, width)
    for name, value, (least, most) in (("dpi", dpi, _DPI), ("height", height, _HEIGHT)):
        if not least <= value <= most:
            raise UsageError(f"--{name}: expected {least:g} to {most:g}, received a number outside")
    return FigureOptions(letters, width_mm, dpi, height, reletter)


def _option(name: str, read: Callable[[str], T], words: str) -> T:
    try:
        return read(words)
    except ValueFault as fault:
        raise UsageError(f"--{name}: {fault}") from fault


def draw_figure(
    folder: Path, out: Path, *, options: FigureOptions = USUAL, each: bool = False,
    progress: Progress = silent,
) -> FigureDrawn:  # fmt: skip
    """Draw the figure of `folder` into the file `out`, or each panel alone into a folder.

    With `each`, that folder is `out`, or `out` without its ending; the panels are ``A.png`` and
    so on in the form of `out`, or in all three. Raises `InputError` for faults of the folder,
    `UsageError` where `out` names no form or no panel asked for has data; then nothing is written.
    """
    form = _form(out, each=each)
    evaluation = evaluate_case(folder, progress=progress)
    progress("drawing the figure")
    content = figure_content(evaluation, options)
    if not content.letters:
        raise UsageError(_nothing(evaluation))
    missing = without_data(content, options)
    notes = [*evaluation.notes, *missing_notes(content, options)]
    if each:
        files = _write_each(content, options, out.with_suffix("") if form else out, form)
    else:
        height = _write(content, options, out)
        files = (out,)
        notes += [_HIGH.format(height)] if height > MAX_HEIGHT else []
    return FigureDrawn(files, options.width_mm, content.letters, missing, tuple(notes))


def figure_content(evaluation: Evaluation, options: FigureOptions = USUAL) -> FigureContent:
    """What is drawn; flow samples beyond D and E only where their letters are asked for."""
    every = options.panels is not None and further(options.panels)
    content = content_of(
        evaluation.course,
        evaluation.response,
        flow_samples(evaluation, every=every),
        curves=evaluation.curves,
        effector=evaluation.families["immune effector"],
    )
    chosen = content if options.panels is None else content.only(options.panels)
    return chosen.relettered() if options.reletter else chosen


def without_data(content: FigureContent, options: FigureOptions) -> tuple[str, ...]:
    """The panels asked for that have no data, in the order asked for."""
    return tuple(one for one in options.panels or () if one not in content.letters)


def missing_notes(content: FigureContent, options: FigureOptions) -> tuple[str, ...]:
    """A line about each of those."""
    named = (
        (one, PANELS.get(one, "a further flow sample")) for one in without_data(content, options)
    )
    return tuple(f"panel {one} ({shown}): no data in the folder; left out" for one, shown in named)


def _form(out: Path, *, each: bool) -> str:
    """The form that the file's name asks for; none where each panel goes into a folder."""
    form = out.suffix.lstrip(".").lower()
    if form in FORMS:
        return form
    if each and not out.is_file():
        return ""
    known = " or ".join(f".{one}" for one in FORMS)
    raise UsageError(f"{out.name}: expected a name that ends in {known}, or --each and a folder")


def _nothing(evaluation: Evaluation) -> str:
    known = figure_content(evaluation).letters
    if not known:
        return "the folder holds nothing that a panel draws yet; nothing was written"
    return f"no panel asked for has data; those of the folder are {', '.join(known)}"


def _write(content: FigureContent, options: FigureOptions, path: Path) -> float:
    """Draw it; the height of the page in mm."""
    figure = draw_content(content, options.width_mm, height=options.height)
    write_figure(figure, path, dpi=options.dpi)
    return float(figure.get_size_inches()[1]) * MM_PER_INCH


def _write_each(
    content: FigureContent, options: FigureOptions, folder: Path, form: str
) -> tuple[Path, ...]:
    names = []
    with whole_folder(folder) as partial:
        for letter in content.letters:
            for one in [form] if form else FORMS:
                names.append(f"{content.letter(letter)}.{one}")
                _write(content.only([letter]), options, partial / names[-1])
    return tuple(folder / name for name in names)
