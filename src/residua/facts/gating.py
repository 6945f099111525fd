"""A gating strategy: which files, on which scales, through which gates, counting what."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Spillover, plain_name
from residua.facts.gate_tree import gate_faults
from residua.facts.gates import Gate
from residua.facts.mrd_result import DenominatorKind, FileDigest
from residua.facts.quality import HaemodilutionSpec, QualitySpec
from residua.facts.scales import Linear, Scale

Role = Literal["sample", "diagnosis", "normal", "fmo", "single stain"]
MEASURED: tuple[Role, ...] = ("sample", "diagnosis", "normal")


@dataclass(frozen=True)
class FileEntry:
    """One ``[[file]]``: what a raw file is and how it is to be read.

    `path` is relative to the strategy's file; `compensation` is "file", "none", "single stains"
    or the path of a matrix; `stain` the detector that a single stain is for, "none" for an
    unstained control; `markers` are (channel, marker) pairs where the file does not say.
    `data_set` counts from 1; `salvage` reads the complete events of a broken file.
    """

    path: str
    specimen: str | None = None
    tube: str | None = None
    date: str | None = None
    role: Role = "sample"
    approach: Literal["gates", "automatic"] = "gates"
    compensation: str = "file"
    markers: tuple[tuple[str, str], ...] = ()
    stain: str | None = None
    data_set: int = 1
    salvage: bool = False


@dataclass(frozen=True)
class EventPolicy:
    """A counting policy of one's own: events for LOD and for LLOQ."""

    lod: int
    lloq: int

    def __post_init__(self) -> None:
        if not 1 <= self.lod <= self.lloq:
            raise ValueFault("1 <= lod <= lloq events", "other numbers", "correct the policy")


@dataclass(frozen=True)
class MrdSpec:
    """One ``[mrd]``: the gates to count, the kind of denominator, the policy."""

    numerator: str
    denominator: str
    denominator_kind: DenominatorKind = "not stated"
    policy: str | EventPolicy | None = None
    tube: str | None = None
    combine: Literal["apart", "sum"] = "apart"


@dataclass(frozen=True)
class AntigenSpec:
    """One ``[[antigen]]``: a marker on the events of a gate, and what counts as negative."""

    marker: str
    of: str
    threshold: float | None = None
    fmo: str | None = None
    negative: str | None = None

    def __post_init__(self) -> None:
        if self.threshold is not None and not math.isfinite(self.threshold):
            raise ValueFault("a finite number", "another one", "correct it", field="threshold")
        if self.threshold is not None and self.fmo is not None:
            raise ValueFault("a threshold or an fmo file", "both", "leave one out")
        if self.threshold is None and self.fmo is None and self.negative is None:
            raise ValueFault(
                "a threshold, an fmo file or a negative gate", "none of them", "name one"
            )


_AS_IT_IS = Linear()
_NOTHING_REMOVED = QualitySpec()
RESERVED = ("sample", "none", "file")
"""What a compensation is called where it is no matrix of the strategy."""


@dataclass(frozen=True)
class Dimension:
    """What gates look at where the name of a marker or channel does not say it all.

    `of` is the marker or channel, or two of them for a `ratio` (A, B, C): A (x - B) / (y - C)
    (Gating-ML 2.0 section 6.6). `compensation` is "sample" (as the file is read), "none",
    "file" (the file's own matrix) or the name of a matrix of the strategy. Values outside
    `bounds` (scale units) count as the nearest bound; on a log scale with a lower bound so do
    values of 0 or less. `label` is what pictures print.
    """

    name: str
    of: tuple[str, ...]
    scale: Scale = _AS_IT_IS
    compensation: str = "sample"
    ratio: tuple[float, float, float] | None = None
    bounds: tuple[float, float] = (-math.inf, math.inf)
    label: str = ""

    def __post_init__(self) -> None:
        if len(self.of) != (1 if self.ratio is None else 2):
            raise ValueFault("one channel, or two for a ratio", "another number", "correct it")
        if not self.bounds[0] < self.bounds[1]:
            raise ValueFault("bounds in rising order", "others", "swap or widen them")


