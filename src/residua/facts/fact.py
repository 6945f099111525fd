"""What every fact carries: id, date, place in the record, and where it comes from."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from residua.errors import ValueFault
from residua.facts.day import Day
from residua.facts.quantity import kind_of_thing

_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
NOT_STATED = "not stated"


def _identifier(raw: object) -> str:
    if isinstance(raw, str) and _ID.match(raw):
        return raw
    received = "a text with other characters" if isinstance(raw, str) else kind_of_thing(raw)
    raise ValueFault(
        "an id of lower-case letters, digits and hyphens", received, 'write it as "car-t-day-28"'
    )


Id = Annotated[str, BeforeValidator(_identifier)]


def _words(raw: object) -> object:
    """One word or a list of them, as a tuple."""
    return (raw,) if isinstance(raw, str) else raw


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Fact(BaseModel):
    """One row of one table: observed or done, dated as well as it is known.

    ``after``/``before`` name the fact that it follows or precedes when only the order is
    known; ``assessment`` the occasion that it belongs to. "not stated" is never a value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    table: ClassVar[str] = ""

    id: Id = ""
    date: Day | None = None
    after: Id | None = None
    before: Id | None = None
    assessment: Id | None = None
    source: str = ""
    note: str = ""
    reported: bool = False
    simulated: bool = False

    @model_validator(mode="before")
    @classmethod
    def _leave_out_not_stated(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value != NOT_STATED}

    @property
    def label(self) -> str:
        """A short name for people."""
        return self.id.replace("-", " ")

    @property
    def refers_to(self) -> dict[str, str]:
        """Field -> id of every fact this one points to."""
        fields = {"after": self.after, "before": self.before, "assessment": self.assessment}
        if self.date is not None and self.date.anchor is not None:
            fields["date"] = self.date.anchor
        return {field: target for field, target in fields.items() if target is not None}
