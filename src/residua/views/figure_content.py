"""What the figure of a course shows, panel by panel, before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from residua.course.course import Course
from residua.course.curves import Curves
from residua.course.cytokine_curve import CytokineCurve
from residua.course.transgene_curve import TransgeneCurve
from residua.judgements.judgement import Judgement
from residua.views.cytokine_lines import cytokine_lines, drawn_infusion
from residua.views.effector_episodes import Episode, effector_episodes
from residua.views.flow_sample import FlowSample, sample_letters
from residua.views.mrd_points import MrdPoint, mrd_points
from residua.views.timeline_item import TimelineItem
from residua.views.timeline_items import timeline_items

Drawn = MrdPoint | TimelineItem | FlowSample | CytokineCurve | Episode | TransgeneCurve


@dataclass(frozen=True)
class FigureContent:
    """The data of each panel; `letters` are those drawn, from the top down, all with data.

    ``printed`` says which letter stands on a panel where it is not its own.
    """

    course: Course
    letters: tuple[str, ...]
    points: tuple[MrdPoint, ...]
    items: tuple[TimelineItem, ...]
    samples: Mapping[str, FlowSample]
    curves: Curves
    episodes: tuple[Episode, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)

    def only(self, letters: Sequence[str]) -> FigureContent:
        """The panels of these letters, in this order; those without data are left out."""
        return replace(self, letters=tuple(one for one in letters if one in self.letters))

    def relettered(self) -> FigureContent:
        """Lettered A, B, ... in the order drawn, and so the labels within the panels."""
        printed = {own: chr(ord("A") + n) for n, own in enumerate(self.letters)}
        return replace(
            self,
            points=tuple(replace(one, label=_label(one.label, printed)) for one in self.points),
            items=tuple(replace(one, label=_label(one.label, printed)) for one in self.items),
            printed=printed,
        )

    def letter(self, own: str) -> str:
        """The letter that is printed on the panel `own`."""
        return self.printed.get(own, own)

    def of(self, letter: str) -> tuple[Drawn, ...]:
        """What the panel draws."""
        if letter in self.samples:
            return (self.samples[letter],)
        drawn: Mapping[str, tuple[Drawn, ...]] = {
            "A": (*(line.curve for line in cytokine_lines(self.curves.cytokines)), *self.episodes),
            "B": tuple(curve for curve in self.curves.transgene if curve.drawn),
            "C": self.points,
            "F": self.items,
        }
        return drawn.get(letter, ())

    @property
    def hosts(self) -> tuple[str, ...]:
        """Ids of the facts that need a place on the time axis."""
        items = self.items if "F" in self.letters else ()
        points = self.points if "C" in self.letters else ()
        ends = (name for item in items for name in (item.host, item.last) if name)
        return (*(point.host for point in points), *ends)

    @property
    def simulated(self) -> bool:
        """Whether anything drawn is simulated."""
        return self.course.case.simulated or any(self.marks(letter) for letter in self.letters)

    def marks(self, letter: str) -> bool:
        """Whether the panel must say that it shows simulated data."""
        drawn = self.of(letter)
        return bool(drawn) and (self.course.case.simulated or any(one.simulated for one in drawn))


def content_of(
    course: Course,
    judgements: Iterable[Judgement],
    flow_samples: Sequence[FlowSample],
    *,
    curves: Curves,
    effector: Iterable[Judgement],
) -> FigureContent:
    """Every panel that has data; samples of a simulated case say that they are simulated."""
    mark = course.case.simulated
    samples = [replace(one, simulated=one.simulated or mark) for one in flow_samples]
    flow = dict(zip(sample_letters(samples), samples, strict=True))
    shown = drawn_infusion(curves.cytokines)
    order = ("A", "B", "C", *(letter for letter in flow if letter < "F"), "F")
    every = (*order, *(letter for letter in flow if letter not in order))
    whole = FigureContent(
        course, every, mrd_points(course), timeline_items(course, tuple(judgements)), flow, curves,
        tuple(e for e in effector_episodes(course, effector) if e.infusion == shown),
    )  # fmt: skip
    return whole.only([letter for letter in every if whole.of(letter)])


def _label(label: str, printed: Mapping[str, str]) -> str:
    return printed.get(label[:1], label[:1]) + label[1:]
