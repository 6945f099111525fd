"""Cytometry: files measured, files made up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, Output, app, simulate
from residua.cli.terminal import faults_too, print_json, progress
from residua.errors import UsageError


@app.command
def mrd(
    *files: Path,
    gates: Path,
    after: Annotated[tuple[str, ...], Parameter(name="--after", negative="")] = (),
    policy: str | None = None,
    output: Output,
    json: Json = False,
) -> int:
    """Measure MRD and antigens in FCS files by stated gates, with their limits.

    Writes one `mrd.json`, with the quality of the files and whether their cells suffice; also
    an answer "not assessable" exits 0. Unreadable input exits 1 and writes nothing.

    ```
    residua mrd d30.fcs --gates flow.toml --after CD22 -o mrd.json
    ```

    Parameters
    ----------
    files
        The acquisitions of one specimen.
    gates
        The gating strategy, `flow.toml`.
    after
        An antigen that therapy aimed at within 30 days before; may be repeated.
    policy
        A counting policy by name, in place of the strategy's.
    output
        The file to write, or a folder for `mrd.json` and `quality.png`.
    json
        Print the result, or the faults, as JSON too.
    """
    from residua.main.mrd import measure_mrd
    from residua.views.mrd_export import mrd_document, result_path

    if not files:
        raise UsageError("mrd needs at least one FCS file (see residua mrd --help)")
    with faults_too(json):
        with progress() as step:
            result = measure_mrd(
                files, gates=gates, after=after, policy=policy, out=output, progress=step
            )
            picture = None
            if result_path(output) != output:
                from residua.main.draw_quality import write_quality

                step("drawing the quality of the files")
                picture = write_quality(result, output)
        if json:
            print_json(mrd_document(result))
        else:
            print(*(path for path in (result_path(output), picture) if path), sep="\n")
    return ANSWERED


@simulate.command
def flow(spec: Path, /, *, output: Output) -> int:
    """Make an FCS 3.1 file of made-up cells, and the truth beside it.

    ```
    residua simulate flow spec.toml -o marrow.fcs
    ```

    Parameters
    ----------
    spec
        Populations, spillover, debris, doublets and the seed (TOML).
    output
        The FCS file to write; the truth is written beside it.
    """
    from residua.main.simulate_flow import simulate_flow

    with progress() as step:
        written = simulate_flow(spec, out=output, progress=step)
    print(*written, sep="\n")
    return ANSWERED
