"""Cytometry: files measured, files made up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from residua.cli.app import ANSWERED, FAULTS, Json, Output, app, simulate
from residua.cli.terminal import count, faults_too, print_json, progress
from residua.errors import UsageError

fcs = App(name="fcs")
app.command(fcs)


@fcs.default
def show(
    file: Path,
    /,
    *,
    to: Path | None = None,
    data_set: Annotated[int, Parameter(name="--data-set")] = 1,
    salvage: Annotated[bool, Parameter(negative="")] = False,
    json: Json = False,
) -> int:
    """Say what an FCS file holds: header, parameters, spillover, data sets, flags and faults.

    Reads FCS 2.0 to 3.2 and LMD. Values of keywords that may name a person are withheld.
    Exit 1 where the events cannot be read; then nothing is written.

    ```
    residua fcs d30.fcs
    residua fcs d30.lmd --data-set 2 --to d30.parquet
    ```

    Parameters
    ----------
    file
        The FCS file.
    to
        Write the events too: to a file that ends in .parquet, .csv or .fcs.
    data_set
        Which data set of the file, from 1.
    salvage
        Read the complete events of a broken file; they are flagged wherever they go.
    json
        Print all of it as JSON.
    """
    from residua.main.show_fcs import show_fcs
    from residua.views.fcs_words import fcs_document, fcs_text

    with progress() as step:
        step(f"reading {file.name}")
        words = show_fcs(file, data_set=data_set, salvage=salvage)
        if to is not None and words.acquisition is not None:
            from residua.main.export_events import export_events

            step(f"writing {to.name}")
            export_events(words.acquisition, to)
    if json:
        print_json(fcs_document(words))
    elif words.looked_at is not None:
        print(fcs_text(words))
    for fault in words.faults:
        print(fault, file=sys.stderr)
    if words.faults:
        print(f"residua: {count(len(words.faults))}; nothing was written", file=sys.stderr)
    elif to is not None:
        print(f"written: {to}", file=sys.stderr)
    return FAULTS if words.faults else ANSWERED


@fcs.command
def scrub(file: Path, /, *, output: Output) -> int:
    """Copy an FCS file without anything that may name a person; the events stay as they are.

    Only keywords that describe the measurement are kept. Names of channels and markers stay:
    look at them yourself.

    ```
    residua fcs scrub d30.fcs -o shared.fcs
    ```

    Parameters
    ----------
    file
        The FCS file.
    output
        The copy to write.
    """
    from residua.main.scrub_fcs import scrub_fcs

    with progress() as step:
        step(f"copying {file.name}")
        removed = scrub_fcs(file, output)
    print(output)
    print(f"removed: {', '.join(removed) or 'nothing'}", file=sys.stderr)
    return ANSWERED


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
