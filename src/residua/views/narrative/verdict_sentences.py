"""What the standards say of an event, in one sentence for each axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from residua.judgements.axis import axis_of, axis_rank
from residua.judgements.judgement import Judgement
from residua.views.narrative.sentence import Sentence, listed, sentence
from residua.views.standard_names import axis_name, judged_by

OPEN = (("not assessable", "not assessable under"), ("does not apply", "outside"))


def verdict_sentences(judgements: Sequence[Judgement]) -> tuple[Sentence, ...]:
    """One sentence for each axis that has a verdict, one for what is not assessable."""
    ordered = sorted(judgements, key=lambda j: axis_rank(axis_of(j)))
    return tuple(_axis(axis, tuple(group)) for axis, group in groupby(ordered, key=axis_of))


def _axis(axis: str, judged: tuple[Judgement, ...]) -> Sentence:
    """``Response: failure by ELN 2024 (published later); CR by NCI 2010 (as reported); ...``."""
    parts = [_said(word, [j for j in judged if j.verdict == word]) for word in _words(judged)]
    for outcome, words in OPEN:
        names = [judged_by(j) for j in judged if j.outcome == outcome]
        if names:
            parts.append(f"{words} {listed(list(dict.fromkeys(names)))}")
    name = axis_name(axis)
    return sentence(f"{name}: {'; '.join(parts)}", (), (j.id for j in judged))


def _words(judged: Sequence[Judgement]) -> list[str]:
    return list(dict.fromkeys(j.verdict for j in judged if j.verdict is not None))


def _said(word: str, judged: Sequence[Judgement]) -> str:
    names = [judged_by(j) + _marks(j) for j in judged]
    head, _, detail = word.partition(": ")
    said = f"{head} ({detail})" if detail else head
    return f"{said} by {listed(list(dict.fromkeys(names)))}"


def _marks(judgement: Judgement) -> str:
    marks = ["as reported"] if judgement.basis == "reported" else []
    marks += ["published later"] if judgement.published_after_event else []
    return f" ({', '.join(marks)})" if marks else ""
