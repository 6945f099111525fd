"""The cytokines as a bead array's software exports them: concentrations by well, with standards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from residua.simulate.assumptions import drawn_day
from residua.simulate.course.calendar import Calendar
from residua.simulate.course.cytokines import DAYS, TIME, CytokineTruth, CytokineValue
from residua.simulate.course.toml_text import table_text

TABLE = "cytokines.csv"
_STANDARDS = 7
Rows = Iterator[Sequence[str]]


def sample_name(day: int) -> str:
    """What the tube of a day is called on the plate."""
    return f"day {day:+d}" if day else "day 0"


def beads_table(
    truths: Sequence[CytokineTruth],
    wells: Sequence[Sequence[CytokineValue]],
    random: np.random.Generator,
) -> str:
    """The export: `wells` hold the values of the analytes of each well, in order."""
    names = [truth.analyte for truth in truths]
    places = [*_standard_names(), *(sample_name(well[0].day) for well in wells)]
    rows: list[Sequence[str]] = [
        ("Program", "xPONENT", "", "made-up"), (),
        ("Samples", str(len(places)), "Min Events", "50", "Per Bead"), (), ("Results",), (),
        *_block("Count", names, _counts(places, len(names), random)),
        *_block("Result", names, _results(truths, wells)),
        ("DataType:", "Units"), ("Analyte:", *names), ("Units:", *["pg/mL"] * len(names)), (),
        ("DataType:", "Standard Expected Concentration"), ("Reagent", *names),
        *([name, *cells] for name, cells in _standards(truths)), (),
    ]  # fmt: skip
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def _block(kind: str, names: Sequence[str], rows: Iterator[tuple[str, list[str]]]) -> Rows:
    yield ("DataType:", kind)
    yield ("Location", "Sample", *names, "Total Events")
    for number, (sample, cells) in enumerate(rows, 1):
        place = f"{'ABCDEFGH'[(number - 1) % 8]}{(number - 1) // 8 + 1}"
        yield (f"{number}(1,{place})", sample, *cells, "")
    yield ()


def _standard_names() -> list[str]:
    return [f"Standard{number}" for number in range(1, _STANDARDS + 1)]


def _standards(truths: Sequence[CytokineTruth]) -> Iterator[tuple[str, list[str]]]:
    """Equal steps from the lowest standard, which is the LLOQ, to the highest, the ULOQ."""
    for number, name in enumerate(_standard_names()):
        part = number / (_STANDARDS - 1)
        yield name, [f"{t.lloq ** (1 - part) * t.uloq**part:.4g}" for t in truths]


def _results(
    truths: Sequence[CytokineTruth], wells: Sequence[Sequence[CytokineValue]]
) -> Iterator[tuple[str, list[str]]]:
    yield from _standards(truths)
    for well in wells:
        yield sample_name(well[0].day), [_spaced(value.text) for value in well]


def _spaced(text: str) -> str:
    """``< 1.6``, as the software prints what is out of range."""
    return f"{text[0]} {text[1:]}" if text[:1] in "<>" else text


def _counts(
    places: Sequence[str], analytes: int, random: np.random.Generator
) -> Iterator[tuple[str, list[str]]]:
    for place in places:
        beads = [drawn_day("cytokine_assay", "beads", random) for _ in range(analytes)]
        yield place, [str(count) for count in beads]


def beads_toml(when: Calendar) -> str:
    """``beads/beads.toml``: what the table is, and the day of each tube."""
    head = table_text("[[file]]", {"path": TABLE, "assay": "cytokines"})
    samples = [
        table_text(
            "[[sample]]",
            {"name": sample_name(day), "date": when.date(when.car_t + day), "time": TIME},
        )
        for day in DAYS
    ]
    return "\n".join(('kind = "residua.beads"\nversion = "1.0"\n', head, *samples))


def wells_of(values: Sequence[CytokineValue]) -> list[list[CytokineValue]]:
    """Values in the order of the plate, by well."""
    size = len({value.truth.analyte for value in values})
    return [list(values[at : at + size]) for at in range(0, len(values), size)]
