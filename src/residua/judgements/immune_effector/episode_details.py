"""What goes with the grade of an episode: onset, worst, recovery, treatments, window, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.course.course import Range
from residua.judgements.immune_effector.episodes import Episode
from residua.judgements.immune_effector.scales import Graded
from residua.judgements.immune_effector.signs import Sign
from residua.judgements.judgement import Details
from residua.standards.rulebook import load

NOT_STATED = "day not stated"


def window_words() -> str:
    """The window in words, marked as a choice."""
    last = int(load("conventions")["effector-window"].limit.value)  # type: ignore[union-attr]
    return f"days 0 to {last} after the infusion (Residua's choice)"


def details(
    episode: Episode, graded: Graded, reported: tuple[int, ...], own: frozenset[str]
) -> Details:
    """Onset to recovery of what was there, the treatments, and the window.

    `reported` are the grades that count under the scale, `own` its domains; signs of others
    tell nothing of its episode.
    """
    positive = tuple(s for s in episode.signs if s.domain in own and s.positive)
    found = dict(_course(episode, positive, graded, reported))
    found |= dict(_treated(s for s in episode.signs if s.domain == "anticytokine"))
    return (*found.items(), ("window", window_words()))


def _course(
    episode: Episode, positive: tuple[Sign, ...], graded: Graded, reported: tuple[int, ...]
) -> Iterator[tuple[str, str]]:
    there = [r for r in episode.reports if r.present is not False]
    if not positive and not there:
        return
    starts = [*(s.days for s in positive), *(r.days for r in there)]
    yield "onset", _first(starts)
    if graded.grade and positive:
        yield "worst", f"grade {graded.grade}, {_worst_day(graded)}"
    elif graded.grade is None and len(reported) == 1 and reported[0] and there:
        yield "worst", f"grade {reported[0]} as reported, {day_words(there[0].days)}"
    yield "recovery", _recovery(positive, [r.end for r in there])


def _worst_day(graded: Graded) -> str:
    signs = graded.worst or tuple(s for s in graded.used if s.positive)
    shown = [f"{s.shown}, {day_words(s.days)}" for s in signs]
    return "; ".join(dict.fromkeys(shown)) or NOT_STATED


def _first(starts: list[Range]) -> str:
    """The earliest day; where some are not stated, only that it was not later."""
    dated = [d for d in starts if d.longest is not None]
    if not dated:
        return NOT_STATED
    low = min((d.shortest or 0) for d in dated)
    high = min(d.longest for d in dated if d.longest is not None)
    words = day_words(Range(low, high))
    return words if len(dated) == len(starts) else f"not after day {high} (other days not stated)"


def _recovery(positive: tuple[Sign, ...], reported: list[Range | None]) -> str:
    """The end that the source states of the syndrome, else the last end of its signs."""
    told = [end for end in reported if end is not None]
    ends = told if told else [s.end for s in positive]
    last = [end for end in ends if end is not None and end.longest is not None]
    if ends and len(last) == len(ends):
        low = max(end.shortest or 0 for end in last)
        high = max(end.longest for end in last if end.longest is not None)
        return f"{day_words(Range(low, high))} ({'as reported' if told else 'end of the signs'})"
    seen = [d for s in positive if (d := (s.end or s.days).longest) is not None]
    return f"not stated; last sign by day {max(seen)}" if seen else "not stated"


def _treated(treatments: Iterable[Sign]) -> Iterator[tuple[str, str]]:
    days: dict[str, list[str]] = {}
    for sign in treatments:
        days.setdefault(sign.shown, []).append(_span(sign))
    for name, listed in days.items():
        yield name, ", ".join(dict.fromkeys(listed))


def _span(sign: Sign) -> str:
    sure = "" if sign.sure else " (whether after this infusion is not stated)"
    if sign.end is None:
        return f"{day_words(sign.days)}{sure}"
    return f"{day_words(sign.days)} to {day_words(sign.end)}{sure}"


def day_words(days: Range) -> str:
    """``day 3``, ``day 0-30`` for a day within a range, or that it is not stated."""
    if days.shortest is None or days.longest is None:
        return NOT_STATED
    if days.shortest == days.longest:
        return f"day {days.shortest}"
    return f"day {days.shortest}-{days.longest}"
