"""The normal reference that a tube is read by: built, from files, or the one brought along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from residua import __version__
from residua.errors import Fault, InputError, ValueFault
from residua.facts.mrd_result import FileDigest
from residua.main.automatic.cache import cache_folder
from residua.main.automatic.sources import Sources, digest_of
from residua.main.reference.folder import read_reference
from residua.main.reference.shipped import keep_reference, shipped_reference
from residua.main.reference.strange_normals import leukaemic, strange_normals
from residua.measures.alignment.monotone import Events
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.build import ALGORITHM, Thinned, build_with_alarms, thinned
from residua.measures.reference.placing import panel_of, place
from residua.measures.reference.reference import NormalReference, NormalSample
from residua.progress import Progress
from residua.standards.automatic_mrd import automatic_rules

SIMULATED = "normal reference is simulated"
ASIDE = "nothing can be measured in it, or it holds a cluster that no other normal does"
BROUGHT_ALONG = "normal reference brought along"  # stands where a file's name does


@dataclass(frozen=True, eq=False)
class TubeNormals:
    """`reference` in the dimensions that a tube shares with it.

    `columns` (d,) are the tube's; `inputs` the files behind it.
    """

    reference: NormalReference
    columns: tuple[int, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    inputs: tuple[FileDigest, ...]

    def of(self, sample: PreparedSample) -> PreparedSample:
        """The sample of the tube, in its first file's dimensions, in those of the reference."""
        if sample.dimensions == self.reference.dimensions:
            return sample
        events = np.ascontiguousarray(sample.events[:, list(self.columns)])
        return replace(sample, dimensions=self.reference.dimensions, events=events)


def normals_of(
    dimensions: tuple[str, ...],
    built: Path | None,
    files: Sequence[Path],
    sources: Sources,
    progress: Progress,
) -> TubeNormals:
    """The normals of a tube that shows `dimensions`.

    From 24 usable files on, the laboratory's own are built and kept; fewer are put beside those
    that Residua brings along. Raises `InputError` for files that cannot be read, `ValueFault`
    where reference and tube share too little.
    """
    if built is not None:
        progress("reading the normal reference")
        reference = read_reference(built)
        flags = _few(reference)
        inputs: tuple[FileDigest, ...] = (FileDigest(built.resolve().name, reference.digest),)
    elif files:
        digests = {digest_of(path).sha256: path for path in files}
        reference = _kept(
            _key(dimensions, digests, sources),
            lambda: _from_files(dimensions, tuple(digests.values()), sources, progress),
        )
        flags = _own(reference, digests)
        inputs = tuple(FileDigest(path.name, sha) for sha, path in digests.items())
    else:
        reference = shipped_reference(dimensions, progress=progress)
        flags, inputs = (), (FileDigest(BROUGHT_ALONG, reference.digest),)
    return _shared(reference, dimensions, flags, inputs)


def _shared(
    reference: NormalReference,
    dimensions: tuple[str, ...],
    flags: tuple[str, ...],
    inputs: tuple[FileDigest, ...],
) -> TubeNormals:
    shared = panel_of(reference, dimensions)
    if shared.missing:
        names = ", ".join(shared.missing)
        flags = (*flags, f"panel without {names} of the normal reference: read without")
    unused = f"no normals show {', '.join(shared.unused)}: not used"
    return TubeNormals(
        shared.reference,
        shared.columns,
        (*(SIMULATED,) * reference.simulated, *flags),
        (unused,) * bool(shared.unused),
        inputs,
    )


def _few(reference: NormalReference) -> tuple[str, ...]:
    count, least = len(reference.normals), automatic_rules().normals
    return (f"{count} normals in the reference, fewer than {least}",) * (count < least)


def _own(reference: NormalReference, digests: Mapping[str, Path]) -> tuple[str, ...]:
    """How many of a laboratory's files stand in the reference, and which do not."""
    there = {normal.digest for normal in reference.normals}
    own, least = len(there & set(digests)), automatic_rules().normals
    few = f"{own} normals of the laboratory, fewer than {least}: simulated ones are added"
    aside = [path.name for sha, path in digests.items() if sha not in there]
    flags = [f"normal {name} left aside: {ASIDE}" for name in aside]
    return (*(few,) * (own < least), *flags)


def _from_files(
    dimensions: tuple[str, ...], files: Sequence[Path], sources: Sources, progress: Progress
) -> NormalReference:
    own: list[Thinned] = []
    simulated = False
    faults: list[Fault] = []
    for number, path in enumerate(files, 1):
        progress(f"preparing normal {number} of {len(files)}")
        try:
            sample = _ordered(sources.opened(path).sample, dimensions)
        except InputError as error:
            faults += error.faults
            continue
        simulated = simulated or "simulated" in sample.flags
        if not sample.unfit:
            own.append(thinned(sample))
    if faults:
        raise InputError(faults)
    if len(own) >= automatic_rules().normals:
        found = build_with_alarms(own, simulated=simulated, progress=progress).reference
        progress("looking for leukaemia among the normals")
        names = {digest_of(path).sha256: path.name for path in files}
        strange_normals(found, [names[normal.digest] for normal in found.normals])
        return found
    return _beside(shipped_reference(dimensions, progress=progress), dimensions, own, progress)


def _ordered(sample: PreparedSample, dimensions: tuple[str, ...]) -> PreparedSample:
    """In this order; an unfit sample may lack some, and stays as it is."""
    if sample.unfit or sample.dimensions == dimensions:
        return sample
    columns = [sample.dimensions.index(name) for name in dimensions]
    events = np.ascontiguousarray(sample.events[:, columns])
    return replace(sample, dimensions=dimensions, events=events)


def _beside(
    reference: NormalReference,
    dimensions: tuple[str, ...],
    own: Sequence[Thinned],
    progress: Progress,
) -> NormalReference:
    """The shipped normals with the laboratory's own, on the scale of the shipped."""
    shared = panel_of(reference, dimensions)
    normals = list(shared.reference.normals)
    for one in sorted(own, key=lambda one: one.digest):
        progress("aligning the laboratory's normals")
        with suppress(ValueFault):  # a marrow that cannot be placed is left aside, and flagged
            found = place(one.events[:, list(shared.columns)], shared.reference)
            events = cast("Events", found.events.astype(np.float16))
            misfit = found.alignment.misfit.index
            normals.append(NormalSample(events, one.cells, misfit, one.digest))
    progress("looking for leukaemia among the normals")
    aside = leukaemic(replace(shared.reference, normals=tuple(normals)))
    own_digests = {one.digest for one in own}
    normals = [one for one in normals if one.digest not in aside & own_digests]
    parts = [ALGORITHM, shared.reference.digest, [normal.digest for normal in normals]]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return replace(shared.reference, normals=tuple(normals), digest=digest)


def _key(dimensions: tuple[str, ...], digests: Mapping[str, Path], sources: Sources) -> str:
    said = [__version__, ALGORITHM, np.__version__, list(dimensions), sorted(digests)]
    text = json.dumps([*said, sources.options(list(digests.values()))])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _kept(key: str, make: Callable[[], NormalReference]) -> NormalReference:
    """The reference of `key` from the cache, or made and kept there."""
    cache = cache_folder()
    if cache is None:
        return make()
    folder = cache / "reference" / key
    with suppress(InputError, OSError):
        return read_reference(folder)
    reference = make()
    with suppress(InputError, OSError):
        keep_reference(reference, folder)
        return read_reference(folder)
    return reference
