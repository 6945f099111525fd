"""The panels of a course laid out in rows on one page, with the fullest wording that fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from residua.views.curve_row import plan_curves
from residua.views.figure_content import FigureContent
from residua.views.page import page_height
from residua.views.panel_letters import is_flow
from residua.views.panels.dated_marks import time_entries
from residua.views.panels.flow_density import plan_flow
from residua.views.panels.footer import plan_footer
from residua.views.panels.key import plan_key
from residua.views.panels.legend import Entry, legend
from residua.views.panels.mrd_course import plan_mrd_course
from residua.views.panels.panel import Frame, Panel
from residua.views.panels.timeline import plan_timeline, plan_without_findings
from residua.views.panels.timeline_layout import Wording, key_texts
from residua.views.places import Placement, place_on_axis
from residua.views.style import MAX_HEIGHT

_Plots = Callable[[tuple[str, ...], float], Panel | None]


@dataclass(frozen=True)
class _Economy:
    """How much room is taken: heights in mm, words in place, lines of an entry of the key.

    `findings` says whether the lane of findings and support is drawn.
    """

    log_height: float
    plot_side: float
    curve_height: float
    wording: Wording
    key_lines: int
    findings: bool = True

    def height(self, letter: str) -> float:
        """Of a plot of the panel, in mm."""
        if is_flow(letter):
            return self.plot_side
        return self.log_height if letter == "C" else self.curve_height


_ROOMY, _USUAL = (50, 50, 42), (38, 42, 34)
_LOW, _LOWEST, _TIGHT = (34, 38, 30), (32, 31, 27), (28, 24, 22)
_FOR_CURVES = (30, 29, 38)  # two plots of A within it can still be read
_ECONOMIES = (
    _Economy(*_ROOMY, Wording.FULL, 99),
    _Economy(*_USUAL, Wording.FULL, 99),
    _Economy(*_USUAL, Wording.TITLES, 99),
    _Economy(*_LOW, Wording.TITLES, 99),
    _Economy(*_LOWEST, Wording.TITLES, 99),
    _Economy(*_LOW, Wording.TITLES, 99, findings=False),
    _Economy(*_LOWEST, Wording.TITLES, 99, findings=False),
    _Economy(*_USUAL, Wording.TAGS, 99),
    _Economy(*_LOWEST, Wording.TAGS, 99),
    _Economy(*_LOW, Wording.TAGS, 99, findings=False),
    _Economy(*_LOW, Wording.TITLES, 0),
    _Economy(*_LOWEST, Wording.TITLES, 0),
    _Economy(*_LOW, Wording.NAMES, 0),
    _Economy(*_LOWEST, Wording.NAMES, 0),
    _Economy(*_FOR_CURVES, Wording.NAMES, 0, findings=False),
    _Economy(*_LOWEST, Wording.NAMES, 0, findings=False),
    _Economy(*_TIGHT, Wording.NAMES, 0),
    _Economy(*_TIGHT, Wording.NAMES, 0, findings=False),
    _Economy(*_LOW, Wording.TAGS, 2),
    _Economy(*_LOWEST, Wording.TAGS, 2),
    _Economy(*_LOW, Wording.TAGS, 2, findings=False),
    _Economy(*_LOW, Wording.TAGS, 1),
    _Economy(*_LOWEST, Wording.TAGS, 1),
    _Economy(*_LOW, Wording.TAGS, 1, findings=False),
    _Economy(*_LOWEST, Wording.TAGS, 1, findings=False),
    _Economy(*_TIGHT, Wording.TAGS, 1),
    _Economy(*_TIGHT, Wording.TAGS, 1, findings=False),
    _Economy(*_LOWEST, Wording.TAGS, 0, findings=False),
)
_TOO_HIGH_ANYWAY = _Economy(*_LOW, Wording.TAGS, 2)


def plan_page(content: FigureContent, frame: Frame, factor: float = 1.0) -> list[Panel]:
    """Panels from the top down, with the fullest wording that fits a page.

    Plots are `factor` times as high as usual. Where no wording fits a page, words stay in a key.
    """
    placement = place_on_axis(content.course, content.hosts, frame.width)
    page = _Page(content, placement, frame, factor)
    plots = cache(page.plots)
    trials = (page.planned(economy, plots) for economy in _ECONOMIES)
    fitting = (panels for panels in trials if page_height(panels) <= MAX_HEIGHT)
    return next(fitting, None) or page.planned(_TOO_HIGH_ANYWAY, plots)


def rows_of(letters: Sequence[str], *, wide: bool) -> list[tuple[str, ...]]:
    """Neighbouring letters that share a row: flow samples, and on a wide page the curves."""
    rows: list[tuple[str, ...]] = []
    for letter in letters:
        kind = _shared(letter) if wide or is_flow(letter) else ""
        if kind and rows and _shared(rows[-1][0]) == kind:
            rows[-1] = (*rows[-1], letter)
        else:
            rows.append((letter,))
    return rows


def _shared(letter: str) -> str:
    return "flow" if is_flow(letter) else "curves" if letter in ("A", "B") else ""


@dataclass(frozen=True, eq=False)
class _Page:
    """What is laid out, and on what."""

    content: FigureContent
    placement: Placement
    frame: Frame
    factor: float

    def plots(self, row: tuple[str, ...], height: float) -> Panel | None:
        """The panels of a row but the timeline; `height` in mm of each plot."""
        content, frame, high = self.content, self.frame, height * self.factor
        if is_flow(row[0]):
            return self._flow(row, high)
        if row != ("C",):
            return plan_curves(content, row, frame, high)
        return plan_mrd_course(
            content.points, self.placement, frame, log_height=high,
            simulated=content.marks("C"), letter=content.letter("C"), curves=content.curves.mrd,
        )  # fmt: skip

    def planned(self, economy: _Economy, plots: _Plots) -> list[Panel]:
        """The panels, each with its key; a legend of times where no timeline has it; the foot."""
        letters, case = self.content.letters, self.content.course.case
        timeline = self._timeline(economy) if "F" in letters else []
        panels: list[Panel | None] = []
        for row in rows_of(letters, wide=not self.frame.narrow):
            panels += timeline if row == ("F",) else [plots(row, economy.height(row[0]))]
        if not timeline:
            panels.append(replace(legend(self._times, self.frame), gap=0.4))
        simulated = self.content.simulated
        panels.append(
            plan_footer(self.frame, title=case.title, reference=case.reference, simulated=simulated)
        )
        return [panel for panel in panels if panel is not None and panel.height > 0]

    def _flow(self, row: Sequence[str], side: float) -> Panel | None:
        samples = [self.content.samples[letter] for letter in row]
        printed = [self.content.letter(letter) for letter in row]
        return plan_flow(samples, self.frame, side=side, letters=printed)

    def _timeline(self, economy: _Economy) -> list[Panel | None]:
        content, frame = self.content, self.frame
        planner = plan_timeline if economy.findings else plan_without_findings
        timeline = planner(
            content.items, self.placement, frame, economy.wording, simulated=content.marks("F"),
            times=self._times, letter=content.letter("F"),
        )  # fmt: skip
        if timeline is None:
            return []
        panel, lanes = timeline
        key = plan_key(key_texts(lanes), frame, most_lines=economy.key_lines, explained_as="F")
        return [panel, key]

    @property
    def _times(self) -> list[Entry]:
        places = (self.placement.by_id[host] for host in self.content.hosts)
        return time_entries(places, self.placement.axis)
