"""MRD by digital PCR."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from residua.cli.app import ANSWERED, Json, app
from residua.cli.terminal import faults_too, print_json
from residua.errors import UsageError


@app.command
def dpcr(
    file: Path,
    /,
    *,
    target: str,
    reference: str | None = None,
    denominator: Literal["dna", "abl1"] = "dna",
    lloq: float | None = None,
    droplet_nl: float | None = None,
    reaction_ul: float | None = None,
    json: Json = False,
) -> int:
    """MRD by digital PCR: copies of a target over genomes, by Poisson over merged replicates.

    ```
    residua dpcr droplets.csv --target IGH --reference ALB
    residua dpcr droplets.csv --target IGH --reference ALB --lloq 5 --json
    residua dpcr droplets.csv --target IGH --droplet-nl 0.85 --reaction-ul 20
    residua dpcr cdna.csv --target BCR::ABL1 --reference ABL1 --denominator abl1
    ```

    Parameters
    ----------
    file
        A CSV with the columns `well,sample,target,role,positive,partitions,dna_ng`, or the CSV of
        single wells that QuantaSoft or QX Manager exports.
    target
        The target that is counted, as the file names it.
    reference
        The control: a gene with two copies in a cell, or with `--denominator abl1` ABL1.
    denominator
        What the target is a part of: genomes (`dna`) or copies of ABL1 (`abl1`).
    lloq
        Lower limit of quantification in copies per reaction; without it none is stated.
    droplet_nl
        Volume of a droplet in nL: with `--reaction-ul` and the DNA in the file the genomes
        follow without a control gene.
    reaction_ul
        Volume of a reaction in uL.
    json
        Print JSON.
    """
    from residua.facts.qpcr import USUAL
    from residua.main.plates.digital import measure_digital_file
    from residua.measures.digital_pcr import DigitalAssay, Read
    from residua.views.molecular_levels_export import levels_document, levels_text

    for name, value in (("lloq", lloq), ("droplet-nl", droplet_nl), ("reaction-ul", reaction_ul)):
        if value is not None and not USUAL[0] <= value <= USUAL[1]:
            raise UsageError(f"--{name} is a number above 0, of usual size")
    if (droplet_nl is None) != (reaction_ul is None):
        raise UsageError("--droplet-nl and --reaction-ul go together")
    read = Read(droplet_nl, reaction_ul) if droplet_nl and reaction_ul else None
    assay = DigitalAssay(target, reference, denominator, lloq, read)
    with faults_too(json):
        levels = measure_digital_file(file, assay)
    if json:
        print_json(levels_document(levels))
    else:
        print(levels_text(levels))
    return ANSWERED
