"""Check the raw cytometry of a case: the strategy, the files it names, and the others there.

The header of a truncated file still tells its channels, so a gate on a missing channel is
named there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault, system_words
from residua.facts.acquisition import with_markers
from residua.facts.gating import Strategy
from residua.main.flow.compensation import SINGLE_STAINS
from residua.main.flow.opened import open_file
from residua.main.flow.plan import Plan, PlannedFile, automatic_faults, uncounted
from residua.main.flow.scales import scale_faults
from residua.measures.preflight.panel import panel_of
from residua.readers.fcs import read_fcs
from residua.readers.gates import read_gates
from residua.readers.ordinary_file import is_file, open_ordinary, real_path
from residua.readers.toml_places import Places, read_toml

STRATEGY = "flow.toml"
_RAW = (".fcs", ".lmd")
_NOT_FILES = ("file", "none", SINGLE_STAINS)


def check_flow(
    folder: Path | str, *, name: str | None = None, specimens: frozenset[str] | None = None
) -> tuple[Fault, ...]:
    """All faults of a flow folder, in one pass; nothing is measured or written.

    `name` is how faults call the folder (default: `folder`), `specimens` the ids of the case's
    specimens where they are known. Never raises for bad input.
    """
    path = Path(folder)
    if not path.is_dir():
        return ()
    called = name or str(path)
    faults: list[Fault] = []
    strategy = Strategy()
    gates = path / STRATEGY
    if is_file(gates):
        try:
            strategy = read_gates(gates, name=f"{called}/{STRATEGY}")
            places = read_toml(gates)[1]
            faults += _entries(strategy, gates, places, specimens)
            faults += _counts(strategy, gates)
        except InputError as error:
            faults += error.faults
    faults += _raw_files(Plan(strategy, gates, ()), called)
    return tuple(dict.fromkeys(faults))


def _entries(
    strategy: Strategy, gates: Path, places: Places, specimens: frozenset[str] | None
) -> Iterator[Fault]:
    """Files, specimens and dates that the strategy names and that are not there."""
    for place, entry in enumerate(strategy.files):
        wrong: dict[str, ValueFault] = {}
        files = {"path": entry.path, "compensation": entry.compensation}
        for key, name in files.items():
            if name not in _NOT_FILES and not is_file(gates.parent / name):
                wrong[key] = ValueFault(
                    f"a file beside {STRATEGY}", "no such file", "correct the path or add the file"
                )
        if specimens is not None and entry.specimen and entry.specimen not in specimens:
            wrong["specimen"] = ValueFault(
                "the id of a specimen", "an id that no specimen has", "add it to case.toml"
            )
        for key, problem in wrong.items():
            line = places.line(("file", place, key))
            yield problem.at(strategy.path, f"file[{place}].{key}", line)


def _counts(strategy: Strategy, gates: Path) -> Iterable[Fault]:
    """What ``[mrd]`` cannot count in the samples; without ``[mrd]`` nothing is to be counted."""
    entries = (
        entry
        for entry in strategy.files
        if entry.role in ("sample", "diagnosis") and entry.approach == "gates"
    )
    planned = [PlannedFile(gates.parent / one.path, one.path, one) for one in entries]
    return uncounted(planned, strategy) if strategy.mrd else ()


def _raw_files(plan: Plan, called: str) -> Iterator[Fault]:
    named = [entry.path for entry in plan.strategy.files]
    named += [spec.fmo for spec in plan.strategy.antigens if spec.fmo]
    there = [name for name in dict.fromkeys(named) if is_file(plan.folder / name)]
    for name in there:
        yield from _named_file(plan, name, called)
    known = {real_path(plan.folder / name) for name in there}
    files = sorted(file for file in plan.folder.rglob("*") if not file.is_dir())
    for file in files:
        if real_path(file) not in known:
            yield from _other_file(plan, file, f"{called}/{file.relative_to(plan.folder)}")
    if not plan.strategy.files:
        there += [str(file.relative_to(plan.folder)) for file in files if is_raw(file)]
    if len(there) >= len(set(named)):  # a file that is missing may be the one with the channel
        yield from scale_faults(plan, [plan.at(name) for name in there])


def _named_file(plan: Plan, name: str, called: str) -> tuple[Fault, ...]:
    planned = plan.at(name, name=f"{called}/{name}")
    try:
        if planned.entry.approach == "automatic":
            _check_automatic(planned)
            return tuple(automatic_faults([planned.entry], Path(STRATEGY)))
        open_file(plan, planned, tube=planned.entry.tube)
    except InputError as error:
        return error.faults
    return ()


def _check_automatic(planned: PlannedFile) -> None:
    """Read the file and its markers; what it holds is for the measurement to judge."""
    acquisition = read_fcs(planned.path, name=planned.name)
    try:
        panel_of(with_markers(acquisition.channels, dict(planned.entry.markers)))
    except ValueFault as fault:
        raise InputError(fault.at(planned.name, "channels")) from fault


def _other_file(plan: Plan, file: Path, called: str) -> tuple[Fault, ...]:
    """A file that the strategy does not name: without ``[[file]]`` a raw one is a sample."""
    raw = is_raw(file)
    if raw and not plan.strategy.files:
        return _named_file(plan, str(file.relative_to(plan.folder)), called.rpartition("/")[0])
    try:
        if raw:
            read_fcs(file, name=called)
        else:
            open_ordinary(file).close()
    except InputError as error:
        return error.faults
    except OSError as error:
        reason = system_words(error)
        return (Fault(called, "the file", "a readable file", reason, "check the file"),)
    return ()


def is_raw(file: Path) -> bool:
    """Whether a file is raw cytometry by its ending."""
    return file.suffix.lower() in _RAW
