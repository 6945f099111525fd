"""A picture of a gating strategy: one density per gate, what its parent holds and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from residua.measures.readout import Readout
from residua.views.gate_steps import gate_steps
from residua.views.page import draw_page
from residua.views.panels.flow_density import plan_flow
from residua.views.panels.footer import plan_footer
from residua.views.panels.panel import frame_for
from residua.views.style import RC

_WIDTH, _SIDE = 180.0, 44.0
<<<<<<< HEAD
=======
_MOST_PIXELS = 30_000  # of a side; programs refuse larger ones
_EFFORT = 4  # of zlib: higher ones take longer for a few per cent
>>>>>>> adversary
Mask = NDArray[np.bool_]


def draw_gates(
    readout: Readout,
    masks: Mapping[str, Mask],
    *,
    tube: str | None = None,
    blasts: str | None = None,
) -> Figure:
    """One panel per gate of `tube`, in file order, 180 mm wide; see `gate_steps`."""
    steps = gate_steps(readout, masks, tube=tube, blasts=blasts)
    simulated = "simulated" in readout.acquisition.flags
    with mpl.rc_context(RC):
        frame = frame_for(_WIDTH)
        letters = [chr(ord("A") + n) if n < 26 else str(n + 1) for n in range(len(steps))]
        flow = plan_flow(steps, frame, side=_SIDE, letters=letters)
        foot = plan_footer(frame, title="", reference="", simulated=simulated)
        return draw_page([panel for panel in (flow, foot) if panel is not None], frame)
<<<<<<< HEAD
=======


def figure_bytes(figure: Figure, form: str, *, dpi: float = 200) -> bytes:
    """The figure as png, svg or pdf, the same bytes for the same figure.

    A figure that would have more than 30 000 pixels a side has fewer to the inch.
    """
    stream = io.BytesIO()
    if form == "png":
        dpi = min(dpi, _MOST_PIXELS / max(figure.get_size_inches()))
    metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    options: dict[str, Any] = {"metadata": metadata[form]}
    if form == "png":
        options["pil_kwargs"] = {"compress_level": _EFFORT}
    with mpl.rc_context(RC):
        figure.savefig(stream, format=form, dpi=dpi, **options)
    return stream.getvalue()


def write_figure(figure: Figure, path: Path) -> None:
    """Write a figure whole; its form is that of the file name."""
    write_whole(path, figure_bytes(figure, path.suffix.lstrip(".").lower()))
>>>>>>> adversary
