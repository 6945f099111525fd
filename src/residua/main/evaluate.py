"""Evaluate a patient's folder: read, measure, arrange, judge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from residua.course.course import Course, arrange
from residua.errors import InputError
from residua.judgements.adherence import judge_adherence
from residua.judgements.judge import judge
from residua.judgements.judgement import Judgement
from residua.main.case_flow import FlowMeasurement, flow_facts, flow_inputs, measure_case_flow
from residua.main.check import check_folder
from residua.progress import Progress, silent


@dataclass(frozen=True)
class Evaluation:
    """A course with everything measured and judged in it; `notes` as of `check_folder`.

    ``adherence`` holds given against planned, beside the verdicts of the other standards.
    """

    folder: Path
    course: Course
    judgements: tuple[Judgement, ...]
    adherence: tuple[Judgement, ...]
    flow: tuple[FlowMeasurement, ...]
    notes: tuple[str, ...] = ()


def evaluate_case(folder: Path, *, progress: Progress = silent) -> Evaluation:
    """The evaluation of `folder`; raises `InputError` with all faults of all files."""
    progress("checking the folder")
    report = check_folder(folder)
    if report.faults:
        raise InputError(report.faults)
    progress("measuring the flow files")
    recorded = arrange(report.case)
    flow = measure_case_flow(folder, recorded)
    course = arrange(report.case.with_measured(flow_facts(flow, recorded), flow_inputs(flow)))
    progress("judging the course")
    judged, adherence = judge(course), judge_adherence(course)
    return Evaluation(folder, course, judged, adherence, flow, report.notes)
