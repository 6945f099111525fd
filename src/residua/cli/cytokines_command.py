"""Concentrations of cytokines as instruments export them."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json


@app.command
def cytokines(
    file: Path,
    /,
    *,
    to: Path | None = None,
    unit: str | None = None,
    sheet: str | None = None,
    wells: bool = False,
    json: Json = False,
) -> int:
    """Concentrations of a table that xPONENT, FCAP Array (CBA) or LEGENDplex wrote, with bounds.

    ```
    residua cytokines plate.csv
    residua cytokines plate.csv --to cytokines.csv
    residua cytokines results.xlsx --sheet Concentration --unit pg/mL --json
    ```

    Parameters
    ----------
    file
        A CSV, text or xlsx export. What is out of range is a bound, never a number.
    to
        Write the values as a cytokines.csv of a case; its notes name the samples, and the dates
        are left to you.
    unit
        The unit of concentrations where the file names none.
    sheet
        The sheet of a workbook with several.
    wells
        Tell each well; without it replicate wells of a sample are joined.
    json
        Print JSON.
    """
    from residua.main.beads.concentrations import tabulate_cytokines, write_cytokines
    from residua.views.cytokines_export import cytokines_document, cytokines_text

    with faults_too(json):
        table = tabulate_cytokines(file, unit=unit, sheet=sheet, wells=wells)
        if to is not None:
            write_cytokines(table, to, read=file)
    if json:
        print_json(cytokines_document(table))
    else:
        print(cytokines_text(table))
    return ANSWERED
