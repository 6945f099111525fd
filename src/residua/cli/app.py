"""The command line itself: its app, its exit codes and the options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from residua import __version__

HELP = """From raw laboratory files to the explained course of a patient with B-ALL.

Research use only: not a medical device, not for treatment decisions.

```
residua fcs d30.fcs
residua COMMAND --help
```
"""
MAKE_UP = """Make up files with a known truth.

```
residua simulate flow spec.toml -o marrow.fcs
residua simulate course -o patients/made-up
residua simulate marrow --preset follow-up -o day-30.fcs
```
"""
ANSWERED, FAULTS, WRONG_USE, OUR_FAILURE, STOPPED = 0, 1, 2, 3, 130

app = App(
    name="residua",
    version=__version__,
    help=HELP,
    help_format="markdown",
    suppress_keyboard_interrupt=False,  # main says a line about it
)
simulate = App(name="simulate", help=MAKE_UP)
app.command(simulate)

Output = Annotated[Path, Parameter(name=["--output", "-o"])]
Json = Annotated[bool, Parameter(negative="")]
Kind = Literal["labs", "vitals", "mrd", "transgene", "cytokines"]
