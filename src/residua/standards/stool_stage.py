"""A stage by the stool of a day: volume, episodes or both, in the columns of adults and children.

The source prints "volume or episodes" and no tie-break: where both are stated and differ, both
stages stay possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.grade_book import GradeBook
from residua.standards.grade_by_cells import grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import weakest
from residua.standards.stated_conventions import Convention

Column = Literal["adult", "child"]
COLUMNS: tuple[Column, ...] = ("adult", "child")
OWN = frozenset({"patient", "weight", "volume", "episodes", "mixed_with_urine"})
_BY_DAY, _BY_WEIGHT, _TIMES = "volume per time", "volume per weight and time", "frequency"
TIE = "which counts, the volume or the episodes: the source gives no tie-break"
WHOSE = "adult or child, and the weight"


@dataclass(frozen=True)
class StoolTerms:
    """The terms of a book: what makes the worst stage at any volume, and each column."""

    severe: str
    volume: Mapping[Column, str]
    episodes: Mapping[Column, str]


@dataclass(frozen=True)
class _Stool:
    """What is stated of the stool and of the patient; ``patient`` empty where it is not."""

    patient: str
    weight: Quantity | None
    volume: Quantity | None
    episodes: Quantity | None


def stage_by_stool(
    book: GradeBook,
    terms: StoolTerms,
    given: GradeInputs,
    conventions: Mapping[str, Convention],
) -> Grading:
    """The stage, or those that stay possible.

    The value, or the findings ``volume`` (mL/d, or mL/kg/d) and ``episodes`` (/d), with
    ``patient`` (adult, child), ``weight``, ``mixed_with_urine`` (yes, no) and the findings of
    the severe stage. Raises ValueFault for what does not fit.
    """
    stool = _stool(given, conventions)
    findings = {k: word for k, word in given.findings.items() if k not in OWN}
    severe = grade_by_cells(book, terms.severe, GradeInputs(findings=findings))
    limit = conventions["adult-volume"].quantity
    volume = _measured(book, terms.volume, _volumes(stool, limit))
    episodes = _measured(book, terms.episodes, _episodes(stool))
    if 0 not in severe.possible:
        return severe
    said = _joined(severe, volume, episodes)
    readings = _readings(given, stool, conventions)
    return replace(
        said, reason=f"{_shown(stool)}: {said.reason}", readings=(*said.readings, *readings)
    )


def _stool(given: GradeInputs, conventions: Mapping[str, Convention]) -> _Stool:
    patient = _word(given, "patient", COLUMNS)
    mixed = _word(given, "mixed_with_urine", ("yes", "no"))
    volume = _named(given.findings, "volume", "mL/d")
    episodes = _named(given.findings, "episodes", "/d")
    if given.value is not None:
        if given.value.kind == _TIMES and episodes is None:
            episodes = given.value
        elif given.value.kind != _TIMES and volume is None:
            volume = given.value
        else:
            raise ValueFault(
                "the same quantity once", "both a value and a finding", "leave one out"
            )
    _check(volume, (_BY_DAY, _BY_WEIGHT), "mL/d, L/d or mL/kg/d")
    _check(episodes, (_TIMES,), "/d")
    if volume is not None and mixed == "yes":
        part = conventions["mixed-with-urine"].quantity
        volume = replace(volume, value=volume.value * part.to("1").value)
    return _Stool(patient, _weight(given.findings), volume, episodes)


def _word(given: GradeInputs, name: str, known: tuple[str, ...]) -> str:
    """The word of a finding; empty where it is not stated."""
    word = given.findings.get(name, "").strip().lower()
    if word and word not in known:
        expected = f"{name}: one of {', '.join(known)}"
        raise ValueFault(expected, "another word", "correct it", field="finding")
    return word


def _named(findings: Mapping[str, str], name: str, unit: str) -> Quantity | None:
    return Quantity.parse(findings[name], default_unit=unit) if name in findings else None


def _weight(findings: Mapping[str, str]) -> Quantity | None:
    weight = _named(findings, "weight", "kg")
    if weight is None:
        return None
    if weight.kind != "mass" or weight.censored or weight.value <= 0:
        raise ValueFault("a weight in kg", "another value", "correct it", field="finding")
    return weight.to("kg")


def _check(quantity: Quantity | None, kinds: tuple[str, ...], units: str) -> None:
    if quantity is None:
        return
    if quantity.kind not in kinds:
        expected = "a volume or a number of stools a day"
        raise ValueFault(expected, f"unit {quantity.unit!r}", f"use {units}", field="unit")
    if quantity.value < 0:
        raise ValueFault("a value of at least 0", "a smaller number", "correct it", field="value")


def _volumes(stool: _Stool, limit: Quantity) -> dict[Column, Quantity]:
    """The volume in the unit of each column that may hold."""
    if stool.volume is None:
        return {}
    heavy = None if stool.weight is None else stool.weight.value > limit.value
    columns: list[Column] = []
    if stool.patient != "child" or heavy is not False:
        columns.append("adult")
    if stool.patient != "adult" and heavy is not True:
        columns.append("child")
    return {column: _for(column, stool, stool.volume, limit) for column in columns}


def _for(column: Column, stool: _Stool, volume: Quantity, limit: Quantity) -> Quantity:
    """The volume as the column has it; of a weight that is not stated only a bound is known."""
    if volume.kind == (_BY_DAY if column == "adult" else _BY_WEIGHT):
        return volume
    by_day, weight = column == "adult", stool.weight
    if weight is not None:
        changed = volume.value * weight.value if by_day else volume.to("mL/d").value / weight.value
        return Quantity(changed, "mL/d" if by_day else "mL/kg/d", volume.comparator)
    unit = "mL/d" if by_day else "mL/kg/d"
    if volume.value == 0 and not volume.comparator:
        return Quantity(volume.value, unit)
    light = by_day and stool.patient != "child"  # an adult may weigh less than the limit
    if light or volume.comparator.startswith("<"):
        return Quantity(volume.value * 0, unit, ">=")
    changed = volume.value * limit.value if by_day else volume.to("mL/d").value / limit.value
    return Quantity(changed, unit, ">" if by_day else ">=")


def _episodes(stool: _Stool) -> dict[Column, Quantity]:
    if stool.episodes is None:
        return {}
    columns = [column for column in COLUMNS if stool.patient in ("", column)]
    return dict.fromkeys(columns, stool.episodes)


def _measured(
    book: GradeBook, terms: Mapping[Column, str], values: Mapping[Column, Quantity]
) -> tuple[Grading, ...]:
    return tuple(
        grade_by_cells(book, terms[column], GradeInputs(value=value))
        for column, value in values.items()
    )


def _joined(severe: Grading, volume: tuple[Grading, ...], episodes: tuple[Grading, ...]) -> Grading:
    """Every stage that one of the measures leaves possible, and what would settle it."""
    measures = [part for part in (volume, episodes) if part]
    stages = [{s for found in part for s in found.possible} for part in measures]
    all_stages = set().union(*stages) if stages else {0, 1, 2, 3}
    possible = tuple(sorted(all_stages | set(severe.possible) - {0}))
    columns = [found for part in measures for found in part]
    behind = [severe, *columns] if severe.missing or not columns else columns
    settled = len(possible) == 1
    missing = () if settled else (*severe.missing, *_missing(measures, stages))
    words = " or ".join(map(str, possible))
    return replace(
        severe,
        grade=possible[0] if settled else None,
        possible=possible,
        reason=f"stage {words}" if settled else f"not stated: {'; '.join(missing)}; stage {words}",
        clause="; ".join(dict.fromkeys(found.clause for found in behind)),
        cite="; ".join(dict.fromkeys(found.cite for found in behind)),
        provenance=weakest(found.provenance for found in behind),
        missing=missing,
        readings=tuple(dict.fromkeys(r for found in behind for r in found.readings)),
        flags=(),
    )


def _missing(measures: list[tuple[Grading, ...]], stages: list[set[int]]) -> Iterator[str]:
    if not measures:
        yield "the volume or the number of stools a day"
    if any(len(part) > 1 and len(s) > 1 for part, s in zip(measures, stages, strict=True)):
        yield WHOSE
    elif any(len(s) > 1 for s in stages):
        yield "an exact value"
    if len(stages) > 1 and stages[0] != stages[1]:
        yield TIE


def _shown(stool: _Stool) -> str:
    parts = [f"{stool.volume}" if stool.volume else "", _times(stool.episodes)]
    parts += [stool.patient, str(stool.weight) if stool.weight else ""]
    return "lower-gi " + (", ".join(part for part in parts if part) or "(nothing stated)")


def _times(episodes: Quantity | None) -> str:
    return f"{episodes.value} episodes{episodes.unit}" if episodes else ""


def _readings(
    given: GradeInputs, stool: _Stool, conventions: Mapping[str, Convention]
) -> tuple[str, ...]:
    used = ["three-days", "adult-volume"] if stool.volume is not None else []
    used += ["mixed-with-urine"] if given.findings.get("mixed_with_urine") == "yes" else []
    return tuple(conventions[name].text for name in used)
