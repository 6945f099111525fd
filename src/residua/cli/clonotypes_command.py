"""Clonotypes of sequenced samples."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json


@app.command
def clonotypes(
    file: Path,
    /,
    *,
    clone: str | None = None,
    cells: float | None = None,
    json: Json = False,
) -> int:
    """Clonotypes with their shares of each sample's reads, or one of them through all samples.

    ```
    residua clonotypes clonotypes.tsv
    residua clonotypes analysis.vidjil --json
    residua clonotypes analysis.vidjil --clone TGTGCGAGA --cells 3e6
    ```

    Parameters
    ----------
    file
        An AIRR rearrangement table (TSV) or a Vidjil analysis.
    clone
        The id of one clone; it is told for every sample, also where it has no reads.
    cells
        Cells (genome equivalents) that went into each sample: the limits follow from them, and
        without them an absent clone is not assessable.
    json
        Print JSON.
    """
    from residua.main.clonotypes import follow_clonotypes
    from residua.views.clonotypes_export import clonotypes_document, clonotypes_text

    with faults_too(json):
        samples = follow_clonotypes(file, clone=clone, cells=cells)
    if json:
        print_json(clonotypes_document(samples))
    else:
        print(clonotypes_text(samples))
    return ANSWERED
