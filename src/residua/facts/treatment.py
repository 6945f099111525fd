"""What was given: regimens with their drugs, transplants, cell infusions."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from residua.errors import ValueFault
from residua.facts.day import Day
from residua.facts.fact import NOT_STATED, Fact, Words
from residua.facts.marker_names import Markers
from residua.facts.quantity import CellDose, Dose, Duration, kind_of_thing

_DAYS = re.compile(r"-?\d+(?:-\d+)?(?:\s*,\s*-?\d+(?:-\d+)?)*\Z")


def read_days(raw: object) -> tuple[int, ...]:
    """``"1-4,11-14"`` -> (1, 2, 3, 4, 11, 12, 13, 14); raises `ValueFault` for anything else."""
    if isinstance(raw, tuple):
        return raw
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
    if not isinstance(text, str) or not _DAYS.match(text.strip()):
        raise ValueFault('days such as "1,8,15" or "1-4,11-14"', kind_of_thing(raw), "list them")
    days: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(-?\d+)(?:-(\d+))?\s*", part)
        assert match is not None  # the pattern above admits nothing else
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last <= first + 400:
            raise ValueFault("a range of days that rises", "one that does not", "correct it")
        days.extend(range(first, last + 1))
    return tuple(days)


Days = Annotated[tuple[int, ...], BeforeValidator(read_days)]


def _every(raw: object) -> object:
    return raw.removeprefix("every ").strip() if isinstance(raw, str) else raw


class Drug(BaseModel):
    """One drug of a course; ``days`` count from 1, the course's first day."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    name: str = Field(min_length=1)
    dose: Dose | None = None
    days: Days = ()
    every: Annotated[Duration | None, BeforeValidator(_every)] = None
    route: str | None = None
    status: Literal["planned", "given", "held", "reduced", "omitted"] | None = None
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _leave_out_not_stated(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value != NOT_STATED}


class Treatment(Fact):
    """A course of drugs; its first day is day 1. ``date`` and ``start`` are the same."""

    table: ClassVar[str] = "treatment"
    regimen: str = "free"
    intent: str | None = None
    line: int | None = Field(default=None, ge=1, le=30)
    cycle: int | None = Field(default=None, ge=1, le=60)
    start: Day | None = None
    end: Day | None = None
    drugs: tuple[Drug, ...] = ()

    @property
    def begins(self) -> Day | None:
        """The first day as it is known."""
        return self.start or self.date

    @property
    def refers_to(self) -> dict[str, str]:
        """Also the anchors of start and end."""
        anchors = {"start": self.start, "end": self.end}
        return super().refers_to | {
            field: day.anchor for field, day in anchors.items() if day and day.anchor
        }


class Transplant(Fact):
    """A haematopoietic cell transplant; its day is day 0."""

    table: ClassVar[str] = "transplant"
    donor: (
        Literal["autologous", "sibling", "unrelated", "mismatched", "haploidentical", "cord"] | None
    ) = None
    relation: str | None = None
    graft: str | None = None
    conditioning: str | None = None
    prophylaxis: Words = ()
    immunosuppression_stopped: str | None = None


class CellInfusion(Fact):
    """An infusion of CAR-T cells or donor lymphocytes; its day is day 0."""

    table: ClassVar[str] = "cell_infusion"
    kind: Literal["car-t", "dli"]
    product: str | None = None
    origin: str | None = None
    target: Markers = ()
    dose: CellDose | None = None
    lymphodepletion: str | None = None
    trial: str | None = None
