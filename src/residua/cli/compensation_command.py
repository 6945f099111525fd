"""The spillover matrix of single-stain controls."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Json, Output, app
from residua.cli.terminal import faults_too, print_json, progress


@app.command
def compensation(
    gates: Path, /, *, tube: str | None = None, output: Output, json: Json = False
) -> int:
    """Measure the spillover matrix of single-stain controls, and what it leaves.

    Writes `spillover.csv` (for `compensation = "spillover.csv"`), `spillover.json` (with the
    standard errors, the residual spillover and its intervals) and `spillover.png`.

    ```
    residua compensation flow/flow.toml -o out/spillover
    ```

    Parameters
    ----------
    gates
        The strategy, `flow.toml`, whose `[[file]]` name the controls.
    tube
        The tube, where the controls are for several.
    output
        The folder for the results.
    json
        Print the result, or the faults, as JSON too.
    """
    from residua.main.compensation import measure_compensation, write_compensation
    from residua.views.spillover_export import spillover_document

    with faults_too(json):
        with progress() as step:
            shown = measure_compensation(gates, tube=tube, progress=step)
            written = write_compensation(shown, output)
        if json:
            print_json(spillover_document(shown))
            return ANSWERED
        print(*written, sep="\n")
    return ANSWERED
