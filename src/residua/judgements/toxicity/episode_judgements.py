"""The judgement of one episode: its worst grade, with all that a reader needs beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from residua.course.course import Course
from residua.judgements.judgement import Details, Judgement
from residua.judgements.toxicity.disease import CONFOUNDED
from residua.judgements.toxicity.episodes import Episode
from residua.judgements.toxicity.graded import BEFORE_ANY, Series
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.toxicity.support import Given
from residua.judgements.toxicity.window import window_of
from residua.judgements.toxicity.words import (
    baseline_words,
    counts_words,
    onset_words,
    recovery_words,
    support_words,
    worst_row,
    worst_words,
)
from residua.judgements.unjudged import unjudged

NO_WINDOW = f"none: {BEFORE_ANY}"
TRANSFUSION = (
    "a transfusion was given: where that shows that one was indicated, the grade is at least 3"
)


def judge_episode(
    course: Course, series: Series, episode: Episode, given: Iterable[Given]
) -> Judgement:
    """One judgement: the verdict is the worst grade, where the values settle it."""
    onset = worst_row(episode.moments[:1], episode.moments[0].low)
    worst = _decisive(episode)
    settled = episode.low == episode.high
    values = [row for moment in episode.moments for row in moment.rows]
    support = support_words(episode, series, given)
    grading = worst.grading
    count = f"worst of {len(values)} values: " if len(values) > 1 else ""
    first = onset.value
    return replace(
        unjudged(
            series.book, first.item.id, series.term.id, day=first.fact.date, span=first.item.span
        ),
        outcome="verdict" if settled else "not assessable",
        verdict=f"grade {episode.low}" if settled else None,
        basis="computed" if settled else None,
        reason=f"{count}{grading.reason}",
        clause=grading.clause,
        cite=grading.cite,
        provenance=grading.provenance,
        facts=_facts(episode, values),
        missing=() if settled else grading.missing,
        notes=_notes(series, episode, worst, support),
        details=_details(course, series, episode, support),
    )


def _decisive(episode: Episode) -> GradedValue:
    """The first worst value; where the worst grade is open, the first that leaves it so."""
    if episode.low == episode.high:
        return worst_row(episode.moments, episode.low)
    rows = [row for moment in episode.moments for row in moment.rows]
    return next(row for row in rows if max(row.grading.possible, default=0) == episode.high)


def _facts(episode: Episode, values: Iterable[GradedValue]) -> tuple[str, ...]:
    ended = episode.recovered.rows if episode.recovered else ()
    listed = [*values, *ended]
    ids = [row.value.item.id for row in listed]
    ids += [row.baseline.item.id for row in listed if row.baseline]
    ids += [name for row in listed for name in row.beside]
    return tuple(dict.fromkeys(ids))


def _notes(series: Series, episode: Episode, worst: GradedValue, support: str) -> tuple[str, ...]:
    flags = [*_onset_flags(episode), *worst.flags, *worst.grading.readings]
    if any(CONFOUNDED in flag or "confounded" in flag for flag in flags):
        flags.append("the grade is given; it is laid to no drug")
    asks = {kind.name for kind in series.term.findings}
    if "transfusion_indicated" in asks and support.startswith("with") and episode.low < 3:
        flags.append(TRANSFUSION)
    return tuple(dict.fromkeys(flags))


def _onset_flags(episode: Episode) -> tuple[str, ...]:
    return tuple(flag for row in episode.moments[0].rows for flag in row.flags)


def _details(course: Course, series: Series, episode: Episode, support: str) -> Details:
    first = episode.moments[0].rows[0].value
    end = (episode.recovered or episode.moments[-1]).rows[0].value
    window = window_of(course, first.item, end.item, before_any=first.place.before_any)
    if first.place.before_any and end.place.before_any:
        window = ()
    baseline = series.baselines.get(first.place.order)
    told = [
        ("onset", onset_words(episode)),
        ("worst", worst_words(episode)),
        ("recovery", recovery_words(episode)),
        ("support", support),
        ("counts", counts_words(episode)),
        ("baseline", baseline_words(baseline, episode.target)),
        *(window or (("window", NO_WINDOW if first.place.before_any else "none stated"),)),
    ]
    return tuple((name, words) for name, words in told if words)
