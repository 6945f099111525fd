"""Clonotypes of sequenced samples."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json
from residua.errors import UsageError


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
    residua clonotypes cells.csv
    ```

    Parameters
    ----------
    file
        An AIRR rearrangement table (TSV), a Vidjil analysis, or a table of clonal cells with the
        columns `sample,date,clone,locus,cells,total_cells`, which gives MRD in cells.
    clone
        The id of one clone; it is told for every sample, also where it has no reads.
    cells
        Cells (genome equivalents) that went into each sample: the limits follow from them, and
        without them an absent clone is not assessable.
    json
        Print JSON.
    """
    from residua.main.clonotypes import cell_levels, follow_clonotypes
    from residua.views.clonotypes_export import LIMITS, clonotypes_document, clonotypes_text
    from residua.views.molecular_levels_export import levels_document, levels_text

    with faults_too(json):
        levels = cell_levels(file)
        if levels is not None and (clone is not None or cells is not None):
            raise UsageError("--clone and --cells go with reads; this table states cells")
        samples = () if levels else follow_clonotypes(file, clone=clone, cells=cells)
    if levels and json:
        print_json(levels_document(levels, LIMITS))
    elif levels:
        print(levels_text(levels, LIMITS))
    elif json:
        print_json(clonotypes_document(samples))
    else:
        print(clonotypes_text(samples))
    return ANSWERED
