"""A laboratory's own normal marrows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json, progress

HELP = """The normal marrows that blasts are told from.

```
residua reference build normals/ -o our-normals
residua reference show our-normals
```
"""
reference = App(name="reference", help=HELP)
app.command(reference)


@reference.command
def build(
    folder: Path,
    /,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    json: Json = False,
) -> int:
    """Make the normal reference of a panel from the FCS files of at least 24 normal marrows.

    Normal marrows are those without leukaemia: of controls, and regenerating ones of patients
    whose disease is known to be gone by another method. Names of files are not kept.

    ```
    residua reference build normals/ -o our-normals
    residua reference build normals/ -o our-normals --json
    ```

    Parameters
    ----------
    folder
        The FCS files, one tube of one panel; folders within are not searched.
    output
        The folder to write; beside FOLDER, with -reference to its name, if left out.
    json
        Print JSON.
    """
    from residua.main.reference.laboratory import build_from_folder

    with faults_too(json), progress() as step:
        summary = build_from_folder(folder, out=output, progress=step)
    return _answer(summary, json)


@reference.command
def show(folder: Path, /, *, json: Json = False) -> int:
    """Say what a normal reference was made of and how well its normals fit.

    ```
    residua reference show our-normals
    ```

    Parameters
    ----------
    folder
        What `residua reference build` wrote.
    json
        Print JSON.
    """
    from residua.main.reference.laboratory import show_reference

    with faults_too(json):
        summary = show_reference(folder)
    return _answer(summary, json)


def _answer(summary: object, json: bool) -> int:
    from residua.views.reference_text import ReferenceSummary, reference_document, reference_text

    assert isinstance(summary, ReferenceSummary)
    if json:
        print_json(reference_document(summary))
    else:
        print(reference_text(summary))
    return ANSWERED
