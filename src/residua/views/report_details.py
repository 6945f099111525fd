"""What goes with the verdicts on one thing: what all standards share is told once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from residua.judgements.judgement import Judgement
from residua.views.standard_names import standard_name

Plain = Callable[[str], str]
_RULE = re.compile(
    r"(true|false|unknown)(?: \(((?:[^()]|\([^()]*\))*)\))?: ((?:\([^()]*\)|[^;(])*)(?:; (.*))?"
)
_RULED = {"true": "holds", "false": "does not hold", "unknown": "not known"}
IN_JSON_ONLY = "earlier lines"
"""Therapies of earlier lines are counted in the window; in full they stand in course.json."""
_WINDOWED = re.compile(r"(.+?) \((.+)\)")


def shared_details(judged: Sequence[Judgement], plain: Plain) -> tuple[tuple[str, str], ...]:
    """Name and words; a standard is named where its words are not those of all."""
    told: dict[str, dict[str, list[str]]] = {}
    for judgement in judged:
        by = standard_name(judgement.standard, judgement.version)
        for name, words in _details(judgement, plain):
            told.setdefault(name, {}).setdefault(words, []).append(by)
    return tuple(
        (name if len(by) == len(judged) else f"{name} ({', '.join(by)})", words)
        for name, said in told.items()
        for words, by in said.items()
    )


def _details(judgement: Judgement, plain: Plain) -> Iterable[tuple[str, str]]:
    rules = [
        (name, match) for name, words in judgement.details if (match := _RULE.fullmatch(words))
    ]
    ruled = {name for name, _ in rules}
    for name, words in judgement.details:
        if name not in ruled and name != IN_JSON_ONLY:
            yield name, plain(windows(words) if name == "window" else words)
    for truth, heading in _RULED.items():
        listed = [_rule(match, truth) for _, match in rules if match[1] == truth]
        if listed:
            yield heading, plain("; ".join(listed))
    if judgement.outcome == "not assessable" and not rules:
        yield "why not", plain(judgement.reason)
    elif not judgement.details and judgement.reason:
        yield "why", plain(judgement.reason)


def _rule(match: re.Match[str], truth: str) -> str:
    """A rule's own words with the value that it was asked of; with its source where it holds."""
    words = f"{match[3]} ({match[2]})" if match[2] else match[3]
    return f"{words} [{match[4]}]" if truth == "true" and match[4] else words


def windows(words: str) -> str:
    """``a (x); b (x); c (y)`` -> ``a, b (x); c (y)``: those with the same times stand together."""
    parts = [_WINDOWED.fullmatch(part) for part in words.split("; ")]
    if not all(parts):
        return words
    times: dict[str, list[str]] = {}
    for part in parts:
        if part is not None:
            times.setdefault(part[2], []).append(part[1])
    return "; ".join(f"{', '.join(names)} ({time})" for time, names in times.items())
