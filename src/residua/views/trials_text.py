"""Trials and citing papers as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from residua.judgements.evidence import CitedBeside
from residua.standards.citing import CitingPaper
from residua.standards.trial import Result, Trial
from residua.views.evidence_words import (
    cited_words,
    denominator_words,
    endpoint_words,
    mark_words,
    number_words,
    remark_words,
)

_WIDTH = 100


def trials_text(trials: Sequence[Trial], papers: Iterable[CitingPaper]) -> str:
    """All trials and citing papers, one a line."""
    width = max(len(trial.id) for trial in trials)
    lines = [f"{t.id:<{width}}  {t.name}; results: {len(t.results)}" for t in trials]
    lines += [f"{p.id:<{width}}  what it says of its sources: {p.cite}" for p in papers]
    return "\n".join(lines)


def trial_text(trial: Trial) -> str:
    """One trial: who was treated, its arms, and every result with its source."""
    registered = f"; registered as {trial.registration}" if trial.registration else ""
    published = str(trial.published) if trial.published else "not stated"
    lines = [
        trial.id,
        *_fill(trial.name),
        *_fill(f"{trial.cite}{registered}"),
        *_fill(f"published: {published}; checked by: {trial.checked_by or 'nobody yet'}"),
        *_fill(f"population: {trial.population}"),
        *(_fill(f"design: {trial.design}") if trial.design else []),
    ]
    for arm in trial.arms:
        size = f", {arm.size} patients" if arm.size is not None else ""
        lines += _fill(f"arm {arm.name}: {arm.treatment}{size}")
    for note in trial.notes:
        lines += _fill(f"note: {note}")
    for name in dict.fromkeys(result.arm for result in trial.results):
        lines += ["", f"{name}:"]
        lines += [line for r in trial.results if r.arm == name for line in _result_lines(r)]
    return "\n".join(lines)


def citing_text(paper: CitingPaper) -> str:
    """One citing paper: each of its statements beside what the source says."""
    lines = [paper.id, *_fill(paper.cite)]
    for cited in paper.cited:
        lines += ["", *_fill(cited_words(CitedBeside(paper, cited)))]
    return "\n".join(lines)


def _result_lines(result: Result) -> Iterator[str]:
    mark = f" ({words})" if (words := mark_words(result)) else ""
    yield from _fill(f"{endpoint_words(result)}: {number_words(result)}{mark}")
    whom = denominator_words(result)
    details = [f"of {whom}" if whom else "", remark_words(result)]
    for detail in (*(d for d in details if d), f"{result.clause} [{result.cite}]"):
        yield from _fill(detail, indent="      ")


def _fill(text: str, *, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent="      ", break_on_hyphens=False
    )
