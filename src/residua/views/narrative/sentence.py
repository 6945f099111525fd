"""A sentence of the course with what stands behind it; lists as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the ids of the facts and judgements that it says."""

    text: str
    facts: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """What belongs to one event of the course, under its name and date."""

    title: str
    date: str
    sentences: tuple[Sentence, ...]


def sentence(text: str, facts: Iterable[str] = (), judgements: Iterable[str] = ()) -> Sentence:
    """A sentence with a capital letter and a full stop; ``aGVHD`` keeps its small letter."""
    plain = text.strip().rstrip(".")
    first = plain[:1] if plain[1:2].isupper() else plain[:1].upper()
    return Sentence(f"{first}{plain[1:]}.", tuple(facts), tuple(judgements))


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def plural(count: int, word: str) -> str:
    """``1 value``, ``2 values``."""
    return f"{count} {word}{'' if count == 1 else 's'}"
