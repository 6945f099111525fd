"""The tables of cytokines in a case's ``beads/``, made into facts of the course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from residua.facts.case import Case, InputFile
from residua.facts.case_plate import AssayFolder
from residua.facts.cytokine_names import laboratory_name, spelt_out
from residua.facts.cytokine_table import CytokineResult, CytokineTable
from residua.facts.laboratory import Cytokine
from residua.main.assay_places import place_inputs, unassessed_notes
from residua.main.assay_samples import CaseSample, case_sample, is_simulated, made_id
from residua.main.beads.tables import BEADS, PLACE, is_table, read_bead_table, read_beads


@dataclass(frozen=True)
class BeadRecord:
    """One table of beads.toml; ``source`` is its path within the case.

    ``unassessed`` says by sample (as the case calls it), analyte and reason what made no fact.
    """

    source: str
    table: CytokineTable
    facts: tuple[Cytokine, ...]
    unassessed: tuple[tuple[str, str, str], ...] = ()


def measure_case_beads(folder: Path, case: Case) -> tuple[BeadRecord, ...]:
    """Every table that ``beads/beads.toml`` names, in its order.

    Raises `InputError` for files that cannot be read.
    """
    said = read_beads(folder, case)
    records: list[BeadRecord] = []
    for file in () if said is None else said.files:
        if said is None or not is_table(file):
            continue
        source = f"{BEADS}/{file.path}"
        record = _record(read_bead_table(folder, file), source, said, case)
        case = case.with_measured(record.facts)  # so that no two facts share an id
        records.append(record)
    return tuple(records)


def bead_facts(records: Iterable[BeadRecord]) -> tuple[Cytokine, ...]:
    """The facts that the tables add."""
    return tuple(fact for record in records for fact in record.facts)


def bead_inputs(folder: Path, records: Iterable[BeadRecord]) -> tuple[InputFile, ...]:
    """The tables and the file that names them, with their hashes, each once."""
    listed = list(records)
    beside = (f"{BEADS}/{name}" for record in listed for name in record.table.files)
    names = (*(record.source for record in listed), *beside)
    return place_inputs(PLACE, folder, names)


def bead_notes(folder: Path, records: Iterable[BeadRecord]) -> Iterator[str]:
    """What in the tables made no value, and why."""
    return unassessed_notes(folder, ((one.source, one.unassessed) for one in records))


def why_no_fact(one: CytokineResult) -> str:
    """Why a result makes no fact; nothing where it makes one."""
    if laboratory_name(one.analyte):
        return "a laboratory value, no cytokine: write it in labs.csv"
    return one.reason if one.value is None else ""


def _record(table: CytokineTable, source: str, said: AssayFolder, case: Case) -> BeadRecord:
    path = source.partition("/")[2]
    common = {"source": source, "simulated": is_simulated(said, path, case)}
    taken = {fact.id for fact in case.facts}
    facts: list[Cytokine] = []
    lost: list[tuple[str, str, str]] = []
    for one in table.results:
        sample = case_sample(said, path, one.sample, case)
        if sample is None:
            continue
        if reason := why_no_fact(one):
            lost.append((sample.key, one.analyte, reason))
            continue
        name = made_id((BEADS, sample.key, spelt_out(one.analyte)), taken)
        taken.add(name)
        made_up = common["simulated"] or "simulated" in one.flags
        facts.append(_fact(one, sample, common | {"id": name, "simulated": made_up}))
    return BeadRecord(source, table, tuple(facts), tuple(lost))


def _fact(one: CytokineResult, sample: CaseSample, common: dict[str, Any]) -> Cytokine:
    wells = (f"{len(one.printed)} wells",) if len(one.printed) > 1 else ()
    fields = {
        "analyte": one.analyte,
        "value": one.value,
        "lloq": one.lloq,
        "uloq": one.uloq,
        "note": "; ".join((*_of_specimen(sample), *wells, *one.flags)),
    }
    return Cytokine.model_validate(common | _moment(sample) | fields)


def _moment(sample: CaseSample) -> dict[str, Any]:
    """The day and time of the sample: its own, else those of its specimen."""
    specimen = sample.specimen
    if specimen is None:
        return {"date": sample.named.date, "time": sample.named.time}
    day = {"date": specimen.date, "after": specimen.after, "before": specimen.before}
    if specimen.date is None:
        day["assessment"] = specimen.assessment or sample.assessment
    return day | {"time": sample.named.time}


def _of_specimen(sample: CaseSample) -> tuple[str, ...]:
    return () if sample.specimen is None else (f"specimen {sample.specimen.id}",)
