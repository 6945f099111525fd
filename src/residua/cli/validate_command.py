"""A laboratory validates its MRD assay, and keeps its control chart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, Output, app
from residua.cli.terminal import faults_too, print_json, progress
from residua.errors import UsageError


@app.command
def validate(
    series: Path,
    /,
    *,
    gates: Path | None = None,
    diagnosis: Annotated[tuple[Path, ...], Parameter(name="--diagnosis", negative="")] = (),
    normals: Path | None = None,
    output: Output,
    control: Annotated[bool, Parameter(negative="")] = False,
    json: Json = False,
) -> int:
    """Validate an MRD assay from a laboratory's own dilutions and blanks.

    Measures every file of the table and writes limit of blank, LoD, LLOQ, linearity, precision
    and agreement as `validation.json`, a report to be signed (`validation.html`), figures, and a
    `policy.toml` for `residua mrd --policy`. With `--control` the files are controls: their
    results are added to the control chart in the folder (`control.json`, `control.png`), and
    what is there already stays as it is.

    ```
    residua validate series.csv --gates flow.toml -o out/validation
    residua validate series.csv --diagnosis dx.fcs -o out/automatic
    residua validate controls-may.csv --gates flow.toml -o out/controls --control
    ```

    Parameters
    ----------
    series
        A CSV with the columns `file,expected,run,operator,instrument`, and if known `date`,
        `sample`, `replicate`, `reference`; `expected` is a fraction (`1e-4`, `0.01 %`) or `blank`.
    gates
        The gating strategy of the assay, `flow.toml`.
    diagnosis
        In place of gates: the diagnosis that the blasts of the dilutions are known from; may be
        repeated.
    normals
        Beside a diagnosis: your normal marrows, as for `residua mrd`.
    output
        The folder for the results.
    control
        Keep a control chart, in place of a validation.
    json
        Print the result, or the faults, as JSON.
    """
    if (gates is None) == (not diagnosis) or (gates is not None and normals is not None):
        raise UsageError("give --gates, or --diagnosis (with --normals), and only one of them")
    by: dict[str, Any] = {"gates": gates, "diagnoses": diagnosis, "normals": normals}
    with faults_too(json):
        if control:
            return _keep_chart(series, by, output, json=json)
        from residua.main.validate.validate import validate_assay
        from residua.views.validation.answer import validation_words
        from residua.views.validation.document import validation_document

        with progress() as step:
            found = validate_assay(series, out=output, progress=step, **by)
        if json:
            print_json(validation_document(found))
        else:
            print(validation_words(found), output, sep="\n")
    return ANSWERED


def _keep_chart(series: Path, by: dict[str, Any], output: Path, *, json: bool) -> int:
    from residua.main.validate.control import keep_chart
    from residua.views.validation.control_document import chart_document, chart_words

    with progress() as step:
        chart = keep_chart(series, out=output, progress=step, **by)
    if json:
        print_json(chart_document(chart))
    else:
        print(chart_words(chart), output, sep="\n")
    return ANSWERED
