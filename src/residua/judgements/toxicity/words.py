"""An episode in words: onset, worst, recovery, support, how often it was looked at, baseline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from residua.facts.day import Span
from residua.judgements.toxicity.episodes import Episode
from residua.judgements.toxicity.graded import Moment, Series
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.toxicity.moments import Baseline
from residua.judgements.toxicity.support import Given, support_between

DATE_UNKNOWN = "a day not stated"


def day_of(row: GradedValue) -> str:
    """The day of a value as stated."""
    fact = row.value.fact
    return fact.date.text if fact.date else DATE_UNKNOWN


def grades_in_words(low: int, high: int) -> str:
    """``grade 3``, or the grades that are possible."""
    if low == high:
        return f"grade {low}"
    return f"grade {low} {'or' if high == low + 1 else 'to'} {high}"


def worst_row(moments: Iterable[Moment], grade: int) -> GradedValue:
    """The first value that is certainly of this grade or worse."""
    rows = [row for moment in moments for row in moment.rows]
    return next(row for row in rows if max(row.grading.possible[:1], default=-1) >= grade)


def onset_words(episode: Episode) -> str:
    """The first value, and how long before it the last better one was."""
    first = episode.moments[0]
    words = _at(first)
    if episode.before is None:
        return f"{words}; no value before it"
    words += f"; {_at(episode.before)} before it"
    if episode.continues:
        words += "; whether the episode before it had ended is not assessable"
    return words


def worst_words(episode: Episode) -> str:
    """The worst grade with the value and its day."""
    row = worst_row(episode.moments, episode.low)
    words = f"{grades_in_words(episode.low, episode.high)} on {day_of(row)}"
    return f"{words} ({row.value.item.id}: {row.value.value})"


def recovery_words(episode: Episode) -> str:
    """When it ended: never earlier than seen, with the days in between that were not looked at."""
    last = _at(episode.last_above)
    goal = "grade 0" if episode.target == 0 else f"the baseline's grade {episode.target}"
    if episode.recovered is not None:
        back = f"{_at(episode.recovered)}{_against(episode.recovered)}"
        return f"{back}, so to {goal}; {last} last{_bracket(episode)}"
    if episode.perhaps is not None:
        row = next(r for r in episode.perhaps.rows if len(r.grading.possible) > 1)
        lacking = " and ".join(row.grading.missing)
        return f"not assessable: {_at(episode.perhaps)} ({lacking} not stated); {last} last"
    if episode.interrupted is not None:
        line = episode.interrupted.rows[0].value.place.line
        later = f"; {_at(episode.later)}{_against(episode.later)}" if episode.later else ""
        return f"none before {line} began; {last} then{later}"
    return f"not seen: {last}, the last value"


def _against(moment: Moment) -> str:
    """That a later grade 0 is one against a raised baseline, the value itself being high."""
    line = moment.rows[0].value.place.line
    high = any(_above_normal(row) for row in moment.rows) and moment.high == 0
    return f", above normal: graded by the raised baseline of {line}" if high else ""


def _above_normal(row: GradedValue) -> bool:
    value, upper = row.value.value, row.upper
    if row.baseline is None or upper is None or upper.kind != value.kind:
        return False
    return value.to(upper.unit).value > upper.value


def support_words(episode: Episode, series: Series, given: Iterable[Given]) -> str:
    """Transfusions or G-CSF from the onset to the recovery; silence is not absence."""
    end = episode.recovered or episode.moments[-1]
    first, last = _span(episode.moments[0]), _span(end)
    found = support_between(given, series.analyte, first, last)
    if not found:
        return "none documented"
    days = [str(one.item.fact.date or "date not stated") for one in found]
    shown = ", ".join(days) if len(days) <= 4 else f"{days[0]} to {days[-1]}, {len(days)} times"
    kind = "G-CSF" if found[0].kind == "g-csf" else found[0].kind
    return f"with support: {kind} ({shown})"


def counts_words(episode: Episode) -> str:
    """How many values there are, and the longest stretch without one; nothing is filled in."""
    end = [episode.recovered] if episode.recovered else []
    moments = [*episode.moments, *end]
    values = sum(len(moment.rows) for moment in episode.moments)
    words = f"{values} value{'s' * (values > 1)}"
    if len(moments) == 1:
        return words
    days = [moment.rows[0].value.day for moment in moments]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return f"{words}; days not stated, so that their order and gaps are not known"
    without = [(b - a).days - 1 for a, b in pairwise(known) if (b - a).days > 1]
    if not without:
        return f"{words}; no day without one"
    longest = max(without)
    at = next(a for a, b in pairwise(known) if (b - a).days - 1 == longest)
    stretch = f"{at + timedelta(1)} to {at + timedelta(longest)}"
    if sum(without) == 1:
        return f"{words}; 1 day without one ({at + timedelta(1)}), of which nothing is known"
    return (
        f"{words}; {sum(without)} days without one, the longest stretch {longest} ({stretch}): "
        "what happened in them is not known"
    )


def baseline_words(baseline: Baseline | None, grade: int) -> str:
    """The value that the line of therapy began from."""
    if baseline is None:
        return ""
    if baseline.value is None:
        return f"not assessable: {baseline.reason}"
    value = baseline.value
    day = value.fact.date.text if value.fact.date else DATE_UNKNOWN
    graded = f", grade {grade}" if grade else ""
    return f"{value.value} on {day} ({value.item.id}{graded})"


def _at(moment: Moment) -> str:
    row = next((r for r in moment.rows if r.grading.possible), moment.rows[0])
    return f"{grades_in_words(moment.low, moment.high)} on {day_of(row)} ({row.value.item.id})"


def _bracket(episode: Episode) -> str:
    """The first and the last possible day of the recovery, where they differ."""
    assert episode.recovered is not None  # the caller looked
    before = episode.last_above.rows[0].value.day
    after = episode.recovered.rows[0].value.day
    if before is None or after is None:
        return ": on which day is not stated"
    days = (after - before).days
    if days <= 1:
        return ""
    return f": between {before + timedelta(1)} and {after}"


def _span(moment: Moment) -> Span:
    return moment.rows[0].value.item.span
