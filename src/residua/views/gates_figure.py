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
