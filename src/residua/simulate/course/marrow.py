"""Raw flow files of two marrows: normal cells as shipped, blasts as the burden has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from residua.simulate.assumptions import assumed, drawn
from residua.simulate.course.burden import Burden
from residua.simulate.course.calendar import Calendar, random_for
from residua.simulate.course.samples import Sample
from residua.simulate.course.spec import CourseSpec
from residua.simulate.flow_spec import FlowSpec, Population, read_flow_spec

BLASTS = "blasts"
_B_CELLS = ("haematogones I", "haematogones II", "mature B cells")


@dataclass(frozen=True)
class FlowFile:
    """One raw file: its sample, what it is made of and the fraction that was true."""

    sample: Sample
    spec: FlowSpec
    true_level: float
    cd22: float


def flow_files(
    spec: CourseSpec, when: Calendar, burden: Burden, samples: Sequence[Sample]
) -> tuple[FlowFile, ...]:
    """The files of the samples that have one; the number of blasts is drawn by Poisson."""
    random = random_for(spec, "marrow")
    made = []
    for sample in samples:
        if sample.flow_file is None:
            continue
        treated = sample.day > when.ino
        level = burden.level(sample.day)
        part = drawn("marrow", "cd22_after" if treated else "cd22_before", random)
        shape = replace(
            marrow_shape(),
            events=spec.events,
            seed=int(random.integers(1, 2**31)),
            date=when.date(sample.day),
        )
        count = int(random.binomial(shape.cells, level))
        fewer = assumed("marrow", "b_cells_after") if treated else 1.0
        populations = _populations(shape.populations, count, part, fewer)
        made.append(FlowFile(sample, replace(shape, populations=populations), level, part))
    return tuple(made)


def _populations(
    shipped: Sequence[Population], blasts: int, cd22: float, b_cells: float
) -> tuple[Population, ...]:
    """The shipped populations with fewer B cells, and blasts of which a part carries CD22."""
    parts = {
        p.name: (p.fraction or 0) * (b_cells if p.name in _B_CELLS else 1.0)
        for p in shipped
        if p.name != BLASTS
    }
    total = sum(parts.values())
    made = []
    for population in shipped:
        if population.name != BLASTS:
            made.append(replace(population, fraction=parts[population.name] / total))
            continue
        levels = tuple(
            replace(level, positive=cd22) if level.channel == "CD22" else level
            for level in population.levels
        )
        made.append(replace(population, levels=levels, count=blasts))
    return tuple(made)


def marrow_shape() -> FlowSpec:
    """The shipped marrow."""
    place = files("residua.simulate.course").joinpath("marrow.toml")
    return read_flow_spec(Path(str(place)), name="the shipped marrow")


def gates_toml(made: Sequence[FlowFile], specimens: Sequence[str]) -> str:
    """``flow/flow.toml``: the files, and the gates that find the blasts without CD22."""
    named = "".join(
        f'\n[[file]]\npath = "{file.sample.flow_file}"\nspecimen = "{specimen}"\nrole = "sample"\n'
        for file, specimen in zip(made, specimens, strict=True)
    )
    gates = files("residua.simulate.course").joinpath("gates.toml").read_text("utf-8")
    head, _, rest = gates.partition("\n\n")
    return f"{head}\n{named}\n{rest}"
