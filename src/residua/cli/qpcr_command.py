"""Copies by quantitative PCR."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json


@app.command
def qpcr(
    file: Path,
    /,
    *,
    lloq: float | None = None,
    reference: str | None = None,
    json: Json = False,
) -> int:
    """Copies per reaction and per ug of DNA by the standard curve of a plate (CSV or RDML).

    ```
    residua qpcr plate.csv
    residua qpcr run.rdml --json
    residua qpcr plate.csv --reference ALB --lloq 10
    ```

    Parameters
    ----------
    file
        A CSV with the columns `well,sample,target,role,quantity,ct,dna_ng`, or RDML 1.0-1.3.
    lloq
        Lower limit of quantification in copies per reaction; the lowest standard without it.
    reference
        The target of a gene with two copies in a cell: vector copies per cell are told too.
    json
        Print JSON.
    """
    from residua.main.qpcr import quantify
    from residua.views.qpcr_export import qpcr_document, qpcr_text

    with faults_too(json):
        result = quantify(file, lloq=lloq, reference=reference)
    if json:
        print_json(qpcr_document(result))
    else:
        print(qpcr_text(result))
    return ANSWERED
