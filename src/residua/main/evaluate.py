"""Evaluate a patient's folder: read, measure, arrange, judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from residua.course.course import Course, arrange
from residua.course.curves import Curves
from residua.errors import InputError
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.judgements.options.options import option_tables
from residua.judgements.options.table import OptionTable
from residua.main.beads.case import bead_facts, bead_inputs, bead_notes, measure_case_beads
from residua.main.case_clonotypes import measure_case_clonotypes
from residua.main.case_flow import FlowMeasurement, flow_facts, flow_inputs, measure_case_flow
from residua.main.check import check_folder
from residua.main.curves.measure import measure_curves
from residua.main.plates.case import (
    measure_case_plates,
    plate_facts,
    plate_inputs,
    plate_notes,
)
from residua.progress import Progress, silent


@dataclass(frozen=True)
class Evaluation:
    """A course with everything measured and judged in it; `notes` as of `check_folder`.

    ``families`` holds the judgements by family, as of `judge_families`; ``options`` the options
    tables of the decisions and relapses; ``curves`` those of the laboratory.
    """

    folder: Path
    course: Course
    families: Mapping[str, tuple[Judgement, ...]]
    flow: tuple[FlowMeasurement, ...]
    notes: tuple[str, ...] = ()
    options: tuple[OptionTable, ...] = ()
    curves: Curves = field(default_factory=Curves)

    @property
    def response(self) -> tuple[Judgement, ...]:
        """Response, MRD and relapse: what the figure and the table of verdicts show."""
        return self.families["response"]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement of every family."""
        return tuple(judgement for said in self.families.values() for judgement in said)


def evaluate_case(folder: Path, *, progress: Progress = silent) -> Evaluation:
    """The evaluation of `folder`; raises `InputError` with all faults of all files."""
    progress("checking the folder")
    report = check_folder(folder)
    if report.faults:
        raise InputError(report.faults)
    progress("measuring the flow files")
    recorded = arrange(report.case)
    flow = measure_case_flow(folder, recorded)
    case = report.case.with_measured(flow_facts(flow, recorded), flow_inputs(flow))
    progress("measuring the plates")
    plates = measure_case_plates(folder, case)
    case = case.with_measured(plate_facts(plates), plate_inputs(folder, plates))
    clonotypes = measure_case_clonotypes(folder, case)
    case = case.with_measured(clonotypes.facts, clonotypes.inputs)
    progress("reading the tables of cytokines")
    beads = measure_case_beads(folder, case)
    course = arrange(case.with_measured(bead_facts(beads), bead_inputs(folder, beads)))
    progress("measuring the laboratory curves")
    curves = replace(measure_curves(course), plates=plates)
    progress("judging the course")
    families = judge_families(course)
    said = tuple(judgement for family in families.values() for judgement in family)
    options = option_tables(course, said)
    notes = (*report.notes, *plate_notes(folder, plates), *bead_notes(folder, beads))
    return Evaluation(folder, course, families, flow, notes, options, curves)
