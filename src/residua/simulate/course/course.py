"""One made-up patient: everything that is true, and every text file that shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import residua
from residua.simulate.course.beads import TABLE, beads_table, beads_toml, wells_of
from residua.simulate.course.burden import Burden, make_burden
from residua.simulate.course.calendar import Calendar, make_calendar, random_for
from residua.simulate.course.car_t_cells import CarTCells, make_car_t_cells
from residua.simulate.course.counts import Blood, draw_stretch, lab_days, lab_values, transfusions
from residua.simulate.course.crs import Crs, make_crs
from residua.simulate.course.cytokines import CytokineTruth, cytokine_values, make_cytokines
from residua.simulate.course.marrow import BLASTS, FlowFile, flow_files, gates_toml
from residua.simulate.course.mrd_results import MrdResult, mrd_results
from residua.simulate.course.person import Person, make_person
from residua.simulate.course.plates import DAYS, plate_table, plates_toml
from residua.simulate.course.record import case_text
from residua.simulate.course.samples import Sample, mrd_samples, specimen_of
from residua.simulate.course.spec import CourseSpec
from residua.simulate.course.tables import labs_csv, mrd_csv, vitals_csv

KIND, VERSION = "residua.truth", "1.0"
TRUTH = "truth.json"


@dataclass(frozen=True)
class MadeCourse:
    """What is true of one made-up patient."""

    spec: CourseSpec
    person: Person
    when: Calendar
    burden: Burden
    cells: CarTCells
    crs: Crs
    cytokines: tuple[CytokineTruth, ...]
    samples: tuple[Sample, ...]
    mrd: tuple[MrdResult, ...]
    flow: tuple[FlowFile, ...]


def make_course(spec: CourseSpec) -> MadeCourse:
    """The patient of a spec: the same for the same seed."""
    when = make_calendar(spec)
    burden = make_burden(spec, when)
    crs = make_crs(spec)
    samples = mrd_samples(when)
    return MadeCourse(
        spec,
        make_person(spec),
        when,
        burden,
        make_car_t_cells(spec),
        crs,
        make_cytokines(spec, crs),
        samples,
        tuple(mrd_results(samples, burden, random_for(spec, "mrd"))),
        flow_files(spec, when, burden, samples),
    )


def course_texts(made: MadeCourse) -> Mapping[str, str]:
    """Every text file of the folder by its path; the raw flow files are not among them."""
    spec, when = made.spec, made.when
    blood = Blood(when, made.burden, made.cells, draw_stretch(random_for(spec, "stretch")))
    days = lab_days(when, (sample.day for sample in made.samples))
    values = lab_values(blood, days, random_for(spec, "labs"))
    chance = random_for(spec, "cytokine assay")
    wells = wells_of(list(cytokine_values(made.cytokines, chance)))
    plates = {
        f"plate-{number}.csv": plate_table(made.cells, chosen, random_for(spec, f"plate {number}"))
        for number, chosen in enumerate(DAYS, 1)
    }
    texts = {
        "case.toml": case_text(
            person=made.person,
            when=when,
            burden=made.burden,
            crs=made.crs,
            samples=made.samples,
            transfused=transfusions(values),
        ),
        "labs.csv": labs_csv(when, values),
        "vitals.csv": vitals_csv(when, made.person, made.crs, random_for(spec, "vitals")),
        "mrd.csv": mrd_csv(when, made.mrd),
        "beads/beads.toml": beads_toml(when),
        f"beads/{TABLE}": beads_table(made.cytokines, wells, chance),
        "qpcr/qpcr.toml": plates_toml(tuple(plates)),
        **{f"qpcr/{name}": text for name, text in plates.items()},
        "flow/flow.toml": gates_toml(made.flow, [specimen_of(f.sample) for f in made.flow]),
        TRUTH: truth_text(made),
    }
    return MappingProxyType(texts)


def truth_text(made: MadeCourse) -> str:
    """truth.json: what is behind the files."""
    document: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "simulated": True,
        "seed": made.spec.seed,
        "days": {"counted_from": "diagnosis", **_days(made)},
        "patient": asdict(made.person),
        "burden": _burden(made),
        "mrd": [_mrd(result) for result in made.mrd],
        "car_t": _cells(made),
        "crs": asdict(made.crs),
        "cytokines": [_cytokine(truth) for truth in made.cytokines],
        "flow": [_flow(file) for file in made.flow],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _days(made: MadeCourse) -> dict[str, Any]:
    when = asdict(made.when)
    return {**when, "diagnosis": made.when.date(0)}


def _burden(made: MadeCourse) -> dict[str, Any]:
    days = range(0, made.when.last_contact + 1)
    return {
        "unit": "fraction of nucleated marrow cells",
        "blood_over_marrow": made.burden.blood,
        "doubling_days": [made.burden.doubling_first, made.burden.doubling_second],
        "turns": [list(turn) for turn in made.burden.turns],
        "by_day": [float(f"{made.burden.level(day):.4g}") for day in days],
    }


def _mrd(result: MrdResult) -> dict[str, Any]:
    return {
        "specimen": specimen_of(result.sample),
        "day": result.sample.day,
        "method": result.method,
        "true_level": result.true_level,
        "status": result.status,
    }


def _cells(made: MadeCourse) -> dict[str, Any]:
    days: Sequence[int] = [day for plate in DAYS for day in plate]
    return {
        "model": "stein-2019",
        "unit": "copies/ug",
        "parameters": dict(made.cells.parameters),
        "lost_after": made.cells.lost_after,
        "days": list(days),
        "copies": [float(f"{v:.6g}") for v in made.cells.copies([float(d) for d in days])],
    }


def _cytokine(truth: CytokineTruth) -> dict[str, Any]:
    day, level = truth.highest()
    return {"unit": "pg/mL", **asdict(truth), "highest_sampled": {"day": day, "level": level}}


def _flow(file: FlowFile) -> dict[str, Any]:
    counts = {p.name: p.count for p in file.spec.populations}
    return {
        "file": f"flow/{file.sample.flow_file}",
        "specimen": specimen_of(file.sample),
        "events": file.spec.events,
        "cells": file.spec.cells,
        "blasts": counts[BLASTS],
        "true_level": file.true_level,
        "cd22_positive": file.cd22,
    }
