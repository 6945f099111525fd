"""Cytokines around an infusion in words and documents, with CRS and ICANS beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from residua import NOTICE
from residua.course.course import Course, Range
from residua.course.curves import Curves
from residua.course.cytokine_curve import CytokineCurve
from residua.judgements.immune_effector.effector import judge_effector
from residua.measures.analyte_value import AnalyteValue
from residua.measures.cytokine_kinetics import Concentration
from residua.standards.rulebook import load
from residua.views.anchors import fact_anchor
from residua.views.curves.group import CurveGroup
from residua.views.cytokine_words import (
    days_words,
    fold_words,
    level_words,
    unit_of,
    value_words,
)
from residua.views.effector_episodes import Episode, effector_episodes
from residua.views.report_measures import MeasureLine

KIND, VERSION = "residua.cytokine-kinetics", "1.0"
FOLD_KIND = "every value that the results and their bounds allow; no confidence level"
_RULES = ("cytokine-baseline-window", "cytokine-window")


def cytokine_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """One document for each curve."""
    beside = effector_episodes(course, judge_effector(course)) if curves.cytokines else ()
    return tuple(_document(curve, beside) for curve in curves.cytokines)


def _document(curve: CytokineCurve, beside: tuple[Episode, ...]) -> dict[str, Any]:
    found = curve.kinetics
    rules = [load("conventions")[name] for name in _RULES]
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "infusion": curve.infusion,
        "analyte": curve.analyte,
        "unit": curve.unit,
        "simulated": curve.simulated,
        "values": [_value(*pair) for pair in zip(curve.facts, curve.values, strict=True)],
        "baseline": _level(found.baseline),
        "peak": _level(found.peak),
        "fold": {
            "low": found.fold.low, "high": found.fold.high, "reason": found.fold.reason or None,
            "kind": FOLD_KIND,
        },
        "until": None if curve.until is None else {"day": curve.until, "therapy": curve.by},
        "left_out": [{"fact": one.fact, "reason": one.reason} for one in curve.left_out],
        "notes": list(found.notes),
        "episodes": [_episode(one) for one in beside if one.infusion == curve.infusion],
        "conventions": [
            {"clause": rule.clause, "cite": rule.cite, "provenance": rule.provenance}
            for rule in rules
        ],
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _value(fact: str, value: AnalyteValue) -> dict[str, Any]:
    return {
        "fact": fact, "first_day": value.first, "last_day": value.last, "hour": value.clock,
        "low": _number(value.low), "high": _number(value.high), "quantified": value.quantified,
    }  # fmt: skip


def _level(level: Concentration) -> dict[str, Any]:
    days = level.days
    return {
        "low": _number(level.low), "high": _number(level.high),
        "first_day": days[0] if days else None, "last_day": days[1] if days else None,
        "reason": level.reason or None,
    }  # fmt: skip


def _episode(one: Episode) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "words": one.words, "ended": one.ended,
        "first_day": [one.first.shortest, one.first.longest],
        "last_day": [one.last.shortest, one.last.longest],
    }  # fmt: skip


def cytokine_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """One group for each infusion: its analytes, then CRS, ICANS and their treatment."""
    infusions = dict.fromkeys(curve.infusion for curve in curves.cytokines)
    beside = effector_episodes(course, judge_effector(course)) if infusions else ()
    return tuple(
        CurveGroup(
            "Cytokines around the infusion",
            name,
            fact_anchor(name),
            tuple(_lines([c for c in curves.cytokines if c.infusion == name], name, beside)),
        )
        for name in infusions
    )


def _lines(
    curves: list[CytokineCurve], infusion: str, beside: tuple[Episode, ...]
) -> Iterator[MeasureLine]:
    for curve in curves:
        marks = ("simulated",) if curve.simulated else ()
        yield MeasureLine(_name(curve), tuple(_told(curve)), marks)
    own = tuple(episode_words(one) for one in beside if one.infusion == infusion)
    none = ("no CRS, ICANS or treatment of them with a known day is recorded",)
    yield MeasureLine("CRS, ICANS and treatment", own or none)
    clauses = tuple(load("conventions")[rule].clause for rule in _RULES)
    yield MeasureLine("Which values count", clauses, ("Residua's choice",))


def _name(curve: CytokineCurve) -> str:
    return {"crp": "CRP"}.get(curve.analyte, curve.analyte)


def _told(curve: CytokineCurve) -> Iterator[str]:
    """Baseline, peak, fold, every result that is only a bound, and what is left out."""
    found, unit = curve.kinetics, unit_of(curve)
    of = f", {days_words(found.baseline.days)}" if found.baseline.days else ""
    yield f"baseline {level_words(found.baseline, unit)}{of}"
    on = f", {days_words(found.peak.days)}" if found.peak.low is not None else ""
    yield f"peak {level_words(found.peak, unit)}{on}"
    yield f"peak over baseline {fold_words(found.fold)}"
    bounds = [
        f"{days_words((value.first, value.last))} {value_words(value, unit)} ({fact})"
        for fact, value in zip(curve.facts, curve.values, strict=True)
        if not value.quantified
    ]
    numbers = len(curve.values) - len(bounds)
    plural = "" if numbers == 1 else "s"
    yield f"{numbers} number{plural}; only bounds: {', '.join(bounds) if bounds else 'none'}"
    if curve.until is not None:
        yield f"values from day {curve.until} on belong to {curve.by}"
    yield from found.notes
    if curve.left_out:
        yield "left out: " + "; ".join(f"{one.fact}: {one.reason}" for one in curve.left_out)


def episode_words(one: Episode) -> str:
    """``CRS grade 2 (as reported), day 3 to day 9``."""
    start, stop = _day(one.first), _day(one.last)
    perhaps = "" if one.sure else "; whether it belongs to this infusion is not settled"
    if one.syndrome and not one.ended:
        return f"{one.words}, {start}, last seen {stop}, end not stated{perhaps}"
    return f"{one.words}, {start}{f' to {stop}' if stop != start else ''}{perhaps}"


def _day(days: Range) -> str:
    if days.shortest is None or days.longest is None:
        return "a day not stated"
    return days_words((days.shortest, days.longest))
