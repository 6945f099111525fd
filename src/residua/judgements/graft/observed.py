"""The MAGIC stage of an organ from what was seen and measured and laid to acute GVHD."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.age import ages_at
from residua.course.course import Course
from residua.errors import ValueFault
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.judgements.given_doses import body_at
from residua.judgements.graft.gvhd_words import scale_of
from residua.judgements.graft.moments import Moment, Stated
from residua.standards import magic
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.stated_conventions import conventions_of

_MAGIC = "magic"
_TERMS = {"skin": "skin", "liver": "liver", "upper_gi": "upper-gi", "lower_gi": "lower-gi"}
_NUMBERS = frozenset({"value", "volume", "episodes", "desquamation", "symptoms"})
"""Inputs whose finding carries the number or word itself; of the others only yes and no count."""


@dataclass(frozen=True)
class Piece:
    """What the facts of one time say of one organ: the stages that it may have."""

    organ: str
    words: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def not_understood(organ: str, *facts: str) -> Piece:
    """An organ whose value is no stage."""
    notes = tuple(f"the value of {fact} is not understood" for fact in facts)
    return Piece(organ, facts=facts, notes=notes)


def by_magic(course: Course, moment: Moment, organ: str) -> Piece:
    """The stages that an organ may have by what was observed; none where nothing was."""
    seen = [s for s in moment.stated if _of_acute(s) and s.said.organ == organ]
    labs = moment.bilirubin if organ == "liver" else ()
    ids = (*(s.item.id for s in seen), *(point.id for point in labs))
    findings = {s.said.name: w for s in seen if (w := _word(s.said.name, s.told.finding))}
    stated = findings.pop("value", None)
    try:
        values = [point.value for point in labs] + ([Quantity.parse(stated)] if stated else [])
        gradings = _stages(course, moment, organ, values, findings)
    except ValueFault:
        return not_understood(organ, *ids)
    if (
        not gradings
    ):  # that an organ was ill, by no value: any stage, unless values of other days tell
        return Piece(organ, facts=tuple(i for i in ids if i not in moment.measured))
    return Piece(
        organ,
        frozenset(str(stage) for grading in gradings for stage in grading.possible),
        ids,
        (
            *_by_age(course, moment, organ),
            *(reading for grading in gradings for reading in grading.readings),
        ),
        tuple(missing for grading in gradings for missing in grading.missing),
    )


def _of_acute(stated: Stated) -> bool:
    """Whether something observed is laid to acute GVHD: by its term, or by its standard."""
    said, scale = stated.said, scale_of(stated.told.finding)
    acute = said.kind == "acute" or scale == _MAGIC
    return said.what == "observed" and acute and scale in (None, _MAGIC)


def _word(name: str, finding: Finding) -> str | None:
    """The word or the number of an observation, as the standard asks for it."""
    if name in _NUMBERS:
        return finding.value
    if finding.present is None or not name:
        return None
    return "yes" if finding.present else "no"


def _stages(
    course: Course, moment: Moment, organ: str, values: list[Quantity], findings: dict[str, str]
) -> list[Grading]:
    if not (values or findings):
        return []
    if organ == "lower_gi":
        weight = body_at(course, moment.main)[0].weight
        patient = _patient(course, moment)
        findings = findings | ({"weight": str(weight)} if weight else {})
        findings = findings | ({"patient": patient} if patient else {})
    if not values:
        return [magic.grade(_TERMS[organ], GradeInputs(findings=findings))]
    return [magic.grade(_TERMS[organ], GradeInputs(value=v, findings=findings)) for v in values]


def _by_age(course: Course, moment: Moment, organ: str) -> tuple[str, ...]:
    """That the column was chosen by age, where it was."""
    chosen = organ == "lower_gi" and _patient(course, moment)
    return (conventions_of(_MAGIC)["adult-age"].clause,) if chosen else ()


def _patient(course: Course, moment: Moment) -> str:
    """``adult`` or ``child`` by the age at that time; empty where the record leaves it open."""
    adult = conventions_of(_MAGIC)["adult-age"].quantity.value
    found = {age.value >= adult for age in ages_at(course, moment.main)}
    return {frozenset({True}): "adult", frozenset({False}): "child"}.get(frozenset(found), "")
