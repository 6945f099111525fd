"""Genetic lesions: one name for every spelling, and the counts that a name may state."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_SEP = r"(::|-|/|--)"
_REARRANGED = r"([ -]?r|[ -]rearrange(d|ment))?"
_DENIED = re.compile(r"\b(no|not|without|negative|absent|absence|excluded|wild[- ]?type|wt)\b")
_COUNTS = {
    "chromosomes": re.compile(r"(?<![\d~-])(\d{2}) chromosomes"),
    "abnormalities": re.compile(r"(?<![\d~-])(\d{1,2}) (?:abnormalit|aberrat)"),
}


@dataclass(frozen=True)
class Lesion:
    """A lesion of the table: its key, its name, the keys of what it is a kind of.

    ``unseen_by`` are methods of a genetic test that do not show it.
    """

    key: str
    name: str
    implies: tuple[str, ...] = ()
    unseen_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """What a name says: lesions of the table, counts (``chromosomes``), or neither.

    A name that denies itself ("no BCR::ABL1") says neither and is left to the reader.
    """

    text: str
    lesions: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def known(self) -> bool:
        """Whether the table knows the name."""
        return bool(self.lesions or self.counts)


@cache
def lesion_table() -> dict[str, Lesion]:
    """Key -> lesion, the narrower ones first."""
    return {
        key: Lesion(
            key,
            str(entry["name"]),
            tuple(entry.get("implies", ())),
            tuple(entry.get("unseen_by", ())),
        )
        for key, entry in _raw().items()
    }


@cache
def read_lesion(text: str) -> Named:
    """What the name of a lesion says, with everything that it implies.

    A stated number of chromosomes or abnormalities stands in place of the word beside it, so
    that "hypodiploidy, 44 chromosomes" is judged by its number.
    """
    plain = " ".join(text.casefold().replace("–", "-").split())
    if _DENIED.search(plain):
        return Named(text)
    counts = tuple((n, int(m[1])) for n, p in _COUNTS.items() if (m := p.search(plain)))
    if counts:
        return Named(text, (), counts)
    key = next((k for k, patterns in _patterns().items() if _fits(plain, patterns)), None)
    return Named(text, (key, *lesion_table()[key].implies) if key else ())


def _fits(plain: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.fullmatch(plain) for pattern in patterns)


@cache
def _raw() -> dict[str, dict[str, Any]]:
    text = resources.files("residua.facts").joinpath("lesions.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        key: tuple(
            re.compile(p.replace("SEP", _SEP).replace("REARRANGED", _REARRANGED))
            for p in entry["patterns"]
        )
        for key, entry in _raw().items()
    }
