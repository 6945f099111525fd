"""Cytometry: files measured, files made up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from residua.cli.app import ANSWERED, FAULTS, Json, Output, app, simulate
from residua.cli.terminal import count, faults_too, print_json, progress
from residua.errors import one_line

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
    from residua.views.answer_words import gate_words
    from residua.views.gate_counts_export import counts_document

    with faults_too(json):
        with progress() as step:
            found = gate_file(
                file, gates=gates, out=output, sample=sample, mark=mark, masks=masks, progress=step
            )
        for flag in found.flags:
            print(f"note: {one_line(flag)}", file=sys.stderr)
        if json:
            print_json(counts_document(found))
        else:
            print(gate_words(found), *sorted(output.iterdir()), sep="\n")
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
