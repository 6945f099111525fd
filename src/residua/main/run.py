"""`residua run`: a folder's evaluation, as course.json, grades, the figure and the report."""

from __future__ import annotations

from pathlib import Path

from residua.judgements.evidence import evidence_of
from residua.judgements.toxicity.graded import grade_course
from residua.main.evaluate import Evaluation, evaluate_case
from residua.main.figure import USUAL, FigureOptions, figure_content, missing_notes
from residua.main.output import whole_folder
from residua.main.software import software
from residua.progress import Progress, silent
from residua.views.course_figure import draw_content
from residua.views.course_json import course_document, course_text
from residua.views.curves.all_curves import curve_documents
from residua.views.figure_content import FigureContent
from residua.views.grades_export import grades_parquet
from residua.views.mrd_export import mrd_document
from residua.views.report import write_report
from residua.views.write_figure import write_course


def run_case(
    folder: Path, out: Path, *, figure: FigureOptions = USUAL, progress: Progress = silent,
    note: Progress = silent,
) -> tuple[Path, ...]:  # fmt: skip
    """Evaluate `folder` and write the results into `out`; returns the files written.

    `figure` says how the figure is drawn. `note` hears what is no fault and yet left alone, such
    as raw files that nothing measures, and which panels asked for have no data.
    Raises `InputError` for faults in the input and `UsageError` where `out` cannot be written;
    then nothing is written and an earlier output stays as it is.
    """
    evaluation = evaluate_case(folder, progress=progress)
    with whole_folder(out) as partial:
        content = figure_content(evaluation, figure)
        _write(evaluation, content, figure, partial, progress)
        names = sorted(path.name for path in partial.iterdir())
    for one in (*evaluation.notes, *missing_notes(content, figure)):
        note(one)
    return tuple(out / name for name in names)


def _write(
    evaluation: Evaluation, content: FigureContent, options: FigureOptions, folder: Path,
    progress: Progress,
) -> None:  # fmt: skip
    progress("drawing the figure")
    write_course(draw_content(content, options.width_mm, height=options.height), folder)
    progress("writing the report")
    record = software().document()
    measures = [
        *(mrd_document(measured.result) for measured in evaluation.flow),
        *curve_documents(evaluation.course, evaluation.curves),
    ]
    evidence = evidence_of(evaluation.course)
    document = course_document(
        evaluation.course,
        evaluation.judgements,
        measures,
        record,
        evidence=evidence,
        options=evaluation.options,
    )
    _write_text(folder / "course.json", course_text(document))
    grades = grades_parquet(evaluation.course, grade_course(evaluation.course))
    (folder / "grades.parquet").write_bytes(grades)
    report = write_report(
        evaluation.course,
        evaluation.families,
        evidence=evidence,
        options=evaluation.options,
        figure=(folder / "course.svg").read_text("utf-8"),
        software=record,
        curves=evaluation.curves,
        measures={measured.fact: measured.result for measured in evaluation.flow},
    )
    _write_text(folder / "report.html", report)


def _write_text(path: Path, text: str) -> None:
    """As UTF-8; a file name whose bytes are not comes with those bytes spelled out."""
    path.write_text(text, "utf-8", errors="backslashreplace")
