"""A patient's folder: made, checked, run, explained, filled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, FAULTS, Json, Kind, Output, app
from residua.cli.terminal import count, faults_too, print_json, progress
from residua.errors import UsageError


@app.command
def new(folder: Path, /, *, panel: str | None = None) -> int:
    """Make a patient's folder with a commented template.

    ```
    residua new patients/p-017
    residua new patients/p-018 --panel euroflow-8
    ```

    Parameters
    ----------
    folder
        The folder to make; it must not exist yet, or be empty.
    panel
        A panel whose gate template, not validated, becomes `flow/flow.toml`: `euroflow-8`,
        `euroflow-12` or `one-tube-10`.
    """
    from residua.main.new import new_folder

    for path in new_folder(folder, panel=panel):
        print(path)
    return ANSWERED


@app.command
def check(folder: Path, /, *, json: Json = False) -> int:
    """Find every fault of a patient's folder in one pass, also in its raw files.

    One line per fault: `FILE:LINE: where: expected ..., received ..., do ...`.
    Exit 0 without faults, 1 with faults.

    ```
    residua check examples/huang-2023
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    json
        Print the faults and notes as JSON.
    """
    from residua.main.check import check_folder

    with progress() as step:
        step("checking the folder and its raw files")
        report = check_folder(folder)
    if json:
        print_json(report.document())
        return FAULTS if report.faults else ANSWERED
    for fault in report.faults:
        print(fault)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    print(count(len(report.faults)), file=sys.stderr)
    return FAULTS if report.faults else ANSWERED


@app.command
def run(
    folder: Path, /, *, output: Output, width: str = "double", panels: str | None = None
) -> int:
    """Evaluate a patient's folder: the course, its figure and its report.

    Writes `course.json`, `grades.parquet`, `course.svg`, `course.png`, `course.pdf` and
    `report.html`, all or nothing: an earlier output is replaced only when the new one is whole.

    ```
    residua run examples/huang-2023 -o out/huang-2023
    residua run examples/huang-2023 -o out/huang-2023 --width single --panels C,F
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    output
        The folder for the results.
    width
        Of the figure: `single`, `1.5`, `double` (columns of a journal) or mm.
    panels
        Of the figure, by their letters (`C,D,F`); by default all that have data.
    """
    from residua.main.figure import figure_options
    from residua.main.run import run_case

    options = figure_options(panels=panels, width=width)
    notes: list[str] = []
    with progress() as step:
        written = run_case(folder, output, figure=options, progress=step, note=notes.append)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    print(*written, sep="\n")
    return ANSWERED


@app.command
def explain(
    folder: Path, name: Annotated[str, Parameter(name="ID")], /, *, json: Json = False
) -> int:
    """Say what stands behind a fact, a judgement or a label of the figure.

    ```
    residua explain examples/huang-2023 ino-day-30
    residua explain examples/huang-2023 eln-all/2024/re-induction/response
    residua explain examples/huang-2023 magic
    residua explain examples/huang-2023 risk-dynamic
    residua explain examples/huang-2023 options-2022
    residua explain examples/huang-2023 option/dli/options-2022
    residua explain examples/huang-2023 gauthier-2021/cr-all
    residua explain examples/huang-2023 C2
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    name
        The id of a fact, a judgement, an option or a result of a study, the beginning of a
        judgement's id (`consistency`), or a label printed in the figure.
    json
        Print the explanation as JSON.
    """
    from residua.main.explain import explain_case

    with faults_too(json):
        with progress() as step:
            step("evaluating the folder")
            explained = explain_case(folder, name, as_json=json)
        print(explained)
    return ANSWERED


@app.command(name="import")
def import_(
    table: Path,
    /,
    *,
    map: Annotated[Path | None, Parameter(name="--map")] = None,
    kind: Kind = "labs",
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    suggest: Annotated[bool, Parameter(negative="")] = False,
    json: Json = False,
) -> int:
    """Bring a hospital's table into a patient's folder, by a map of its local names.

    Names and units that the map lacks are listed, never guessed, and then nothing is written.

    ```
    residua import export.xlsx --kind labs --suggest > local.map.toml
    residua import export.xlsx --map local.map.toml --kind labs -o patients/p-017
    ```

    Parameters
    ----------
    table
        The export: csv, tsv or xlsx, one value a row or one analyte a column.
    map
        The map of local names and units (TOML).
    kind
        Which table of the folder it becomes.
    output
        The patient's folder.
    suggest
        Print a map for a person to check, instead of importing.
    json
        Print what was imported, or the faults, as JSON.
    """
    from residua.main.import_table import import_table, suggest_map

    if suggest:
        print(suggest_map(table, kind=kind))
        return ANSWERED
    if map is None or output is None:
        raise UsageError("import needs --map and -o, or --suggest (see residua import --help)")
    with faults_too(json):
        with progress() as step:
            report = import_table(table, map_file=map, kind=kind, folder=output, progress=step)
        print_json(report.document()) if json else print(report)
    return ANSWERED
