"""Cytometry: files measured, files made up."""

from __future__ import annotations

import sys
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

    Writes one `mrd.json`; also an answer "not assessable" exits 0. Unreadable input exits 1
    and writes nothing.

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
        The file to write, or a folder for `mrd.json`.
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
        print_json(mrd_document(result)) if json else print(result_path(output))
    return ANSWERED


@app.command
def gate(
    file: Path,
    /,
    *,
    gates: Path,
    output: Output,
    sample: str | None = None,
    mark: str | None = None,
    masks: Annotated[bool, Parameter(negative="")] = False,
    json: Json = False,
) -> int:
    """Count the events of an FCS file in every gate, and draw the strategy as a tree.

    Writes `counts.csv`, `counts.json` and the tree of density plots as `tree.png`, `tree.svg`
    and `tree.pdf`, all or nothing. The gates may be a `flow.toml`, a Gating-ML 2.0 document or
    a FlowJo workspace, and are written in the other forms too (`gates.xml`, `flow.toml`). With
    a workspace FlowJo's own counts stand beside ours.

    ```
    residua gate marrow.fcs --gates flow.toml -o out/marrow
    residua gate marrow.fcs --gates laboratory.wsp --sample 2 -o out/marrow
    ```

    Parameters
    ----------
    file
        The acquisition.
    gates
        The gating strategy: `flow.toml`, Gating-ML 2.0 (`.xml`) or FlowJo 10 (`.wsp`).
    output
        The folder for the results.
    sample
        Which sample of the workspace, or tube of the flow.toml, the file is: its name, or its
        place from 1. Needed only where the file's name does not say it.
    mark
        The gate whose events are marked in every plot; by default the numerator of `[mrd]`.
    masks
        Write `masks.parquet` too: one row per event, one column per gate.
    json
        Print counts.json, or the faults, as JSON.
    """
    from residua.main.gate import gate_file
    from residua.views.gate_counts_export import counts_document

    with faults_too(json):
        with progress() as step:
            found = gate_file(
                file, gates=gates, out=output, sample=sample, mark=mark, masks=masks, progress=step
            )
        for flag in found.flags:
            print(f"note: {flag}", file=sys.stderr)
        print_json(counts_document(found)) if json else print(*sorted(output.iterdir()), sep="\n")
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
