"""Who the patient is (a pseudonym) and what was diagnosed."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.quantity import Duration


class Patient(Fact):
    """The patient; ``id`` is a pseudonym."""

    table: ClassVar[str] = "patient"
    sex: Literal["female", "male", "other"] | None = None
    birth: Day | None = None
    age_at_diagnosis: Duration | None = None
    country: str | None = None


class Diagnosis(Fact):
    """The disease at its first presentation."""

    table: ClassVar[str] = "diagnosis"
    disease: str = Field(min_length=1)
    lineage: str | None = None
    philadelphia: Literal["positive", "negative"] | None = None
    extramedullary: Literal["none", "present", "not assessed"] | None = None
    cns: Literal["cns1", "cns2", "cns3", "not assessed"] | None = None
