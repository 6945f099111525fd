"""A figure as files whose bytes depend on nothing but the figure."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.views.style import DPI, RC


def write_course(figure: Figure, folder: Path, *, name: str = "course") -> tuple[Path, ...]:
    """Write ``course.svg``, ``course.png`` (300 dpi) and ``course.pdf`` into `folder`.

    Text stays text in the SVG and the PDF. No date and no version of a library is written.
    """
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    written = []
    with mpl.rc_context(RC):
        for kind, fields in metadata.items():
            path = folder / f"{name}.{kind}"
            figure.savefig(path, format=kind, dpi=DPI, metadata=fields)
            written.append(path)
    return tuple(written)
