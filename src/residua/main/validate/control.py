"""`residua validate --control`: a control chart that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.control_chart import ChainedResult, ControlResult, chained
from residua.facts.day import Day
from residua.facts.validation_series import Series, SeriesResult
from residua.main.output import whole_folder
from residua.main.validate.measuring import by_diagnosis, by_gates, measure_series
from residua.measures.validation.chart import Chart, chart_of
from residua.progress import Progress, silent
from residua.readers.control_chart import read_chart
from residua.readers.validation_series import read_series
from residua.standards.assay_validation import validation_numbers
from residua.views.validation.control_document import chart_text
from residua.views.validation.control_figure import draw_chart
from residua.views.write_figure import figure_bytes

FILE, PICTURE = "control.json", "control.png"


def keep_chart(
    series: Path | str,
    *,
    out: Path | str,
    gates: Path | str | None = None,
    diagnoses: Sequence[Path | str] = (),
    normals: Path | str | None = None,
    progress: Progress = silent,
) -> Chart:
    """Add the controls of a table to the chart in the folder `out`; blanks are left out.

    A file that the chart holds already is left as it is. Raises `InputError` with the faults of
    the table, the gates and every file, and where the chart's history was changed or a row says
    something else of a result that it holds; then nothing is written.
    """
    table, folder = Path(series), Path(out)
    strategy = None if gates is None else Path(gates)
    known, own = [Path(path) for path in diagnoses], None if normals is None else Path(normals)
    kept = read_chart(folder / FILE) if (folder / FILE).exists() else ()
    read = read_series(table)
    rows = tuple(row for row in read.rows if not row.blank)
    controls = replace(read, rows=rows)
    measure, approach = by_gates(strategy) if strategy else by_diagnosis(known, own)
    measured = measure_series(controls, table.parent, measure, progress=progress)
    new = _in_order([(one, _result(one, approach.gates.sha256)) for one in measured])
    added = _new(read, kept, new)
    notes = [f"{len(read.rows) - len(rows)} blanks are not charted"] * (len(rows) < len(read.rows))
    history = chained(added, after=kept)
    needed = validation_numbers().control_points
    chart = chart_of(history, needed=needed, added=len(added), notes=notes)
    progress("drawing the chart")
    contents = {
        FILE: chart_text(chart).encode(errors="backslashreplace"),
        PICTURE: figure_bytes(draw_chart(chart), "png"),
    }
    beside = known if strategy is None else [strategy]
    inputs = (table, *beside, *(table.parent / row.file for row in read.rows))
    with whole_folder(folder, inputs=inputs) as partial:
        for name, content in contents.items():
            (partial / name).write_bytes(content)
    return chart


def _result(one: SeriesResult, gates: str) -> ControlResult:
    row = one.row
    return ControlResult(
        control=row.sample or f"level {row.expected or row.reference:.3g}",
        file=row.file, sha256=one.sha256, gates=gates, run=row.run, operator=row.operator,
        instrument=row.instrument, date=row.date, numerator=one.numerator,
        denominator=one.denominator.count, target=row.target, sd=row.sd,
        simulated="simulated" in one.flags,
    )  # fmt: skip


def _in_order(
    found: Sequence[tuple[SeriesResult, ControlResult]],
) -> list[tuple[SeriesResult, ControlResult]]:
    """By date, then as in the table."""
    days = {result.date: Day.parse(result.date).span.latest for _, result in found if result.date}
    return sorted(found, key=lambda pair: days.get(pair[1].date or "") or date.min)


def _new(
    series: Series,
    kept: Sequence[ChainedResult],
    found: Sequence[tuple[SeriesResult, ControlResult]],
) -> list[ControlResult]:
    """The results that the chart does not hold yet, or the faults of those that contradict it."""
    by_file = {one.result.sha256: one.result for one in kept}
    stated = {one.result.control: _stated(one.result) for one in kept}
    added, faults = [], []
    for measured, result in found:
        line = measured.row.line
        if result.denominator == 0:
            expected, do = "cells in the denominator", "check the gates"
            faults.append(Fault(series.name, "file", expected, "none", do, line))
        elif result.sha256 in by_file:
            if replace(result, file="") != replace(by_file[result.sha256], file=""):
                expected, do = "the result as the chart holds it", "correct the row or the gates"
                faults.append(Fault(series.name, "the row", expected, "another one", do, line))
        elif stated.setdefault(result.control, _stated(result)) != _stated(result):
            expected = "one target and SD for a control"
            do = "give a control with a new target a name of its own"
            faults.append(Fault(series.name, "target", expected, "another one", do, line))
        else:
            added.append(result)
    faults += [
        Fault(
            series.name, "sd", "a target and its SD", "one of the two", "add the other", m.row.line
        )
        for m, r in found
        if (r.target is None) != (r.sd is None)
    ]
    if faults:
        raise InputError(faults)
    return added


def _stated(result: ControlResult) -> tuple[float | None, float | None]:
    return result.target, result.sd
