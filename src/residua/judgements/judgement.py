"""A verdict of one standard over some facts, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["verdict", "not assessable", "does not apply"]
Basis = Literal["computed", "reported"]
Details = tuple[tuple[str, str], ...]
"""What goes with a verdict: name and words."""


@dataclass(frozen=True)
class Judgement:
    """What one version of one standard says of one subject.

    ``term`` is the axis (``response``, ``mrd``, ``relapse``, ...). ``verdict`` is filled for
    the outcome ``verdict`` only; ``reason`` says why in every case. ``facts`` are the ids
    used, ``missing`` what was not stated and would settle it. ``provenance`` is that of the
    weakest rule used. ``details`` are what goes with the verdict, by name (``onset``,
    ``worst``, ``recovery``, ``window``), in words for people.
    """

    standard: str
    version: str
    subject: str
    term: str
    date: str
    outcome: Outcome
    reason: str
    clause: str
    cite: str
    provenance: str
    verdict: str | None = None
    basis: Basis | None = None
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    published_after_event: bool = False
    notes: tuple[str, ...] = ()
    details: Details = ()

    @property
    def id(self) -> str:
        """``standard/version/subject/term``."""
        return f"{self.standard}/{self.version}/{self.subject}/{self.term}"
