"""The course in sentences, each linked to the fact or verdict that it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from residua.course.course import Course
from residua.judgements.judgement import Judgement
from residua.views.anchors import fact_anchor, verdict_anchor
from residua.views.narrative.course_sentences import course_paragraphs
from residua.views.narrative.sentence import Sentence

TOLD_WHOLE = ("response",)
TOLD_VERDICTS = ("toxicity", "immune effector", "cytopenia", "liver", "graft", "mechanism")


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence and where it leads: the first fact and the first verdict behind it."""

    text: str
    links: tuple[tuple[str, str], ...]
    mark: str = "›"


@dataclass(frozen=True)
class LinkedParagraph:
    """The sentences of one event."""

    title: str
    date: str
    sentences: tuple[LinkedSentence, ...]


def linked_paragraphs(
    course: Course, families: Mapping[str, Iterable[Judgement]]
) -> tuple[LinkedParagraph, ...]:
    """The course; of response every outcome is told, of toxicity and the like only verdicts."""
    told = [j for name in TOLD_WHOLE for j in families.get(name, ())]
    told += [j for name in TOLD_VERDICTS for j in families.get(name, ()) if j.verdict]
    return tuple(
        LinkedParagraph(p.title, p.date, tuple(_linked(s) for s in p.sentences))
        for p in course_paragraphs(course, told)
    )


def _linked(sentence: Sentence) -> LinkedSentence:
    links = [(name, fact_anchor(name)) for name in sentence.facts[:1]]
    links += [(name, verdict_anchor(name)) for name in sentence.judgements[:1]]
    return LinkedSentence(sentence.text, tuple(links))
