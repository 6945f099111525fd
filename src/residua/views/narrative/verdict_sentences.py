"""What the standards say of an event, in one sentence for each axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from residua.judgements.axis import AXES, axis_of, axis_rank
from residua.judgements.judgement import Judgement
from residua.views.narrative.sentence import Sentence, listed, sentence
from residua.views.standard_names import axis_name, judged_by, standard_name, term_name

UNNAMED = ("chimerism", "relapse-mechanism")
"""Axes of their own, not standards that somebody published: the heading says what they are."""


def verdict_sentences(judgements: Sequence[Judgement], when: str = "") -> tuple[Sentence, ...]:
    """One sentence for each thing judged, with its day where one is given."""
    ordered = sorted(judgements, key=lambda j: (axis_rank(axis_of(j)), _heading(j)))
    return tuple(_axis(name, tuple(group), when) for name, group in groupby(ordered, key=_heading))


def _heading(judgement: Judgement) -> str:
    axis = axis_of(judgement)
    return axis_name(axis) if axis in AXES else term_name(judgement.term)


def _axis(name: str, judged: tuple[Judgement, ...], when: str) -> Sentence:
    """``Response: failure by ELN 2024 (published later); CR by NCI 2010 (as reported); ...``."""
    parts = [_said(word, [j for j in judged if j.verdict == word]) for word in _words(judged)]
    open_ = _names(j for j in judged if j.outcome == "not assessable")
    parts += [f"not assessable under {listed(open_)}"] if open_ else []
    outside = _names(j for j in judged if j.outcome == "does not apply")
    do = "does" if len(outside) == 1 else "do"
    parts += [f"{listed(outside)} {do} not apply"] if outside else []
    day = f", {when}" if when else ""
    return sentence(f"{name}{day}: {'; '.join(parts)}", (), (j.id for j in judged))


def _names(judged: Iterable[Judgement]) -> list[str]:
    return list(dict.fromkeys(_by(j) for j in judged))


def _by(judgement: Judgement) -> str:
    """The standard, with its variant where the heading does not say it."""
    if axis_of(judgement) in AXES:
        return judged_by(judgement)
    return standard_name(judgement.standard, judgement.version)


def _words(judged: Sequence[Judgement]) -> list[str]:
    return list(dict.fromkeys(j.verdict for j in judged if j.verdict is not None))


def _said(word: str, judged: Sequence[Judgement]) -> str:
    head, _, detail = word.partition(": ")
    said = f"{head} ({detail})" if detail else head
    if judged[0].standard in UNNAMED:
        return said + _marks(judged[0])
    names = list(dict.fromkeys(_by(j) + _marks(j) for j in judged))
    return f"{said} by {listed(names)}"


def _marks(judgement: Judgement) -> str:
    marks = ["as reported"] if judgement.basis == "reported" else []
    marks += ["published later"] if judgement.published_after_event else []
    return f" ({', '.join(marks)})" if marks else ""
