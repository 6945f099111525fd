"""The figure of a course, for print: laboratory curves, MRD, flow and the timeline on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.course.course import Course
from residua.course.curves import Curves
from residua.judgements.judgement import Judgement
from residua.views.figure_content import FigureContent, content_of
from residua.views.figure_rows import plan_page
from residua.views.flow_sample import FlowSample
from residua.views.journal_width import DOUBLE
from residua.views.page import draw_page
from residua.views.panels.panel import frame_for
from residua.views.style import RC

_NO_CURVES = Curves()


def draw_course(
    course: Course,
    judgements: Iterable[Judgement],
    flow_samples: Sequence[FlowSample] = (),
    *,
    curves: Curves = _NO_CURVES,
    effector: Iterable[Judgement] = (),
    width_mm: float = DOUBLE,
    panels: Sequence[str] | None = None,
    height: float = 1.0,
    reletter: bool = False,
) -> Figure:
    """The figure of a course, `width_mm` wide (180 for a page, 85 for one column).

    `panels` are the letters to draw, in that order (A cytokines, B CAR-T copies, C MRD, D, E and
    from G on `flow_samples`, F timeline; None for all that have data). A panel without data
    leaves no hole. `effector` are the judgements of CRS and ICANS, beside the cytokines. Plots
    are `height` times as high as usual. Letters stay as they are unless `reletter` asks for A,
    B, ... in the order drawn.

    The page grows with its content to 275 mm; beyond that plots shrink, then words move from the
    timeline into a numbered key; a course too long even for that makes a higher page, with its
    words in the key. The same input gives the same figure.
    """
    content = content_of(course, judgements, flow_samples, curves=curves, effector=effector)
    chosen = content if panels is None else content.only(panels)
    return draw_content(chosen.relettered() if reletter else chosen, width_mm, height=height)


def draw_content(content: FigureContent, width_mm: float, *, height: float = 1.0) -> Figure:
    """The figure of what was chosen for it; see `draw_course`."""
    frame = frame_for(width_mm)
    with mpl.rc_context(RC):
        return draw_page(plan_page(content, frame, height), frame)
