"""`residua reference`: a laboratory's normal marrows as the reference of its panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.main.automatic.prepare import prepare_file
from residua.main.reference.folder import read_reference, write_reference
from residua.main.reference.strange_normals import strange_normals
from residua.measures.alignment.misfit import misfit_limit
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.build import Thinned, build_with_alarms, thinned
from residua.measures.reference.reference import NormalReference
from residua.progress import Progress, silent
from residua.standards.automatic_mrd import automatic_rules
from residua.views.reference_text import ReferenceLine, ReferenceSummary


@dataclass(frozen=True, eq=False)
class _Opened:
    name: str
    sample: Thinned
    simulated: bool
    unfit: tuple[str, ...]


def build_from_folder(
    folder: Path, *, out: Path | None = None, progress: Progress = silent
) -> ReferenceSummary:
    """Build the reference of the FCS files in `folder` and write it to `out`.

    Without `out` it is written beside `folder`, its name with ``-reference``. Folders within are
    not searched. Raises `InputError` with all faults of all files, for too few, and for a marrow
    with a cluster of blasts that no other has.
    """
    paths = _files(folder)
    place = out or folder.resolve().with_name(f"{folder.resolve().name}-reference")
    opened: list[_Opened] = []
    faults: list[Fault] = []
    for number, path in enumerate(paths, 1):
        progress(f"preparing normal {number} of {len(paths)}")
        try:
            opened.append(_opened(path.name, prepare_file(path, name=path.name)))
        except InputError as error:
            faults += error.faults
    faults += _faults(opened)
    if faults:
        raise InputError(faults)
    simulated = any(one.simulated for one in opened)
    samples = [one.sample for one in opened]
    try:
        built = build_with_alarms(samples, simulated=simulated, progress=progress)
    except ValueFault as fault:
        raise InputError(fault.at(folder.name, "the normals")) from fault
    progress("looking for leukaemia among the normals")
    names = {one.sample.digest: one.name for one in opened}
    called = [names[normal.digest] for normal in built.reference.normals]
    strange = strange_normals(built.reference, called)
    progress("writing the reference")
    write_reference(built.reference, place, inputs=paths)
    said = [(*pair[0], *pair[1]) for pair in zip(built.alarms, strange, strict=True)]
    return _summary(place, built.reference, called, said)


def show_reference(folder: Path) -> ReferenceSummary:
    """What the reference in `folder` was made of; names of files are not kept in it."""
    reference = read_reference(folder)
    called = [f"normal {number}" for number in range(1, len(reference.normals) + 1)]
    return _summary(folder, reference, called, [()] * len(called))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        do = "name the folder with the FCS files of your normal marrows"
        raise InputError(Fault(str(folder), "the normals", "a folder", "none", do))
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".fcs")
    fewest = automatic_rules().normals
    if len(found) < fewest:
        do = "add normal marrows of this panel; until then the simulated reference serves"
        wanted = f"FCS files of at least {fewest} normal marrows"
        raise InputError(Fault(str(folder), "the normals", wanted, f"{len(found)}", do))
    return found


def _opened(name: str, sample: PreparedSample) -> _Opened:
    return _Opened(name, thinned(sample), "simulated" in sample.flags, sample.unfit)


def _faults(opened: Sequence[_Opened]) -> Iterator[Fault]:
    """What makes files unfit for one reference, file by file."""
    panels = Counter(one.sample.dimensions for one in opened if not one.unfit)
    usual = panels.most_common(1)[0][0] if panels else ()
    first: dict[str, str] = {}
    for one in opened:
        where, do = "the normal", "leave it out, or repair and export it again"
        for reason in one.unfit:
            yield Fault(one.name, where, "a file that can be measured", reason, do)
        if not one.unfit and one.sample.dimensions != usual:
            apart = ", ".join(sorted(set(one.sample.dimensions) ^ set(usual))) or "their order"
            received = f"one that differs in {apart}"
            yield Fault(one.name, where, "the panel of the other files", received, do)
        if one.sample.digest in first:
            received = f"the same as {first[one.sample.digest]}"
            yield Fault(one.name, where, "another marrow", received, "give each file once")
        first.setdefault(one.sample.digest, one.name)


def _summary(
    place: Path,
    reference: NormalReference,
    names: Sequence[str],
    alarms: Sequence[tuple[str, ...]],
) -> ReferenceSummary:
    lines = tuple(
        ReferenceLine(name, normal.cells, normal.misfit, said)
        for name, normal, said in zip(names, reference.normals, alarms, strict=True)
    )
    limit = misfit_limit([line.misfit for line in lines])
    return ReferenceSummary(
        place.name, reference.dimensions, reference.digest, reference.simulated, limit, lines
    )
