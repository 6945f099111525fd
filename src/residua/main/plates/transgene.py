"""Copies of a transgene by a file of quantitative PCR."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError, nearest
from residua.facts.qpcr import USUAL
from residua.main.plates.wells import with_dna, with_roles
from residua.measures.plate import PlateResult, measure_plate
from residua.readers.qpcr import read_qpcr
from residua.standards.qpcr import qpcr_rules


def quantify(
    path: Path | str,
    *,
    lloq: float | None = None,
    reference: str | None = None,
    dna_ng: float | None = None,
    name: str | None = None,
) -> PlateResult:
    """Curves and copies of the file at `path`, a CSV or RDML.

    `lloq` in copies per reaction, `reference` the target of the reference gene, `dna_ng` the DNA
    in the reactions of which the file does not say it, `name` how faults call the file. Raises
    `InputError` for faults of the file, `UsageError` for options that do not fit it.
    """
    if lloq is not None and not USUAL[0] <= lloq <= USUAL[1]:
        raise UsageError("--lloq is a number of copies above 0, of usual size")
    plate = with_roles(with_dna(read_qpcr(path, name=name), dna_ng))
    targets = {well.target for well in plate.wells}
    if reference is not None and reference not in targets:
        raise UsageError(f"--reference is no target of the file: {nearest(reference, targets)}")
    return measure_plate(plate, qpcr_rules(), lloq=lloq, reference=reference)
