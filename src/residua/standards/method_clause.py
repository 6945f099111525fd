"""Where a number of a laboratory method comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from residua.errors import ValueFault

_MARKS = {"secondary": "second-hand"}


@dataclass(frozen=True)
class Clause:
    """The clause, citation and provenance of a number."""

    id: str
    clause: str
    cite: str
    provenance: str

    def __post_init__(self) -> None:
        if not (self.id and self.clause and self.cite and self.provenance):
            raise ValueFault("an entry with clause, cite, provenance", "one without", "add them")

    @property
    def mark(self) -> str:
        """How far the source is known, as a word before a noun."""
        return _MARKS.get(self.provenance, self.provenance)


def clause_of(entry: Mapping[str, Any]) -> Clause:
    """The clause of an entry of a method's file."""
    return Clause(*(entry.get(key, "") for key in ("id", "clause", "cite", "provenance")))


def method_file(name: str) -> dict[str, Any]:
    """The entries of ``name``.toml, by their table."""
    text = resources.files("residua.standards").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