@dataclass(frozen=True)
class Strategy:
    """A whole flow.toml, Gating-ML document or FlowJo workspace: one form inside.

    A name of `dimensions` stands above markers and channels; everything else that a gate names
    is a marker or channel, on the scale that `scales` gives it. Each sample of a workspace is a
    tube of its own. `sources` are the files that it was read from beside its own; `validated`
    False marks a template that nobody has confirmed for the laboratory's files. Raises
    `ValueFault` (the first) where its gates, dimensions and matrices do not fit together.
    """

    gates: tuple[Gate, ...] = ()
    scales: tuple[tuple[str, Scale], ...] = ()
    files: tuple[FileEntry, ...] = ()
    mrd: tuple[MrdSpec, ...] = ()
    antigens: tuple[AntigenSpec, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    matrices: tuple[tuple[str, Spillover], ...] = ()
    quality: QualitySpec = _NOTHING_REMOVED
    haemodilution: HaemodilutionSpec | None = None
    path: str = ""
    sha256: str = ""
    sources: tuple[FileDigest, ...] = ()
    validated: bool = True

    def __post_init__(self) -> None:
        for found in gate_faults(self.gates):
            raise found.fault
        for _, _, fault in matrix_faults(self.matrices):
            raise fault
        for _, _, fault in dimension_faults(self.dimensions, self.matrices):
            raise fault

    def gates_of(self, tube: str | None) -> tuple[Gate, ...]:
        """The gates that hold for `tube`, in file order."""
        return tuple(gate for gate in self.gates if gate.tube in (None, tube))

    def dimension(self, name: str) -> Dimension | None:
        """What `dimensions` says of a name, or None where it is a marker or channel."""
        return next((one for one in self.dimensions if one.name == name), None)

    def channels_of(self, name: str) -> tuple[str, ...]:
        """The markers and channels that a name of a gate stands for, dyes with their detectors."""
        stated = self.dimension(name)
        if stated is None:
            return (name,)
        matrix = dict(self.matrices).get(stated.compensation)
        if matrix is None or len(matrix.names) < len(matrix.channels):
            return stated.of
        own = dict(zip(matrix.names, matrix.channels, strict=True))
        return tuple(dict.fromkeys(one for dye in stated.of for one in (dye, own.get(dye, dye))))

    def scale_of(self, *names: str) -> Scale:
        """The scale named for the first of `names` (marker, channel) that has one, or linear."""
        plain = {plain_name(name): scale for name, scale in self.scales}
        for name in map(plain_name, names):
            if name in plain:
                return plain[name]
        return Linear()


NamedMatrix = tuple[str, Spillover]
PlacedFault = tuple[int, str, ValueFault]


def matrix_faults(matrices: tuple[NamedMatrix, ...]) -> tuple[PlacedFault, ...]:
    """(place, key, fault) of every matrix whose name is taken, in file order."""
    found = []
    for place, (name, _) in enumerate(matrices):
        if name in RESERVED:
            fault = ValueFault("a name of its own", f"{name!r}", "rename the matrix")
            found.append((place, "name", fault))
        elif name in [earlier for earlier, _ in matrices[:place]]:
            found.append((place, "name", ValueFault("each name once", "one again", "rename one")))
    return tuple(found)


def dimension_faults(
    dimensions: tuple[Dimension, ...], matrices: tuple[NamedMatrix, ...]
) -> tuple[PlacedFault, ...]:
    """(place, key, fault) of every dimension named twice or of an unknown compensation."""
    found = []
    seen: set[str] = set()
    known = {*RESERVED, *(name for name, _ in matrices)}
    for place, dimension in enumerate(dimensions):
        if dimension.name in seen:
            found.append((place, "name", ValueFault("each name once", "one again", "rename one")))
        seen.add(dimension.name)
        if dimension.compensation not in known:
            received, advice = f"{dimension.compensation!r}", nearest(dimension.compensation, known)
            fault = ValueFault("a compensation or the name of a matrix", received, advice)
            found.append((place, "compensation", fault))
    return tuple(found)
