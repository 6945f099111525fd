"""`residua regimen`: which regimens are encoded, and one of them worked out and dated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from residua.errors import UsageError, ValueFault, nearest
from residua.facts.body_size import the_one
from residua.facts.day import Day
from residua.facts.quantity import Quantity
from residua.measures.body_surface import DEFAULT_FORMULA
from residua.measures.dose import Body
from residua.measures.schedule import Schedule, schedule
from residua.standards.body_surface import surface_formula
from residua.standards.regimen import Regimen
from residua.standards.regimen_shelf import load_regimen, regimen_names, regimens_called
from residua.views.regimen_json import schedule_document
from residua.views.regimen_text import regimens_text, schedule_text

_UNITS = {"height": "cm", "weight": "kg", "age": "a"}


@dataclass(frozen=True)
class Asked:
    """What the command line says of the patient and the course, as it was typed."""

    height: Sequence[str] = ()
    weight: Sequence[str] = ()
    age: Sequence[str] = ()
    start: str | None = None
    cycle: int | None = None
    formula: str = DEFAULT_FORMULA
    given: Sequence[str] = ()


def list_regimens() -> str:
    """The names and titles of all encoded regimens."""
    return regimens_text(load_regimen(name) for name in regimen_names())


def work_out_regimen(name: str, asked: Asked) -> Schedule:
    """The schedule of a regimen; raises `UsageError` that names what cannot be carried out."""
    regimen = _named(name)
    sizes = {key: _size(key, getattr(asked, key)) for key in _UNITS}
    words = _words(asked.given, regimen)
    try:
        surface_formula(asked.formula)
    except ValueFault as fault:
        raise UsageError(f"--bsa-formula: {fault}") from fault
    try:
        body = Body(**sizes, words=words, formula=asked.formula.lower())
        return schedule(regimen, body=body, start=_start(asked.start), cycle=asked.cycle)
    except ValueFault as fault:
        raise UsageError(f"{regimen.name}: {fault}") from fault


def regimen_pages() -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Name, name with version, and text of each regimen, for no particular body."""
    for name in regimen_names():
        regimen = load_regimen(name)
        yield name, f"{name} {regimen.version}", partial(_page, name)


def _page(name: str) -> str:
    return schedule_text(work_out_regimen(name, Asked()))


def regimen_text(made: Schedule) -> str:
    """The schedule as people read it."""
    return schedule_text(made)


def regimen_document(made: Schedule) -> dict[str, Any]:
    """The schedule as programs read it."""
    return schedule_document(made)


def _named(name: str) -> Regimen:
    found = regimens_called(name)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(regimen.name for regimen in found)
        raise UsageError(f"regimen {name!r} is the name of several: {several}")
    raise UsageError(f"regimen {name!r} is not encoded: {nearest(name, regimen_names())}")


def _size(key: str, typed: Iterable[str]) -> Quantity | None:
    """A number alone is in cm, kg or years; two that differ are refused."""
    try:
        return the_one(key, [Quantity.parse(text, default_unit=_UNITS[key]) for text in typed])
    except ValueFault as fault:
        raise UsageError(f"--{key}: {fault}") from fault


def _start(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        day = Day.parse(typed)
    except ValueFault as fault:
        raise UsageError(f"--start: {fault}") from fault
    if not day.span.exact:
        raise UsageError("--start: expected a whole date such as 2022-08-01")
    return day.span.earliest


def _words(typed: Iterable[str], regimen: Regimen) -> dict[str, Quantity | str]:
    """``donor=sibling`` and ``cd20=25 %`` as the conditions of the regimen take them."""
    found: dict[str, Quantity | str] = {}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise UsageError(f"--given: expected NAME=VALUE, received {text!r}")
        measured = any(
            isinstance(condition.limit, Quantity)
            for dose in regimen.doses
            for condition in dose.when
            if condition.name == name.strip()
        )
        try:
            found[name.strip()] = Quantity.parse(value) if measured else value.strip()
        except ValueFault as fault:
            raise UsageError(f"--given {name.strip()}: {fault}") from fault
    return found
