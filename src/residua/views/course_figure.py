"""The figure of a course, for print: MRD, flow densities and the timeline on one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.course.course import Course
from residua.judgements.judgement import Judgement
from residua.views.flow_sample import FlowSample
from residua.views.mrd_points import MrdPoint, mrd_points
from residua.views.page import draw_page, page_height
from residua.views.panels.dated_marks import time_entries
from residua.views.panels.flow_density import plan_flow
from residua.views.panels.footer import plan_footer
from residua.views.panels.key import plan_key
from residua.views.panels.legend import legend
from residua.views.panels.mrd_course import plan_mrd_course
from residua.views.panels.panel import Frame, Panel, frame_for
from residua.views.panels.timeline import plan_timeline, plan_without_findings
from residua.views.panels.timeline_layout import Wording, key_texts
from residua.views.places import Placement, place_on_axis
from residua.views.style import MAX_HEIGHT, RC
from residua.views.timeline_item import TimelineItem
from residua.views.timeline_items import timeline_items

ALL_PANELS = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True)
class _Economy:
    """How much room is taken: heights in mm, words in place, lines of an entry of the key.

    `findings` says whether the lane of findings and support is drawn.
    """

    log_height: float
    plot_side: float
    wording: Wording
    key_lines: int
    findings: bool = True


_ECONOMIES = (
    _Economy(50, 50, Wording.FULL, 99),
    _Economy(38, 42, Wording.FULL, 99),
    _Economy(38, 42, Wording.TITLES, 99),
    _Economy(34, 38, Wording.TITLES, 99),
    _Economy(34, 38, Wording.TITLES, 99, findings=False),
    _Economy(38, 42, Wording.TAGS, 99),
    _Economy(34, 38, Wording.TAGS, 99, findings=False),
    _Economy(34, 38, Wording.TAGS, 2),
    _Economy(34, 38, Wording.TAGS, 2, findings=False),
    _Economy(34, 38, Wording.TAGS, 1),
    _Economy(34, 38, Wording.TAGS, 1, findings=False),
    _Economy(34, 38, Wording.TAGS, 0, findings=False),
)


@dataclass(frozen=True)
class _Content:
    """What is drawn, before it is laid out."""

    course: Course
    points: tuple[MrdPoint, ...]
    items: tuple[TimelineItem, ...]
    samples: tuple[FlowSample, ...]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Ids of the facts that need a place on the time axis."""
        ends = (name for item in self.items for name in (item.host, item.last) if name)
        return (*(point.host for point in self.points), *ends)

    @property
    def simulated(self) -> bool:
        """Whether anything drawn is simulated."""
        drawn = (self.points, self.items, self.samples)
        return self.course.case.simulated or any(self.marks(group) for group in drawn)

    def marks(self, drawn: Sequence[MrdPoint | TimelineItem | FlowSample]) -> bool:
        """Whether a panel with these must say that it shows simulated data."""
        return bool(drawn) and (self.course.case.simulated or any(one.simulated for one in drawn))


def draw_course(
    course: Course,
    judgements: Iterable[Judgement],
    flow_samples: Sequence[FlowSample] = (),
    *,
    width_mm: float = 180,
    panels: Collection[str] | None = None,
) -> Figure:
    """The figure of a course, `width_mm` wide (180 for a page, 85 for one column).

    `panels` are the letters to draw (C, D, E, F; None for all that have data); D and E stand
    for all `flow_samples`. A panel without data leaves no hole. The page grows with its content
    to 275 mm; beyond that words move from the timeline into a numbered key, and only a course
    too long for that makes a higher page. The same input gives the same figure.
    """
    wanted = ALL_PANELS if panels is None else panels
    content = _Content(
        course,
        mrd_points(course) if "C" in wanted else (),
        timeline_items(course, tuple(judgements)) if "F" in wanted else (),
        tuple(flow_samples) if {"D", "E"} & set(wanted) else (),
    )
    frame = frame_for(width_mm)
    placement = place_on_axis(course, content.hosts, frame.width)
    with mpl.rc_context(RC):
        return draw_page(_plan(content, placement, frame), frame)


def _plan(content: _Content, placement: Placement, frame: Frame) -> list[Panel]:
    """Panels from the top down, with the fullest wording that fits a page."""

    @cache
    def mrd(log_height: float) -> Panel | None:
        simulated = content.marks(content.points)
        return plan_mrd_course(
            content.points, placement, frame, log_height=log_height, simulated=simulated
        )

    trials = (
        _planned(content, placement, frame, economy, mrd(economy.log_height))
        for economy in _ECONOMIES
    )
    lowest: list[Panel] | None = None
    for panels in trials:
        if page_height(panels) <= MAX_HEIGHT:
            return panels
        if lowest is None or page_height(panels) < page_height(lowest):
            lowest = panels
    return lowest or []


def _planned(
    content: _Content, placement: Placement, frame: Frame, economy: _Economy, mrd: Panel | None
) -> list[Panel]:
    """The panels that have data, then the key and the legends that they share."""
    case = content.course.case
    simulated = content.marks(content.items)
    planner = plan_timeline if economy.findings else plan_without_findings
    times = time_entries((placement.by_id[host] for host in content.hosts), placement.axis)
    timeline = planner(
        content.items, placement, frame, economy.wording, simulated=simulated, times=times
    )
    key = key_texts(timeline[1]) if timeline else ()
    rows = [
        mrd,
        plan_flow(content.samples, frame, side=economy.plot_side),
        timeline[0] if timeline else None,
        None if timeline else replace(legend(times, frame), gap=0.4),
        plan_key(key, frame, most_lines=economy.key_lines),
        plan_footer(
            frame, title=case.title, reference=case.reference, simulated=content.simulated
        ),
    ]  # fmt: skip
    return [panel for panel in rows if panel is not None and panel.height > 0]
