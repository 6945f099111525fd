"""``clonotypes.tsv`` of a case as facts: cells by a spike-in, or reads of the first clonotypes.

A sample is the specimen of its name, else the day that its rows state. What is neither makes
no fact, and a note says how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from residua.course.course import arrange
from residua.errors import Fault, InputError, ValueFault
from residua.facts.case import Case, InputFile
from residua.facts.case_plate import AssayFolder, NamedSample
from residua.facts.clonotype import ClonotypeSample
from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.molecular import MolecularLevel
from residua.facts.mrd import MrdReading
from residua.facts.specimen import Specimen
from residua.main.assay_samples import case_sample
from residua.main.clonotypes import cell_rows
from residua.main.molecular_facts import molecular_facts
from residua.measures.clone_levels import clone_levels
from residua.measures.index_clones import index_clones, levels_by_reads
from residua.readers.clonotypes import read_clonotypes
from residua.readers.digest import sha256_of
from residua.readers.ordinary_file import is_file
from residua.standards.rulebook import Rulebook, load

FILE = "clonotypes.tsv"
_ALONE = "{} of no specimen and no day of the case, left alone"


@dataclass(frozen=True)
class CaseClonotypes:
    """The facts of the file with its hash, and notes; nothing where there is no file."""

    facts: tuple[Fact, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    notes: tuple[str, ...] = ()


def measure_case_clonotypes(folder: Path, case: Case) -> CaseClonotypes:
    """What the file says of the patient; raises `InputError` for its faults."""
    path = folder / FILE
    if not is_file(path):
        return CaseClonotypes()
    rows = cell_rows(path, name=str(path))
    if rows is not None:
        named = {row.sample: row.date for row in rows}
        said = _said(path, named, case)
        levels = clone_levels([row for row in rows if _ours(said, row.sample, case)], _book())
    else:
        samples = read_clonotypes(path, name=str(path))
        named = {sample.name: sample.date for sample in samples}
        said = _said(path, named, case)
        levels = _followed([s for s in samples if _ours(said, s.name, case)], said, case)
    facts = molecular_facts(levels, said, FILE, case)
    lost = sum(not _ours(said, name, case) for name in named)
    samples_lost = "1 sample" if lost == 1 else f"{lost} samples"
    notes = (f"{path}: {_ALONE.format(samples_lost)}",) if lost else ()
    return CaseClonotypes(facts, (InputFile(FILE, sha256_of(path)),), notes)


def check_clonotypes(folder: Path, case: Case) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """All faults of the file, and notes; never raises."""
    try:
        return (), measure_case_clonotypes(folder, case).notes
    except InputError as error:
        return error.faults, ()


def _book() -> Rulebook:
    return load("clonotypes")


def _said(path: Path, named: dict[str, str], case: Case) -> AssayFolder:
    """Which day a sample that is no specimen is of."""
    specimens = {fact.id for fact in case.of(Specimen)}
    faults: list[Fault] = []
    found = []
    for name, date in named.items():
        if name in specimens or not date:
            continue
        try:
            found.append(NamedSample(name, date=Day.parse(date[:10])))
        except ValueFault as fault:
            faults.append(fault.at(str(path), "date"))
    if faults:
        raise InputError(faults)
    return AssayFolder((), tuple(found))


def _ours(said: AssayFolder, name: str, case: Case) -> bool:
    return case_sample(said, FILE, name, case) is not None


def _followed(
    samples: Sequence[ClonotypeSample], said: AssayFolder, case: Case
) -> tuple[MolecularLevel, ...]:
    """The later samples by the clonotypes of the first; the first itself makes no MRD."""
    if len(samples) < 2:
        return ()
    order = _order(samples, said, case)
    first, *later = sorted(samples, key=lambda sample: order[sample.name])
    clones = index_clones(first, _book())
    if not clones:
        return ()
    return levels_by_reads(later, clones)


def _order(samples: Sequence[ClonotypeSample], said: AssayFolder, case: Case) -> dict[str, int]:
    """The place of every sample in the course."""
    bare = [
        MolecularLevel(sample.name, "ngs", str(number), "positive", "reads")
        for number, sample in enumerate(samples)
    ]
    facts: tuple[MrdReading, ...] = molecular_facts(bare, said, FILE, case)
    course = arrange(replace(case, facts=(*case.facts, *facts)))
    return {
        sample.name: course.position[fact.id] for sample, fact in zip(samples, facts, strict=True)
    }
