"""What a made-up patient is asked to be, and its file; see docs/reference/simulate-course.md."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

from residua.errors import ValueFault
from residua.readers.toml_table import Table
from residua.simulate.assumptions import assumed
from residua.simulate.spec_file import read_spec

KIND = "residua.simulate.course"
_FEWEST, _MOST = 5_000, 5_000_000
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_LARGEST_SEED = 2**63 - 1
Sex = Literal["female", "male"]


@dataclass(frozen=True)
class CourseSpec:
    """A made-up patient; what is None is drawn by the seed.

    ``age`` in years, ``height`` in cm, ``weight`` in kg; ``doubling`` the days in which the
    leukaemia doubles before the MRD relapse; ``events`` those of each flow file.
    """

    seed: int
    diagnosis: date
    events: int
    sex: Sex | None = None
    age: int | None = None
    height: float | None = None
    weight: float | None = None
    doubling: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.seed <= _LARGEST_SEED:
            raise ValueFault("a seed of 0 to 2^63 - 1", "another number", "correct it")
        if not _FEWEST <= self.events <= _MOST:
            raise ValueFault(f"{_FEWEST} to {_MOST} events", "another number", "correct it")
        if not _EARLIEST <= self.diagnosis <= _LATEST:
            raise ValueFault("a diagnosis of 1990 to 2100", "another day", "correct it")
        _within("an age of 18 to 80 years", self.age, 18, 80)
        _within("a height of 130 to 220 cm", self.height, 130, 220)
        _within("a weight of 30 to 200 kg", self.weight, 30, 200)
        _within("a doubling in 5 to 9 days", self.doubling, 5, 9)


def _within(expected: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise ValueFault(expected, "another number", "correct it, or leave it to the seed")


def course_spec(
    path: Path | str | None = None, *, seed: int | None = None, events: int | None = None
) -> CourseSpec:
    """The spec of a file, or the shipped one; `seed` and `events` stand before what it says.

    Raises `InputError` with every fault of the file, `ValueFault` for `seed` or `events`.
    """
    spec = default_spec() if path is None else read_course_spec(path)
    if seed is not None:
        spec = replace(spec, seed=seed)
    return spec if events is None else replace(spec, events=events)


def default_spec() -> CourseSpec:
    """The spec that the program brings along."""
    shipped = files("residua.simulate.course").joinpath("default.toml")
    return read_course_spec(Path(str(shipped)), name="the default spec")


def read_course_spec(path: Path | str, *, name: str | None = None) -> CourseSpec:
    """The spec of a TOML file; raises `InputError` with every fault, by line."""
    return read_spec(path, _spec, name=name)


def _spec(top: Table) -> CourseSpec | None:
    top.only("kind", "version", "seed", "diagnosis", "events", "patient", "leukaemia")
    top.word("kind", (KIND,), required=True)
    top.text("version")
    seed, day = top.whole("seed", required=True), top.text("diagnosis", required=True)
    begun = None if day is None else top.made(lambda: _date(day), "diagnosis")
    events = top.whole("events")
    person = top.table("patient") or Table({}, ("patient",), top.faults)
    person.only("sex", "age", "height", "weight")
    disease = top.table("leukaemia") or Table({}, ("leukaemia",), top.faults)
    disease.only("doubling")
    sex = person.word("sex", ("female", "male"))
    age = person.whole("age")
    sizes = {"height": person.number("height"), "weight": person.number("weight")}
    doubling = disease.number("doubling")
    if seed is None or begun is None or not top.faults.none():
        return None
    many = round(assumed("marrow", "events")) if events is None else events
    return top.made(
        lambda: CourseSpec(
            seed, begun, many, cast("Sex | None", sex), age, doubling=doubling, **sizes
        )
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueFault("a day such as 2023-03-06", "another text", "correct it") from None
