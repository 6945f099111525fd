"""The figure of a course alone, with its panels, order, width and form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, Output, app
from residua.cli.terminal import faults_too, print_json, progress

Switch = Annotated[bool, Parameter(negative="")]


@app.command
def figure(
    folder: Path,
    /,
    *,
    output: Output,
    panels: str | None = None,
    width: str = "double",
    height: float = 1.0,
    dpi: int = 300,
    each: Switch = False,
    reletter: Switch = False,
    json: Json = False,
) -> int:
    """Draw the figure of a patient's folder, whole, in part, or panel by panel.

    A: cytokines, B: CAR-T copies, C: MRD by modality, D and E: flow before and after a therapy,
    F: timeline; G and on: further flow samples. A panel without data leaves no hole.

    ```
    residua figure examples/simulated-course -o figure.pdf
    residua figure examples/simulated-course -o figure.png --panels C,D,E --width 1.5 --dpi 600
    residua figure examples/simulated-course -o timeline.svg --panels F --width 140
    residua figure examples/simulated-course -o panels.pdf --each --width single
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    output
        The file to write: `.png`, `.svg` or `.pdf`. With `--each` the folder of this name without
        its ending, or a folder, which gets every panel in all three forms.
    panels
        Letters of the panels, drawn in this order: `C,D,F`. By default all that have data, and
        two flow samples.
    width
        `single` (85 mm), `1.5` (120 mm) or `double` (180 mm) for columns of a journal, or mm.
    height
        How high plots are, as a factor from 0.5 to 3; the timeline is as high as its words.
    dpi
        Pixels to the inch of a PNG, 72 to 1200.
    each
        Write each panel alone, over the whole width.
    reletter
        Letter the panels A, B, ... as drawn; `residua explain` knows only their own letters.
    json
        Print what was drawn, or the faults, as JSON.
    """
    from residua.main.figure import draw_figure, figure_options

    options = figure_options(panels=panels, width=width, dpi=dpi, height=height, reletter=reletter)
    with faults_too(json):
        with progress() as step:
            drawn = draw_figure(folder, output, options=options, each=each, progress=step)
        for note in drawn.notes:
            print(f"note: {note}", file=sys.stderr)
        print_json(drawn.document()) if json else print(*drawn.files, sep="\n")
    return ANSWERED
