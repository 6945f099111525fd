"""A picture of the quality behind an MRD result: flow rates over time, and every step."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.facts.quality import QualityReport
from residua.views.page import draw_page
from residua.views.panels.flow_rate import plan_flow_rate
from residua.views.panels.footer import plan_footer
from residua.views.panels.panel import frame_for
from residua.views.panels.quality_steps import plan_quality_steps
from residua.views.style import RC

_WIDTH = 180.0


def draw_quality(report: QualityReport, *, simulated: bool = False) -> Figure:
    """One panel per file and one of the steps over all files, 180 mm wide."""
    with mpl.rc_context(RC):
        frame = frame_for(_WIDTH)
        letters = [chr(ord("A") + n) if n < 26 else str(n + 1) for n in range(len(report.files))]
        panels = [
            plan_flow_rate(file, frame, letter=letter, simulated=simulated)
            for file, letter in zip(report.files, letters, strict=True)
        ]
        last = chr(ord("A") + len(panels)) if len(panels) < 26 else str(len(panels) + 1)
        steps = plan_quality_steps(
            report.steps, frame, letter=last, removed_before_counting=bool(report.removed)
        )
        foot = plan_footer(frame, title="", reference="", simulated=simulated)
        return draw_page([*panels, steps, foot], frame)
