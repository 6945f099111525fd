"""Which grades a scale leaves possible for the signs of one episode.

An episode is as bad as its worst day and its worst sign: each statement is graded beside one of
each other domain, and the worst counts. Where the record leaves open whether a sign belongs to
the episode, the grades with it and without it are both possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from residua.judgements.immune_effector.pressors import joined
from residua.judgements.immune_effector.signs import Sign
from residua.standards import astct_crs, astct_icans, lee, penn
from residua.standards.grade_book import GradeBook
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

Words = Mapping[str, str]


@dataclass(frozen=True)
class Scale:
    """A standard, the syndrome that it grades, and what each of its findings is called here.

    ``takes`` maps a domain of the signs to a finding; ``not_word`` holds the word of a domain
    that says nothing to the scale (no fever is not "no constitutional symptoms").
    """

    syndrome: str
    book: Callable[[], GradeBook]
    grade: Callable[[str, GradeInputs], Grading]
    takes: Words
    not_word: Words


SCALES: tuple[Scale, ...] = (
    Scale(
        "crs", astct_crs.book, astct_crs.grade,
        {"fever": "fever", "hypotension": "hypotension", "hypoxia": "hypoxia",
         "anticytokine": "anticytokine"}, {},
    ),
    Scale(
        "crs", lee.book, lee.grade,
        {"fever": "constitutional", "constitutional": "constitutional",
         "hypotension": "hypotension", "hypoxia": "oxygen", "organ_toxicity": "organ_toxicity",
         "transaminitis": "transaminitis"}, {"fever": "no"},
    ),
    Scale("crs", penn.book, penn.grade, {"hypotension": "hypotension"}, {}),
    Scale(
        "icans", astct_icans.book, astct_icans.grade,
        {name: name for name in ("ice", "capd", "consciousness", "sedated", "seizure", "motor",
                                 "edema")}, {},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Graded:
    """The grades that stay possible; ``deciding`` is the grading of the worst combination,
    ``used`` its signs, ``worst`` those without any one of which the grade could be lower."""

    possible: tuple[int, ...]
    deciding: Grading
    missing: tuple[str, ...]
    used: tuple[Sign, ...]
    worst: tuple[Sign, ...] = ()

    @property
    def grade(self) -> int | None:
        """The grade, where one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


def grade_episode(scale: Scale, term: str, signs: tuple[Sign, ...]) -> Graded:
    """What the scale says of the signs, with and without those that may not belong."""
    taken = _timed(joined(signs))
    taken = tuple(s for s in taken if _takes(scale, s))
    every = _worst(scale, term, taken)
    if all(sign.sure for sign in taken):
        return every
    sure = _worst(scale, term, tuple(s for s in taken if s.sure))
    possible = tuple(sorted({*every.possible, *sure.possible}))
    missing = tuple(dict.fromkeys((*every.missing, *sure.missing)))
    return replace(every, possible=possible, missing=missing)


def _takes(scale: Scale, sign: Sign) -> bool:
    return sign.domain in scale.takes and scale.not_word.get(sign.domain) != sign.word


def _timed(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Therapy that may have come only after the signs does not surely replace the fever."""
    days = [s.days.shortest for s in signs if s.domain in ("hypotension", "hypoxia") and s.positive]
    first = None if not days or None in days else min(day for day in days if day is not None)
    late = {s for s in signs if s.domain == "anticytokine" and days and not _by(s, first)}
    return tuple(replace(s, sure=False) if s in late else s for s in signs)


def _by(sign: Sign, first: int | None) -> bool:
    latest = sign.days.longest
    return first is not None and latest is not None and latest <= first


def _worst(scale: Scale, term: str, signs: tuple[Sign, ...]) -> Graded:
    by_finding: dict[str, dict[str, Sign]] = {}
    for sign in _telling(signs):
        by_finding.setdefault(scale.takes[sign.domain], {}).setdefault(sign.word, sign)
    names = tuple(by_finding)
    gradings: list[tuple[Grading, tuple[Sign, ...]]] = []
    for words in product(*(by_finding[name] for name in names)):
        findings = dict(zip(names, words, strict=True))
        used = tuple(by_finding[name][word] for name, word in findings.items())
        gradings.append((scale.grade(term, GradeInputs(findings=findings)), used))
    found = _highest(gradings)
    return replace(found, worst=tuple(_without_which_lower(scale, term, found)))


def _without_which_lower(scale: Scale, term: str, found: Graded) -> Iterator[Sign]:
    """The signs without any one of which a lower grade would be possible."""
    for sign in found.used:
        rest = {scale.takes[s.domain]: s.word for s in found.used if s is not sign}
        without = scale.grade(term, GradeInputs(findings=rest))
        if sign.positive and min(without.possible) < min(found.possible):
            yield sign


def _highest(gradings: list[tuple[Grading, tuple[Sign, ...]]]) -> Graded:
    """The worst of several gradings, each of which may leave several grades open."""
    floor = max(min(grading.possible) for grading, _ in gradings)
    possible = sorted({g for grading, _ in gradings for g in grading.possible if g >= floor})
    deciding, used = max(gradings, key=lambda pair: (min(pair[0].possible), max(pair[0].possible)))
    missing = [m for g, _ in gradings if max(g.possible) > floor for m in g.missing]
    return Graded(tuple(possible), deciding, tuple(dict.fromkeys(missing)), used)


def _telling(signs: Iterable[Sign]) -> list[Sign]:
    """Without what a worse statement of the same domain makes empty."""
    listed = list(signs)
    worse = {s.domain for s in listed if s.positive}
    told = {s.domain for s in listed if s.positive and s.word not in _VAGUE}
    outdone = {"vague": told, "benign": worse}
    return [s for s in listed if s.domain not in outdone.get(_kind(s), ())]


def _kind(sign: Sign) -> str:
    return "benign" if not sign.positive else "vague" if sign.word in _VAGUE else "telling"


_VAGUE = ("yes", "any-vasopressor")
