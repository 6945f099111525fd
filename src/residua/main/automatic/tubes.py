"""Which files are of one tube: those that see the same, whatever the order of their channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import with_markers
from residua.measures.preflight.panel import panel_of
from residua.readers.fcs import read_fcs_header
from residua.readers.ordinary_file import real_path

Markers = Mapping[str, str]
_DO = "give the file of the same tube, or name the markers alike"


@dataclass(frozen=True)
class Tube:
    """The follow-up `files` of one tube, with its `diagnoses` and `normals`.

    `dimensions` are those of its first file, scatter first.
    """

    dimensions: tuple[str, ...]
    files: tuple[Path, ...]
    diagnoses: tuple[Path, ...] = ()
    normals: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """Its markers in words."""
        return " ".join(name for name in self.dimensions if "SC-" not in name) or "no marker"


@dataclass(frozen=True)
class Tubes:
    """The tubes in the order of their first files, and `notes` on files that no tube needs."""

    tubes: tuple[Tube, ...]
    notes: tuple[str, ...] = ()


def group_tubes(
    files: Sequence[Path],
    *,
    diagnoses: Sequence[Path] = (),
    normals: Sequence[Path] = (),
    markers: Mapping[Path, Markers] | None = None,
) -> Tubes:
    """The tubes of the follow-up `files`, by the headers of all files alone.

    `markers` names the antigens of channels of a file that does not say them.
    Raises `InputError` with every file that cannot be read or stands twice, every follow-up
    without a diagnosis of its tube where diagnoses are given, and every diagnosis without a
    follow-up of its tube. Normals of other tubes are left aside with a note.
    """
    faults = [*_twice([*files, *diagnoses])]
    seen: dict[Path, tuple[str, ...]] = {}
    for path in (*files, *diagnoses, *normals):
        try:
            seen[path] = _dimensions(path, (markers or {}).get(path, {}))
        except InputError as error:
            faults += error.faults
    if not faults:
        faults += _unpaired(files, diagnoses, seen)
    if faults:
        raise InputError(dict.fromkeys(faults))
    tubes = [_tube(kind, files, diagnoses, normals, seen) for kind in _kinds(files, seen)]
    placed = {path for tube in tubes for path in tube.normals}
    aside = [path for path in normals if path not in placed]
    words = f"{len(aside)} normal files of other tubes were left aside"
    lacking = [f"no normal file for tube {tube.name}" for tube in tubes if not tube.normals]
    return Tubes(tuple(tubes), (*(words,) * bool(aside), *(lacking if normals else ())))


def _dimensions(path: Path, markers: Markers) -> tuple[str, ...]:
    header = read_fcs_header(path, name=str(path))
    try:
        return panel_of(with_markers(header.channels, markers)).dimensions
    except ValueFault as fault:
        raise InputError(fault.at(str(path), "channels")) from fault


def _twice(paths: Sequence[Path]) -> Iterator[Fault]:
    real = [real_path(path) for path in paths]
    for place, path in enumerate(paths):
        if real[place] in real[:place]:
            expected, do = "each file once", "name it once, as follow-up or as diagnosis"
            yield Fault(str(path), "the file", expected, "the same again", do)


def _unpaired(
    files: Sequence[Path], diagnoses: Sequence[Path], seen: Mapping[Path, tuple[str, ...]]
) -> Iterator[Fault]:
    if not diagnoses:
        return
    sides = ((files, diagnoses, "a diagnosis"), (diagnoses, files, "a follow-up"))
    for own, others, word in sides:
        known = [frozenset(seen[path]) for path in others]
        for path in own:
            dimensions = frozenset(seen[path])
            if dimensions not in known:
                expected = f"{word} of the same tube"
                received = f"none ({_difference(dimensions, known)})"
                yield Fault(str(path), "the tube", expected, received, _DO)


def _difference(own: frozenset[str], known: Iterable[frozenset[str]]) -> str:
    """How the nearest other tube differs."""
    nearest = min(known, key=lambda other: (len(own ^ other), sorted(other)))
    parts = [
        f"{word} {', '.join(sorted(names))}"
        for word, names in (("only here", own - nearest), ("only there", nearest - own))
        if names
    ]
    return "; ".join(parts)


def _kinds(
    files: Sequence[Path], seen: Mapping[Path, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """The dimensions of every tube, as its first file has them."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for path in files:
        found.setdefault(frozenset(seen[path]), seen[path])
    return tuple(found.values())


def _tube(
    kind: tuple[str, ...],
    files: Sequence[Path],
    diagnoses: Sequence[Path],
    normals: Sequence[Path],
    seen: Mapping[Path, tuple[str, ...]],
) -> Tube:
    alike = [
        tuple(path for path in paths if frozenset(seen[path]) == frozenset(kind))
        for paths in (files, diagnoses, normals)
    ]
    return Tube(kind, *alike)
