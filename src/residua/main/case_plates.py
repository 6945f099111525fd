"""The plates of a case's ``qpcr/``, measured and made into facts of the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from residua.course.plate_record import PlateRecord
from residua.facts.case import Case, InputFile
from residua.facts.case_plate import AssayFile, AssayFolder
from residua.facts.fact import Fact
from residua.main.assay_samples import case_sample, is_simulated
from residua.main.plate_form import PLATES, QPCR, read_plates
from residua.main.qpcr import quantify
from residua.main.transgene_facts import transgene_facts, unassessed
from residua.measures.plate import PlateResult
from residua.readers.digest import sha256_of


def measure_case_plates(folder: Path, case: Case) -> tuple[PlateRecord, ...]:
    """Every ``[[file]]`` of ``qpcr/qpcr.toml``, in its order.

    Raises `InputError` for files that cannot be read.
    """
    said = read_plates(folder, case)
    if said is None:
        return ()
    records = []
    for file in said.files:
        record = _measured(folder, file, said, case)
        case = case.with_measured(record.facts)  # so that no two facts share an id
        records.append(record)
    return tuple(records)


def plate_facts(records: Iterable[PlateRecord]) -> tuple[Fact, ...]:
    """The facts that the plates add."""
    return tuple(fact for record in records for fact in record.facts)


def plate_inputs(folder: Path, records: Iterable[PlateRecord]) -> tuple[InputFile, ...]:
    """The plates and the file that names them, with their hashes, each once."""
    names = sorted({record.source for record in records})
    if not names:
        return ()
    files = (f"{QPCR}/{PLATES}", *names)
    return tuple(InputFile(name, sha256_of(folder / name)) for name in files)


def plate_notes(folder: Path, records: Iterable[PlateRecord]) -> Iterator[str]:
    """What on the plates made no value, and why."""
    for record in records:
        for sample, target, reason in record.unassessed:
            yield f"{folder / record.source}: {sample}, {target}: not assessable: {reason}"


def _measured(folder: Path, file: AssayFile, said: AssayFolder, case: Case) -> PlateRecord:
    source = f"{QPCR}/{file.path}"
    path = folder / source
    result = quantify(
        path, lloq=file.lloq, reference=file.reference, dna_ng=file.number("dna_ng"), name=str(path)
    )
    result, samples = _of_the_case(_of_the_target(result, file), file, said, case)
    facts = transgene_facts(result, said, source, case)
    names = dict(samples)
    lost = tuple((names[s.sample], s.target, why) for s in result.samples if (why := unassessed(s)))
    return PlateRecord(
        file, source, is_simulated(said, file.path, case), result, facts, samples, lost
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


def _of_the_case(
    result: PlateResult, file: AssayFile, said: AssayFolder, case: Case
) -> tuple[PlateResult, tuple[tuple[str, str], ...]]:
    """The patient's samples, by what the case calls them: a plate may carry others' too."""
    found = {
        name: sample.key
        for name in dict.fromkeys(one.sample for one in result.samples)
        if (sample := case_sample(said, file.path, name, case))
    }
    own = replace(
        result,
        samples=tuple(s for s in result.samples if s.sample in found),
        copy_numbers=tuple(n for n in result.copy_numbers if n.sample in found),
    )
    return own, tuple(found.items())
