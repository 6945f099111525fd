"""A record of a standard on a terminal: its words, and below them where they come from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Protocol

_WIDTH, _IN = 100, "      "


class Sourced(Protocol):
    """What has a place in a publication; ``reading`` is empty where its text is plain."""

    @property
    def clause(self) -> str:
        """The place in the source, in words."""

    @property
    def cite(self) -> str:
        """The source."""

    @property
    def provenance(self) -> str:
        """How well it is known."""

    @property
    def reading(self) -> str:
        """How an ambiguous text is read."""


def source_of(record: Sourced) -> str:
    """Clause, citation, provenance and reading in one line."""
    return source_words(record.clause, record.cite, record.provenance, record.reading)


def source_words(clause: str, cite: str, provenance: str, reading: str = "") -> str:
    """The same from its parts."""
    return f"{clause} [{cite}; {provenance}].{f' Reading: {reading}.' if reading else ''}"


def record_lines(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Words and source of each record, wrapped; no line for an empty source."""
    for words, source in records:
        yield filled(words, "  ")
        if source:
            yield filled(source, _IN)


def filled(text: str, first: str) -> str:
    """A text wrapped to the width of a terminal."""
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=_IN)
