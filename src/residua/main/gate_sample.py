"""Which sample of a strategy a file is, by its path, its name or what a person says."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, UsageError
from residua.facts.gating import FileEntry, Strategy
from residua.readers.ordinary_file import real_path


def sample_of(strategy: Strategy, gates: Path, file: Path, sample: str | None) -> FileEntry:
    """The entry of `file` among those of the strategy: its tube, markers and compensation.

    `sample` names a tube, or its place from 1. Without it the entry's path decides, else the
    name of the file, where only one entry has it. A file that no entry names is of no tube.
    Raises `UsageError` for a sample that is not there, `InputError` where one must be named:
    names of samples may identify patients, so the message counts them.
    """
    if sample is not None:
        return _named(strategy, file, sample)
    own = real_path(file)
    given = [e for e in strategy.files if real_path(gates.parent / e.path) == own]
    given = given or [e for e in strategy.files if Path(e.path).name == file.name]
    if len(given) == 1:
        return given[0]
    tubes = tubes_of(strategy)
    if given or (tubes and not any(gate.tube is None for gate in strategy.gates)):
        received = f"{len(given)} of {len(tubes)}" if given else f"none of {len(tubes)}"
        fault = Fault(
            str(gates), "the samples", f"one that names the file {file.name}", received,
            "choose one with --sample NAME, or by its place, --sample 1",
        )  # fmt: skip
        raise InputError(fault)
    return FileEntry(file.name)


def tubes_of(strategy: Strategy) -> tuple[str, ...]:
    """The tubes that files or gates name, in the order of the file."""
    named = [entry.tube for entry in strategy.files] + [gate.tube for gate in strategy.gates]
    return tuple(dict.fromkeys(tube for tube in named if tube is not None))


def _named(strategy: Strategy, file: Path, sample: str) -> FileEntry:
    tubes = tubes_of(strategy)
    if sample not in tubes and sample.isdecimal() and 1 <= int(sample) <= len(tubes):
        sample = tubes[int(sample) - 1]
    if sample not in tubes:
        if not tubes:
            raise UsageError("--sample: the gates are for every file: leave it out")
        count = f"{len(tubes)} sample{'' if len(tubes) == 1 else 's'}, by name or place from 1"
        raise UsageError(f"--sample: no sample of that name; the gates are for {count}")
    entries = (entry for entry in strategy.files if entry.tube == sample)
    return next(entries, FileEntry(file.name, tube=sample))
