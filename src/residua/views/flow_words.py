"""What a flow panel says of its sample: the level, the antigens, and what limits them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.mrd_result import MrdLevel
from residua.views.fact_words import DENOMINATORS, GATED_ON, antigen_words, other_flags
from residua.views.wording import (
    count_words,
    date_words,
    fraction_interval_words,
    id_words,
    short_fraction,
    span_words,
)

_MUST_BE_SEEN = (
    "gate template not validated",
    "salvaged",
    "haemodiluted marrow",
    "cells that lost it are missed",
)


def flow_title(course: Course, item: Placed, specimen: str) -> str:
    """The specimen and its date; an unlabelled sample says that it is one."""
    name = id_words(specimen)
    when = span_words(item.span) if item.span.exact else date_words(course, item)
    dated = f"{name}, {when}" if item.dated else name
    context = item.fact.context if isinstance(item.fact, Assessment) else None
    return f"{dated}: {context}" if context else dated


def flow_note(
    item: Placed,
    level: MrdLevel,
    antigens: Sequence[AntigenReading],
    others: Iterable[str] = (),
) -> str:
    """One sentence: the fraction with its interval and status, antigens with theirs, flags.

    Of the `others`, of the result, those without which the number would be misread. Each
    part stands on lines of its own.
    """
    residual = isinstance(item.fact, MrdReading)
    share = "0" if level.fraction is None else short_fraction(level.fraction)
    words = [f"{'MRD' if residual else 'Blast fraction'} {share} ({_counts(level)})"]
    if residual:
        words[0] += f", {level.status}" + (f" ({level.reason})" if level.reason else "")
    seen = [flag for flag in others if any(part in flag for part in _MUST_BE_SEEN)]
    told = [reading for reading in antigens if not _said_by(seen, reading)]
    words += [antigen_words(reading, reading.positive) for reading in told]
    flags: dict[str, list[str]] = {}
    for reading in told:
        for flag in other_flags(reading):
            flags.setdefault(flag, []).append(reading.marker)
    words += _flag_words(flags)
    if residual:
        words += [flag for flag in level.flags if flag != "simulated" and flag not in flags]
    return ";\n".join([*words, *seen])


def _said_by(flags: Iterable[str], reading: AntigenReading) -> bool:
    """Whether a flag says that this antigen gates the blasts, and what that misses."""
    start = f"blasts are gated by {reading.marker} "
    return GATED_ON in reading.flags and any(flag.startswith(start) for flag in flags)


def _flag_words(flags: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """``CD22: the one; the other``: the flags of the same antigens together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for flag, markers in flags.items():
        together.setdefault(tuple(markers), []).append(flag)
    for markers, said in together.items():
        yield f"{' and '.join(markers)}: {'; '.join(said)}"


def _counts(level: MrdLevel) -> str:
    of = DENOMINATORS.get(level.denominator.kind, "cells of a denominator not stated")
    counts = f"{count_words(level.numerator)} of {count_words(level.denominator.count)} {of}"
    if level.interval is None:
        return counts
    ends = (level.interval.low, level.interval.high)
    return f"{counts}; 95 % counting interval {fraction_interval_words(ends)}"
