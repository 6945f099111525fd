"""`residua validate`: the limits, precision and agreement of an assay, from its own series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.day import Day
from residua.facts.validation_series import Series
from residua.main.output import whole_folder
from residua.main.validate.measuring import by_diagnosis, by_gates, measure_series
from residua.measures.validation.study import study_of
from residua.measures.validation.validated import Validated
from residua.progress import Progress, silent
from residua.readers.validation_series import read_series
from residua.standards.assay_validation import validation_numbers
from residua.views.validation.document import validation_text
from residua.views.validation.figures import validation_figures
from residua.views.validation.policy import policy_text
from residua.views.validation.report import validation_report
from residua.views.write_figure import figure_bytes


def validate_assay(
    series: Path | str,
    *,
    gates: Path | str | None = None,
    diagnoses: Sequence[Path | str] = (),
    normals: Path | str | None = None,
    out: Path | str | None = None,
    progress: Progress = silent,
) -> Validated:
    """The validation of an assay from the table of its series; `out` is the folder to write.

    Blasts are gated by `gates`, or known from the files of `diagnoses` with `normals`.

    Raises `InputError` with the faults of the table, the gates and every file; then nothing is
    written.
    """
    table, strategy = Path(series), None if gates is None else Path(gates)
    known, own = [Path(path) for path in diagnoses], None if normals is None else Path(normals)
    read = read_series(table)
    measure, approach = by_gates(strategy) if strategy else by_diagnosis(known, own)
    measured = measure_series(read, table.parent, measure, progress=progress)
    kept = tuple(result for result in measured if result.denominator.count)
    if not kept:
        expected = "files with cells in the denominator"
        raise InputError(Fault(read.name, "the files", expected, "none", "check the gates"))
    numbers = validation_numbers()
    validated = Validated(
        read, approach, kept, tuple(one for one in measured if one not in kept),
        study_of(kept, numbers), numbers, latest_day(read),
    )  # fmt: skip
    if out is not None:
        progress("writing the report")
        beside = known if strategy is None else [strategy]
        _write(validated, Path(out), inputs=(table, *beside, *_files(read, table.parent)))
    return validated


def latest_day(series: Series) -> str | None:
    """The latest date that the rows state, as they state it."""
    days = [Day.parse(row.date) for row in series.rows if row.date]
    return max(days, key=lambda day: (day.span.latest or date.min, day.text)).text if days else None


def _files(series: Series, folder: Path) -> Iterable[Path]:
    return (folder / row.file for row in series.rows)


def _write(validated: Validated, out: Path, *, inputs: Iterable[Path]) -> None:
    pictures = {
        f"{name}.png": figure_bytes(figure, "png")
        for name, figure in validation_figures(validated).items()
    }
    texts = {
        "validation.json": validation_text(validated),
        "validation.html": validation_report(validated, pictures),
        "policy.toml": policy_text(validated),
    }
    with whole_folder(out, inputs=inputs) as partial:
        for name, text in texts.items():
            (partial / name).write_bytes(text.encode(errors="backslashreplace"))
        for name, content in pictures.items():
            (partial / name).write_bytes(content)
