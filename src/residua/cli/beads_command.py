"""Multiplex bead arrays: populations, standard curves, concentrations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from residua.cli.app import ANSWERED, Json, Output, app, simulate
from residua.cli.terminal import faults_too, print_json, progress

beads = App(name="beads")
app.command(beads)


@beads.default
def show(
    *files: Path,
    panel: str,
    plate: Path | None = None,
    curve: str = "5pl",
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    json: Json = False,
) -> int:
    """Bead populations of FCS files with their medians; with a plate, concentrations.

    ```
    residua beads K2-C07-A7.fcs --panel legendplex-13
    residua beads K2-C07-A7.fcs --panel panel.toml -o pictures
    residua beads --panel panel.toml --plate plate.csv --json
    ```

    Parameters
    ----------
    files
        FCS files, one a well; none with --plate.
    panel
        A panel's TOML, or the name of one that comes with Residua (`residua beads panel`).
    plate
        A CSV with the columns `well,file,sample,role,quantity,unit,dilution`; files beside it.
    curve
        The logistic curve of the standards: 4pl or 5pl.
    output
        A folder for beads.json and a picture of every well.
    json
        Print JSON.
    """
    from residua.main.beads.array import answer_beads
    from residua.views.beads_export import beads_document, beads_text

    with faults_too(json), progress() as step:
        read, wells, result = answer_beads(
            files, panel, plate=plate, curve=curve, out=output, progress=step
        )
    if json:
        print_json(beads_document(read, wells, result))
    else:
        print(beads_text(read, wells, result))
    return ANSWERED


@beads.command(name="panel")
def show_panel(name: str | None = None, /) -> int:
    """Print a panel that comes with Residua, to be copied and made your own; without a name, list.

    ```
    residua beads panel
    residua beads panel legendplex-13 > panel.toml
    ```
    """
    from residua.standards.bead_panel_shelf import bead_panel_names, bead_panel_text

    print("\n".join(bead_panel_names()) if name is None else bead_panel_text(name).rstrip())
    return ANSWERED


@simulate.command(name="beads")
def simulated_beads(*, output: Output, seed: int = 1, samples: int = 4) -> int:
    """Make a plate of a bead array: FCS files, plate.csv, panel.toml, and the truth beside them.

    ```
    residua simulate beads -o plate --seed 7
    residua beads --panel plate/panel.toml --plate plate/plate.csv
    ```

    Parameters
    ----------
    output
        The folder to write.
    seed
        The same seed makes the same plate.
    samples
        Samples, 1 to 39, each in two wells, beside eight standards and a blank.
    """
    from residua.main.simulate_beads import simulate_beads

    with progress() as step:
        print(simulate_beads(output, seed=seed, samples=samples, progress=step))
    return ANSWERED
