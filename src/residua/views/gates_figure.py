"""A picture of a gating strategy: one density per gate, what its parent holds and what it keeps."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

import residua
from residua.facts.gates import BooleanGate, Gate
from residua.measures.readout import Readout, locate
from residua.views.density import Axis, draw_density
from residua.views.whole_file import write_whole

_PANEL = 2.35  # inches
_COLUMNS = 4
_STYLE: Any = {  # keys of rcParams, which matplotlib types one by one
    "font.size": 7,
    "axes.titlesize": 8,
    "axes.labelsize": 7,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "svg.hashsalt": "residua",
    "text.parse_math": False,  # a gate may be called anything
}
Mask = NDArray[np.bool_]


def draw_gates(readout: Readout, masks: Mapping[str, Mask], *, tube: str | None = None) -> Figure:
    """One panel per gate of `tube`, in file order.

    Each shows the events of the gate's parent in the gate's dimensions (a single dimension
    against side scatter), the gate, and its count of the parent's.
    """
    gates = readout.strategy.gates_of(tube)
    columns = min(_COLUMNS, max(1, len(gates)))
    rows = -(-len(gates) // columns)
    with mpl.rc_context(_STYLE):
        size = (_PANEL * columns, _PANEL * 1.06 * rows + 0.3)
        figure = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(figure)
        panels = figure.subplots(rows, columns, squeeze=False).ravel()
        for panel, gate in zip(panels, gates, strict=False):
            _panel(panel, gate, readout, masks)
        for panel in panels[len(gates) :]:
            panel.set_visible(False)
        figure.supxlabel(_foot(readout), fontsize=6.5, color="#444444", x=0.01, ha="left")
    return figure


def figure_bytes(figure: Figure, form: str) -> bytes:
    """The figure as png, svg or pdf, the same bytes for the same figure."""
    stream = io.BytesIO()
    metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with mpl.rc_context(_STYLE):
        figure.savefig(stream, format=form, dpi=200, metadata=metadata[form])
    return stream.getvalue()


def write_figure(figure: Figure, path: Path) -> None:
    """Write a figure whole; its form is that of the file name."""
    write_whole(path, figure_bytes(figure, path.suffix.lstrip(".").lower()))


def _panel(ax: Axes, gate: Gate, readout: Readout, masks: Mapping[str, Mask]) -> None:
    inside = masks[gate.name]
    parent = np.ones(len(inside), bool) if gate.parent is None else masks[gate.parent]
    rows = np.flatnonzero(parent)
    x, y = _dimensions(gate, readout)
    few = inside[rows] if np.count_nonzero(inside) <= 500 else None
    highlight = inside[rows] if isinstance(gate, BooleanGate) else few
    draw_density(
        ax, _axis(readout, x, rows), _axis(readout, y, rows), gates=[gate], highlight=highlight
    )
    kept, held = int(np.count_nonzero(inside)), len(rows)
    share = f" = {100 * kept / held:.3g} %" if held else ""
    ax.set_title(f"{gate.name}\n{_grouped(kept)} of {_grouped(held)}{share}", loc="left")


def _dimensions(gate: Gate, readout: Readout) -> tuple[str, str]:
    """The two dimensions of a gate's panel; what the gate does not name is side scatter."""
    channels = readout.acquisition.channels
    scatter = [c.name for c in channels if c.name.upper().startswith(("SSC", "FSC"))]
    scatter.sort(key=lambda name: (not name.upper().startswith("SSC"), not name.endswith("A")))
    others = [c.name for c in channels if not c.is_time]
    named = list(dict.fromkeys(gate.dimensions))[:2]
    places = {locate(channels, name) for name in named}
    for name in [*scatter, *others]:
        if len(named) < 2 and locate(channels, name) not in places:
            named.append(name)
            places.add(locate(channels, name))
    return (named[0], named[1]) if len(named) == 2 else (named[0], named[0])


def _axis(readout: Readout, dimension: str, rows: NDArray[np.intp]) -> Axis:
    channel = readout.acquisition.channels[locate(readout.acquisition.channels, dimension)]
    scale = readout.scale(dimension)
    label = f"{channel.marker} {channel.name}".strip()
    words = label if channel.marker != channel.name else channel.name
    return Axis(readout.linear(dimension, rows), scale, f"{words} ({scale.kind})", dimension)


def _foot(readout: Readout) -> str:
    simulated = "Simulated data. " if "simulated" in readout.acquisition.flags else ""
    return simulated + residua.NOTICE


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u2009")
