"""The page of an automatic reading, and what sets the patient's blasts apart."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.views.automatic.aberrancy_panel import plan_aberrancies
from residua.views.automatic.antigen_panel import plan_antigens
from residua.views.automatic.blasts_figure import WIDTH
from residua.views.automatic.head_panel import plan_flags, plan_head
from residua.views.automatic.ladder_panel import plan_ladder
from residua.views.automatic.shown import Shown
from residua.views.page import draw_page
from residua.views.panels.footer import plan_footer
from residua.views.panels.panel import Frame, Panel, frame_for
from residua.views.style import RC


def draw_reading(shown: Shown) -> Figure:
    """Level and status, limits and reading on a log axis, target antigens, every flag."""
    with mpl.rc_context(RC):
        frame = frame_for(WIDTH)
        parts: list[Panel] = [plan_head(shown, frame, title="")]
        for plan in _PLANS:
            part = plan(shown, frame, letter="ABC"[len(parts) - 1])
            if part is not None:
                parts.append(part)
        parts.append(plan_footer(frame, title="", reference="", simulated=shown.simulated))
        return draw_page(parts, frame)


def _limits(shown: Shown, frame: Frame, *, letter: str) -> Panel | None:
    return plan_ladder(shown.level, frame, letter=letter)


def _flags(shown: Shown, frame: Frame, *, letter: str) -> Panel | None:
    return plan_flags((*shown.level.level.flags, *shown.flags), frame, letter=letter)


_PLANS = (_limits, plan_antigens, _flags)


def draw_aberrancies(shown: Shown) -> Figure | None:
    """The bars of the aberrancies; None where there are none to show."""
    with mpl.rc_context(RC):
        frame = frame_for(WIDTH)
        bars = plan_aberrancies(shown.aberrancies, frame, title=shown.title)
        if bars is None:
            return None
        foot = plan_footer(frame, title="", reference="", simulated=shown.simulated)
        return draw_page([bars, foot], frame)
