"""One plate of a case, measured as its entry says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from residua.errors import UsageError
from residua.facts.case_plate import AssayFile
from residua.main.plates.digital import measure_digital_file
from residua.main.plates.molecular import quantify_fusion, quantify_rq
from residua.main.plates.transgene import quantify
from residua.measures.digital_pcr import Denominator, DigitalAssay, DigitalPlate, Read
from residua.measures.fusion import FusionPlate
from residua.measures.plate import PlateResult
from residua.measures.rq_plate import RqPlate
from residua.standards.euromrd import Intent

Measured = PlateResult | RqPlate | FusionPlate | DigitalPlate


def measure_plate_file(path: Path, file: AssayFile) -> Measured:
    """The curves and samples of `file`, which lies at `path`; only those of its target.

    Raises `InputError` for faults of the file, `UsageError` for an entry that does not fit it.
    """
    name = str(path)
    if file.assay == "ig-tr":
        return quantify_rq(
            path, target=file.target, reference=file.reference, name=name,
            intent=cast("Intent | None", file.text("intent")),
            background=file.text("background"), dna_ng=file.number("dna_ng"),
        )  # fmt: skip
    if file.assay == "fusion":
        return quantify_fusion(
            path, target=file.target, reference=file.reference, name=name,
            transcript=file.text("transcript"), lloq=file.lloq,
        )  # fmt: skip
    if file.assay == "digital":
        return _digital(path, file)
    found = quantify(
        path, lloq=file.lloq, reference=file.reference, dna_ng=file.number("dna_ng"), name=name
    )
    return _of_the_target(found, file)


def _digital(path: Path, file: AssayFile) -> DigitalPlate:
    if file.target is None:
        raise UsageError("digital PCR needs the target that is counted")
    droplet, reaction = file.number("droplet_nl"), file.number("reaction_ul")
    assay = DigitalAssay(
        file.target,
        file.reference,
        cast("Denominator", file.text("denominator") or "dna"),
        file.lloq,
        Read(droplet, reaction) if droplet and reaction else None,
    )
    return DigitalPlate(str(path), assay, measure_digital_file(path, assay, name=str(path)))


def sample_names(result: Measured) -> tuple[str, ...]:
    """The names of the samples on the plate, as often as they were measured."""
    measured = result.samples if isinstance(result, PlateResult) else result.levels
    return tuple(one.sample for one in measured)


def of_samples(result: Measured, names: frozenset[str]) -> Measured:
    """The result with these samples only: a plate may carry those of other people too."""
    if isinstance(result, PlateResult):
        return _copies_of(result, names)
    levels = tuple(level for level in result.levels if level.sample in names)
    if isinstance(result, FusionPlate):
        return replace(result, levels=levels, copies=_copies_of(result.copies, names))
    return replace(result, levels=levels)


def _copies_of(result: PlateResult, names: frozenset[str]) -> PlateResult:
    return replace(
        result,
        samples=tuple(s for s in result.samples if s.sample in names),
        copy_numbers=tuple(n for n in result.copy_numbers if n.sample in names),
    )


def _of_the_target(result: PlateResult, file: AssayFile) -> PlateResult:
    """Samples of the target of interest; without one, of all but the reference gene."""

    def wanted(target: str) -> bool:
        return target == file.target if file.target else target != file.reference

    return replace(
        result,
        curves=tuple(c for c in result.curves if wanted(c.target) or c.target == file.reference),
        samples=tuple(s for s in result.samples if wanted(s.target)),
        copy_numbers=tuple(n for n in result.copy_numbers if wanted(n.target)),
    )
