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
    weakest rule used. ``details`` are what goes with the verdict, by name, in words for
    people. A name means the same in every family: ``onset`` the first day of it, ``worst`` the
    worst grade or value with its day, ``recovery`` the day from which it was gone, or that this
    is not stated, ``window`` the days that were looked at or, of an adverse event, the
    therapies that come into question, ``counts`` how many values there are, ``support``
    transfusions and growth factor, ``treatment`` what was given for it, ``attribution`` what
    the source lays it to.
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
