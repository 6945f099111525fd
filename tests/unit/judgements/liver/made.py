"""Courses made of a few facts, for the tests of SOS/VOD."""

from __future__ import annotations

from datetime import date, timedelta

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab, Vital
from residua.facts.patient import Patient
from residua.facts.treatment import Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.judgements.liver.vod import judge_vod

ZERO = date(2020, 3, 1)


def day(number: int) -> str:
    return (ZERO + timedelta(days=number)).isoformat()


def transplant(when: str = ZERO.isoformat(), name: str = "hsct") -> Transplant:
    return Transplant.model_validate({"id": name, "date": when, "donor": "sibling"})


def ino(name: str = "ino", when: str = ZERO.isoformat(), days: str = "1,8,15") -> Treatment:
    drug = {"name": "inotuzumab ozogamicin", "dose": "0.5 mg/m2", "days": days}
    return Treatment.model_validate({"id": name, "start": when, "drugs": [drug]})


def adult() -> Patient:
    return Patient.model_validate({"id": "p", "birth": "1980-01-01"})


def child() -> Patient:
    return Patient.model_validate({"id": "p", "birth": "2012-01-01"})


def bilirubin(value: str, number: int, **more: object) -> Lab:
    name = f"bili-{number}-{value.split()[0].replace('.', '-').strip('<>')}".replace("--", "-m")
    fields = {"id": name, "analyte": "bilirubin", "value": value, "date": day(number), **more}
    return Lab.model_validate(fields)


def lab(analyte: str, value: str, number: int, **more: object) -> Lab:
    name = f"{analyte}-{number}".replace("--", "-m")
    fields = {"id": name, "analyte": analyte, "value": value, "date": day(number), **more}
    return Lab.model_validate(fields)


def weight(value: str, number: int) -> Vital:
    name = f"weight-{number}".replace("--", "-m")
    fields = {"id": name, "item": "weight", "value": value, "date": day(number)}
    return Vital.model_validate(fields)


def finding(
    term: str, number: int | None = None, present: bool | None = True, **more: object
) -> Finding:
    name = "-".join("".join(c if c.isalnum() else " " for c in term.lower()).split())
    when = f"{name}-{number if number is not None else 'x'}-{present}".lower()
    fields: dict[str, object] = {"id": when.replace("--", "-m")}
    fields |= {"term": term, "present": present}
    if number is not None:
        fields["date"] = day(number)
    return Finding.model_validate(fields | more)


def followed(number: int) -> Event:
    return Event.model_validate({"id": "last", "date": day(number), "kind": "last contact"})


def judged(*facts: Fact) -> dict[str, Judgement]:
    return {j.id: j for j in judge_vod(arrange(Case("x", "x", facts)))}


def verdicts(*facts: Fact) -> dict[str, str | None]:
    return {
        name.removesuffix("/diagnosis"): j.verdict or j.outcome
        for name, j in judged(*facts).items()
        if name.endswith("/diagnosis")
    }
