"""What a standard of toxicity says of a value or of findings: a grade, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault

GRADES = range(6)


@dataclass(frozen=True)
class Grading:
    """The grade of one term under one version of one standard.

    ``grade`` is None where the unknown inputs leave several grades in ``possible``, or where
    the standard does not apply (``possible`` is empty then). ``missing`` says in words what
    would settle it, ``readings`` how ambiguous texts were read, ``flags`` what a reader has to
    know beside the grade. ``clause``, ``cite`` and ``provenance`` are those of the rules behind
    it, the weakest provenance counting.
    """

    standard: str
    version: str
    term: str
    grade: int | None
    possible: tuple[int, ...]
    reason: str
    clause: str
    cite: str
    provenance: str
    missing: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.grade is not None and self.possible != (self.grade,):
            raise ValueFault("one possible grade beside a grade", "others", "correct the ruling")
        if not set(self.possible) <= set(GRADES):
            raise ValueFault("grades from 0 to 5", "another number", "correct the rule")

    @property
    def outcome(self) -> Literal["verdict", "not assessable", "does not apply"]:
        """What can be said: a verdict where one grade is possible."""
        if self.grade is not None:
            return "verdict"
        return "not assessable" if self.possible else "does not apply"
