"""Signs, adverse events and other dated findings; events; decisions; what a source claims."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from residua.errors import ValueFault
from residua.facts.day import Day
from residua.facts.fact import Fact, Id
from residua.facts.quantity import kind_of_thing


class Finding(Fact):
    """A term that was present or looked for and absent, with a grade as reported."""

    table: ClassVar[str] = "finding"
    end: Day | None = None
    term: str = Field(min_length=1)
    present: bool | None = None
    value: str | None = None
    grade_reported: int | None = Field(default=None, ge=0, le=5)
    standard: str | None = None
    version: str | None = None
    attribution: str | None = None


class Event(Fact):
    """A turn of the course that a source reports."""

    table: ClassVar[str] = "event"
    kind: Literal["relapse reported", "progression", "last contact", "death"]
    detail: str | None = None


class Option(BaseModel):
    """One option weighed in a decision."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    option: str = Field(min_length=1)
    choice: Literal["chosen", "declined", "not available"] | None = None
    by: str | None = None
    reason: str | None = None


class Decision(Fact):
    """What was weighed ``at`` an assessment or event."""

    table: ClassVar[str] = "decision"
    at: Id | None = None
    options: tuple[Option, ...] = ()

    @property
    def refers_to(self) -> dict[str, str]:
        """Also what it was decided at."""
        return super().refers_to | ({"at": self.at} if self.at else {})


class Availability(Fact):
    """Whether an option could be had in a country at a date."""

    table: ClassVar[str] = "availability"
    option: str = Field(min_length=1)
    country: str | None = None
    status: str | None = None


def _claimed(raw: object) -> object:
    """Refuse in one line what is no text, finite number, true or false."""
    if raw is None or isinstance(raw, str | int):
        return raw
    received = kind_of_thing(raw)
    if isinstance(raw, float | Decimal):
        if math.isfinite(float(raw)):
            return float(raw)
        received = "a number that is not finite"
    raise ValueFault("a text, a number, true or false", received, "write it in quotes")


ClaimValue = Annotated[str | int | float | bool | None, BeforeValidator(_claimed)]


class Claim(Fact):
    """A sentence of the source, to be held against the facts."""

    table: ClassVar[str] = "claim"
    text: str = Field(min_length=1)
    about: Id | None = None
    predicate: (
        Literal[
            "eradicated", "undetectable", "in remission", "relapse kind", "grade", "positive",
            "high", "low", "first report", "significant", "other",
        ]
        | None
    ) = None  # fmt: skip
    value: ClaimValue = None

    @property
    def refers_to(self) -> dict[str, str]:
        """Also what it is about."""
        return super().refers_to | ({"about": self.about} if self.about else {})


class Link(Fact):
    """How two facts belong together; ``from`` and ``to`` are ids."""

    table: ClassVar[str] = "link"
    from_: Id = Field(alias="from")
    to: Id
    kind: Literal["same specimen", "response to", "caused by", "supersedes"]

    @property
    def refers_to(self) -> dict[str, str]:
        """Both ends."""
        return super().refers_to | {"from": self.from_, "to": self.to}
