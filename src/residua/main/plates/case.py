"""The plates of a case's ``qpcr/``, measured and made into facts of the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from residua.course.plate_record import PlateRecord
from residua.facts.case import Case, InputFile
from residua.facts.case_plate import AssayFile, AssayFolder
from residua.facts.fact import Fact
from residua.main.assay_places import place_inputs, unassessed_notes
from residua.main.assay_samples import case_sample, is_simulated
from residua.main.molecular_facts import molecular_facts
from residua.main.plates.form import PLACE, QPCR, read_plates
from residua.main.plates.measure import measure_plate_file, of_samples, sample_names
from residua.main.plates.transgene_facts import transgene_facts, unassessed
from residua.measures.plate import PlateResult


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
    return place_inputs(PLACE, folder, (record.source for record in records))


def plate_notes(folder: Path, records: Iterable[PlateRecord]) -> Iterator[str]:
    """What on the plates made no value, and why."""
    return unassessed_notes(folder, ((one.source, one.unassessed) for one in records))


def _measured(folder: Path, file: AssayFile, said: AssayFolder, case: Case) -> PlateRecord:
    source = f"{QPCR}/{file.path}"
    measured = measure_plate_file(folder / source, file)
    named = {
        name: sample.key
        for name in dict.fromkeys(sample_names(measured))
        if (sample := case_sample(said, file.path, name, case))
    }
    result = of_samples(measured, frozenset(named))
    facts: tuple[Fact, ...]
    if isinstance(result, PlateResult):
        facts = transgene_facts(result, said, source, case)
        lost = [(s.sample, s.target, unassessed(s)) for s in result.samples]
    else:
        facts = molecular_facts(result.levels, said, source, case)
        lost = [
            (one.sample, one.target, one.reason if one.status == "not assessable" else "")
            for one in result.levels
        ]
    told = tuple((named[name], target, why) for name, target, why in lost if why)
    simulated = is_simulated(said, file.path, case)
    return PlateRecord(file, source, simulated, result, facts, tuple(named.items()), told)
