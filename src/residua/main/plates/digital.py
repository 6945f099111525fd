"""`residua dpcr`: a file of digital PCR to MRD."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault, nearest, system_words
from residua.facts.digital_pcr import PartitionWell
from residua.facts.molecular import MolecularLevel
from residua.measures.digital_pcr import DigitalAssay, measure_digital
from residua.readers.digital_table import digital_table
from residua.readers.ordinary_file import ordinary_bytes
from residua.standards.rulebook import load


def measure_digital_file(
    path: Path | str, assay: DigitalAssay, *, name: str | None = None
) -> tuple[MolecularLevel, ...]:
    """The level of every unknown sample of the file at `path`; `name` is how faults call it.

    Raises `InputError` for faults of the file, `UsageError` for a target that it lacks.
    """
    called = name or Path(path).name
    wells = read_digital(path, name=called)
    targets = sorted({well.target for well in wells})
    for option, target in (("--target", assay.target), ("--reference", assay.reference)):
        if target is not None and target not in targets:
            raise UsageError(f"{option} is no target of the file: {nearest(target, targets)}")
    try:
        return measure_digital(wells, assay, load("digital_pcr"))
    except ValueFault as fault:
        raise InputError(fault.at(called, "the wells", None)) from fault


def read_digital(path: Path | str, *, name: str) -> tuple[PartitionWell, ...]:
    """The wells of the file at `path`; raises `InputError` with its faults."""
    try:
        raw = ordinary_bytes(path)
    except OSError as error:
        expected = "a table of digital PCR"
        fault = Fault(name, "the file", expected, system_words(error), "check the path")
        raise InputError(fault) from error
    return digital_table(raw, name=name)
