"""MRD by quantitative PCR: RQ-PCR of rearranged genes, and BCR::ABL1 over ABL1."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError, nearest
from residua.facts.qpcr import Plate
from residua.main.plates.wells import with_background, with_dna, with_roles
from residua.measures.fusion import FusionPlate, measure_fusion
from residua.measures.rq_plate import RqPlate, measure_rq_plate
from residua.readers.qpcr import read_qpcr
from residua.standards.bcr_abl1 import bcr_abl1_rules
from residua.standards.euromrd import Intent, euromrd_rules
from residua.standards.qpcr import qpcr_rules

PARTS = "other"
"""The unit of a table's quantities: parts of diagnostic DNA, or ng of a control gene."""
ABL1 = "ABL1"


def quantify_rq(
    path: Path | str,
    *,
    target: str | None = None,
    reference: str | None = None,
    intent: Intent | None = None,
    background: str | None = None,
    dna_ng: float | None = None,
    name: str | None = None,
) -> RqPlate:
    """Levels of rearranged genes by the file at `path`, a CSV or RDML.

    `reference` is the target of the control gene, `background` the sample that is DNA of normal
    mononuclear cells where the file does not give wells that role. Raises `InputError` for
    faults of the file, `UsageError` for options that do not fit it.
    """
    plate = with_background(with_dna(read_qpcr(path, name=name, unit=PARTS), dna_ng), background)
    with_roles(plate)
    _known(plate, target=target, reference=reference)
    return measure_rq_plate(
        plate, euromrd_rules(), qpcr_rules(), target=target, reference=reference, intent=intent
    )


def quantify_fusion(
    path: Path | str,
    *,
    target: str | None = None,
    reference: str | None = None,
    transcript: str | None = None,
    lloq: float | None = None,
    name: str | None = None,
) -> FusionPlate:
    """Ratios of BCR::ABL1 to `reference` (ABL1 without one) by the file at `path`.

    `lloq` in copies of the fusion per reaction. Raises as `quantify_rq`.
    """
    plate = with_roles(read_qpcr(path, name=name))
    gene = reference or ABL1
    _known(plate, target=target, reference=gene)
    return measure_fusion(
        plate, bcr_abl1_rules(), qpcr_rules(),
        reference=gene, target=target, transcript=transcript, lloq=lloq,
    )  # fmt: skip


def _known(plate: Plate, **named: str | None) -> None:
    targets = {well.target for well in plate.wells}
    for option, name in named.items():
        if name is not None and name not in targets:
            raise UsageError(f"--{option} is no target of the file: {nearest(name, targets)}")
    if named["target"] is not None and named["target"] == named["reference"]:
        raise UsageError("--target and --reference are one: name another")
