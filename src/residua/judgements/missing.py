"""What was not stated, and which verdicts wait for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from residua.judgements.judgement import Judgement


@dataclass(frozen=True)
class MissingInput:
    """An input that is not in the record.

    ``alone`` are ids of judgements that lack nothing else, ``with_others`` of those that lack
    further inputs, ``confirms`` of verdicts that now stand only as reported, ``narrows`` of
    computed verdicts that it would make more exact.
    """

    input: str
    alone: tuple[str, ...] = ()
    with_others: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many judgements it bears on."""
        return len(self.alone + self.with_others + self.confirms + self.narrows)


def missing_inputs(judgements: Iterable[Judgement]) -> tuple[MissingInput, ...]:
    """Every missing input with what it bears on, the most useful first, then by name."""
    waiting: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for judgement in judgements:
        for name in dict.fromkeys(judgement.missing):
            waiting[name][_use(judgement)].append(judgement.id)
    found = [
        MissingInput(name, **{use: tuple(ids) for use, ids in uses.items()})
        for name, uses in waiting.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.count, item.input)))


def _use(judgement: Judgement) -> str:
    if judgement.outcome == "verdict":
        return "confirms" if judgement.basis == "reported" else "narrows"
    return "alone" if len(set(judgement.missing)) == 1 else "with_others"
