"""Where standards contradict each other about one event on one axis.

Two verdicts disagree when no state of the patient fits both words. ``not CR`` leaves open
what it is instead, so it fits ``PR`` and ``failure`` but not ``CR``; ``CR`` and ``CRi`` never
fit together. What is not assessable or does not apply takes no side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from residua.judgements.axis import CLAIM, axis_of
from residua.judgements.judgement import Judgement

# Verdict word -> the states of the patient that it leaves open, by axis. A word that is not
# listed stands for itself alone.
MEANINGS: dict[str, dict[str, frozenset[str]]] = {
    "response": {
        "not CR": frozenset({"CRi", "CRh", "MLFS", "PR", "failure"}),
        "refractory": frozenset({"failure"}),
    },
    "mrd": {
        "complete MRD response": frozenset({"negative"}),
        "MRD-negative": frozenset({"negative"}),
        "MRD failure": frozenset({"positive"}),
        "MRD persistence": frozenset({"positive"}),
        "MRD reappearance": frozenset({"positive"}),
        "MRD relapse": frozenset({"positive"}),
        "molecular relapse": frozenset({"positive"}),
    },
    "relapse": {
        "no haematological relapse": frozenset({"MRD only", "none"}),
        "MRD relapse": frozenset({"MRD only"}),
        "molecular relapse": frozenset({"MRD only"}),
        "MRD reappearance": frozenset({"MRD only"}),
        "no relapse criterion met": frozenset({"none"}),
    },
}


@dataclass(frozen=True)
class Position:
    """One verdict and the judgements that give it."""

    verdict: str
    judgements: tuple[str, ...]


@dataclass(frozen=True)
class Disagreement:
    """The verdicts that standards give of one subject on one axis, where two do not fit."""

    subject: str
    axis: str
    positions: tuple[Position, ...]


def meaning(verdict: str, axis: str) -> frozenset[str]:
    """The states that a verdict leaves open; ``not CR: CRi and MLFS excluded`` leaves out both."""
    head, _, detail = (part.strip() for part in verdict.partition(":"))
    states = MEANINGS.get(axis, {}).get(head, frozenset({head}))
    return states - frozenset(re.split(r", | and |\s", detail)) if _excludes(detail) else states


def _excludes(detail: str) -> bool:
    return detail.endswith("excluded")


def fit_together(first: str, second: str, axis: str) -> bool:
    """Whether one state of the patient may carry both verdicts."""
    return bool(meaning(first, axis) & meaning(second, axis))


def find_disagreements(judgements: Iterable[Judgement]) -> tuple[Disagreement, ...]:
    """Every subject and axis on which two verdicts do not fit, in the order given."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for judgement in judgements:
        if judgement.verdict is not None and judgement.standard != CLAIM:
            group = groups[judgement.subject, axis_of(judgement)]
            group[judgement.verdict].append(judgement.id)
    return tuple(
        Disagreement(subject, axis, tuple(Position(v, tuple(ids)) for v, ids in given.items()))
        for (subject, axis), given in groups.items()
        if not all(fit_together(a, b, axis) for a, b in combinations(given, 2))
    )
