"""A figure as files whose bytes depend on nothing but the figure."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.views.style import DPI, RC
from residua.views.whole_file import write_whole

_METADATA: dict[str, dict[str, str | None]] = {  # no date, and no version of a library
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_MOST_PIXELS = 30_000  # of a side; programs refuse larger ones
_EFFORT = 4  # of zlib: higher ones take longer for a few per cent


FORMS = tuple(_METADATA)


def figure_bytes(figure: Figure, form: str, *, dpi: float = 200) -> bytes:
    """The figure as svg, png or pdf; text stays text in the SVG and the PDF.

    A figure that would have more than 30 000 pixels a side has fewer to the inch.
    """
    stream = io.BytesIO()
    options: dict[str, Any] = {"metadata": _METADATA[form]}
    if form == "png":
        dpi = min(dpi, _MOST_PIXELS / max(figure.get_size_inches()))
        options["pil_kwargs"] = {"compress_level": _EFFORT}
    with mpl.rc_context(RC):
        figure.savefig(stream, format=form, dpi=dpi, **options)
    return stream.getvalue()


def write_figure(figure: Figure, path: Path, *, dpi: float = 200) -> None:
    """Write a figure whole; its form is that of the file name."""
    write_whole(path, figure_bytes(figure, path.suffix.lstrip(".").lower(), dpi=dpi))


def write_course(figure: Figure, folder: Path, *, name: str = "course") -> tuple[Path, ...]:
    """Write ``course.svg``, ``course.png`` (300 dpi) and ``course.pdf`` into `folder`."""
    written = tuple(folder / f"{name}.{form}" for form in _METADATA)
    for form, path in zip(_METADATA, written, strict=True):
        path.write_bytes(figure_bytes(figure, form, dpi=DPI))
    return written
