"""A made-up decision whose facts each test states, and the gates that follow from them."""

from __future__ import annotations

import re

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Decision, Finding
from residua.facts.laboratory import Lab
from residua.facts.treatment import Transplant, Treatment
from residua.judgements.families import judge_families
from residua.judgements.options.options import option_tables
from residua.judgements.options.table import GateResult, OptionRow, OptionTable

INO = "inotuzumab-ozogamicin"
DAY = "2022-08-15"
AT = Assessment(id="relapse", date=DAY, kind="morphology", blasts="3 %")
DECISION = Decision(id="weighed", date=DAY, at="relapse")


def tables(*facts: Fact) -> dict[str, OptionTable]:
    """Subject -> table of a course of these facts."""
    course = arrange(Case("x", "x", facts))
    said = tuple(j for family in judge_families(course).values() for j in family)
    return {table.subject: table for table in option_tables(course, said)}


def row(option: str, *facts: Fact, at: Assessment = AT, decision: Decision = DECISION) -> OptionRow:
    """One option at the made-up decision."""
    table = tables(at, decision, *facts)[decision.id]
    return next(row for row in table.rows if row.option == option)


def gate(option: str, name: str, *facts: Fact, **changed: Fact) -> GateResult:
    """One gate of an option at the made-up decision."""
    gates = row(option, *facts, **changed).gates
    return next(gate for gate in gates if gate.gate == name)


def lab(analyte: str, value: str, upper: str | None = None, *, day: str = DAY, n: int = 1) -> Lab:
    """A value of the day, in the unit of its text."""
    return Lab(id=f"{analyte}-{n}", date=day, analyte=analyte, value=value, upper=upper)


def finding(term: str, present: bool, *, day: str | None = DAY, **fields: object) -> Finding:
    """A finding stated as there or not there."""
    made = {
        "id": re.sub(r"[^a-z0-9]+", "-", term.lower()),
        "term": term,
        "present": present,
        "date": day,
    }
    return Finding.model_validate({k: v for k, v in made.items() if v is not None} | fields)


def graft(day: str = "2020-01-01", **fields: object) -> Transplant:
    """An allogeneic transplant."""
    return Transplant.model_validate({"id": "hsct", "date": day, "donor": "sibling", **fields})


def given(name: str, day: str, drug: str, *, days: str = "1", **fields: object) -> Treatment:
    """A course of one drug."""
    drugs = [{"name": drug, "days": days, "status": "given"}]
    return Treatment.model_validate({"id": name, "start": day, "drugs": drugs, **fields})
