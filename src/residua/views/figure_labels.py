"""The short labels printed beside drawn items, and the facts behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.curves import Curves
from residua.judgements.judgement import Judgement
from residua.views.cytokine_lines import cytokine_lines
from residua.views.flow_sample import FlowSample, sample_letters
from residua.views.mrd_points import mrd_points
from residua.views.timeline_items import timeline_items
from residua.views.transgene_labels import transgene_texts


@dataclass(frozen=True)
class FigureLabel:
    """A label such as ``C2``, the ids of the facts and judgements behind it, and its words."""

    label: str
    ids: tuple[str, ...]
    text: str


def figure_labels(
    course: Course,
    judgements: Iterable[Judgement],
    flow_samples: Sequence[FlowSample] = (),
    *,
    curves: Curves | None = None,
) -> dict[str, FigureLabel]:
    """Label -> what stands behind it, without drawing.

    Labels depend only on the course, never on the layout: panel letter and number in the order
    of the course. A panel of flow events is labelled by its letter alone; a curve of the laboratory
    has one label for all of its values.
    """
    given = curves or Curves()
    labels = list(_cytokine_labels(given))
    labels += [FigureLabel(*made) for made in transgene_texts(given.transgene)]
    labels += [FigureLabel(p.label, _ids(p.fact, p.host), p.text) for p in mrd_points(course)]
    labels += [
        FigureLabel(letter, sample.ids, sample.title)
        for letter, sample in zip(sample_letters(flow_samples), flow_samples, strict=True)
    ]
    labels += [FigureLabel(i.label, i.ids, i.text) for i in timeline_items(course, judgements)]
    return {label.label: label for label in labels}


def _cytokine_labels(curves: Curves) -> Iterator[FigureLabel]:
    """One for each curve of panel A: the infusion and the values."""
    for line in cytokine_lines(curves.cytokines):
        yield FigureLabel(f"A{line.number}", (line.curve.infusion, *line.curve.facts), line.text)


def _ids(fact: str, host: str) -> tuple[str, ...]:
    return (fact,) if fact == host else (fact, host)
