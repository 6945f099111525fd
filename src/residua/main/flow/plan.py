"""Which raw files are measured, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.gating import MEASURED, FileEntry, MrdSpec, Strategy
from residua.readers.ordinary_file import real_path


@dataclass(frozen=True)
class PlannedFile:
    """A raw file: where it lies, how messages call it, and what the strategy says of it."""

    path: Path
    name: str
    entry: FileEntry


@dataclass(frozen=True)
class Plan:
    """A strategy, the flow.toml it stands in, and the files to measure."""

    strategy: Strategy
    gates: Path
    files: tuple[PlannedFile, ...]

    @property
    def folder(self) -> Path:
        """What the paths of the strategy are relative to."""
        return self.gates.parent

    def at(self, relative: str, *, name: str | None = None) -> PlannedFile:
        """The file at a path of the strategy, named by a ``[[file]]`` or not; `name` for faults."""
        found = (entry for entry in self.strategy.files if entry.path == relative)
        entry = next(found, FileEntry(relative, role="fmo"))
        return PlannedFile(self.folder / relative, name or relative, entry)


def plan_files(strategy: Strategy, gates: Path, files: Sequence[Path | str]) -> Plan:
    """The plan for the given files, or for the strategy's samples where none is given.

    A file that no ``[[file]]`` names is a sample of one unnamed tube. Raises `InputError`
    where a file cannot be measured or the files belong to several specimens.
    """
    folder = gates.parent
    entries = {real_path(folder / entry.path): entry for entry in strategy.files}
    if files:
        planned = tuple(_given(Path(file), entries) for file in files)
    else:
        planned = tuple(
            PlannedFile(folder / entry.path, entry.path, entry)
            for entry in strategy.files
            if entry.role == "sample" and entry.approach == "gates"
        )
    faults = [
        *_unfit(planned),
        *_twice(planned),
        *_several(planned, strategy),
        *uncounted(planned, strategy),
    ]
    if faults:
        raise InputError(faults)
    return Plan(strategy, gates, planned)


def counted(strategy: Strategy, tube: str | None) -> MrdSpec | None:
    """What ``[mrd]`` counts in a tube: the one that names it, else the one without a tube."""
    own = [spec for spec in strategy.mrd if spec.tube == tube]
    general = [spec for spec in strategy.mrd if spec.tube is None]
    return next(iter(own + general), None)


def _given(path: Path, entries: dict[Path, FileEntry]) -> PlannedFile:
    entry = entries.get(real_path(path))
    return PlannedFile(path, str(path), entry or FileEntry(path.name))


def _unfit(planned: Iterable[PlannedFile]) -> Iterable[Fault]:
    for file in planned:
        if file.entry.role not in MEASURED:
            received = f"role {file.entry.role}"
            yield Fault(file.name, "the file", "a sample", received, "leave it to the strategy")
        if file.entry.approach != "gates":
            expected, received = "approach gates", "approach automatic"
            do = "leave --gates out and name the --diagnosis, or run the case"
            yield Fault(file.name, "the file", expected, received, do)


def automatic_faults(entries: Iterable[FileEntry], gates: Path) -> Iterable[Fault]:
    """What a ``[[file]]`` says that the automatic reader cannot follow."""
    for entry in entries:
        stated = {
            "compensation": (entry.compensation, "file", "the file's own matrix"),
            "data_set": (entry.data_set, 1, "the first data set"),
            "salvage": (entry.salvage, False, "a whole file"),
        }
        for key, (value, only, expected) in stated.items():
            if value != only and (entry.approach == "automatic" or key != "compensation"):
                where, do = f"{entry.path}, {key}", "export the file so, or measure it by gates"
                yield Fault(gates.name, where, f"{expected} for approach automatic", "another", do)


def _twice(planned: Sequence[PlannedFile]) -> Iterable[Fault]:
    paths = [real_path(file.path) for file in planned]
    for place, file in enumerate(planned):
        if paths[place] in paths[:place]:
            yield Fault(file.name, "the file", "each file once", "the same again", "name it once")


def _several(planned: Sequence[PlannedFile], strategy: Strategy) -> Iterable[Fault]:
    if not planned:
        expected, do = "at least one sample", "name the files to measure"
        yield Fault(strategy.path, "file", expected, "none", do)
    if len({file.entry.specimen for file in planned}) > 1:
        expected, received = "files of one specimen", "files of several"
        yield Fault(strategy.path, "file", expected, received, "measure each specimen apart")


def uncounted(planned: Iterable[PlannedFile], strategy: Strategy) -> Iterable[Fault]:
    """Tubes of which ``[mrd]`` counts nothing, or gates that they lack."""
    for tube in dict.fromkeys(file.entry.tube for file in planned):
        spec = counted(strategy, tube)
        called = "the unnamed tube" if tube is None else f"tube {tube!r}"
        if tube is not None and not _own_form(strategy):  # names of samples may be a person's
            called = "the sample"
        if spec is None:
            yield Fault(strategy.path, "mrd", f"what to count in {called}", "none", _add(strategy))
            continue
        names = {gate.name for gate in strategy.gates_of(tube)}
        for key in ("numerator", "denominator"):
            if getattr(spec, key) not in names:
                expected, received = f"a gate of {called}", f"{getattr(spec, key)!r}"
                do = _gate_elsewhere(strategy, getattr(spec, key))
                yield Fault(strategy.path, f"mrd, {key}", expected, received, do)


def _gate_elsewhere(strategy: Strategy, gate: str) -> str:
    """What to do about a gate that the tube lacks; tubes may be named after patients."""
    if any(one.name == gate for one in strategy.gates):
        return "name the tube that has it (of a workspace: its sample) in [[file]]"
    return "add that gate"


def _add(strategy: Strategy) -> str:
    """How to say what is counted; a file of another program cannot say it."""
    name = Path(strategy.path).name
    if _own_form(strategy):
        return "add [mrd]"
    return f"write a flow.toml with gates = {name!r} and [mrd] beside it"


def _own_form(strategy: Strategy) -> bool:
    """Whether the strategy is our own form of file, not one of another program."""
    name = Path(strategy.path).name
    return name.lower().endswith(".toml") or not name
