"""A gating strategy: which files, on which scales, through which gates, counting what."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Spillover, plain_name
from residua.facts.gates import BooleanGate, Gate
from residua.facts.mrd_result import DenominatorKind
from residua.facts.scales import Linear, Scale

Role = Literal["sample", "diagnosis", "normal", "fmo", "single stain"]


@dataclass(frozen=True)
class FileEntry:
    """One ``[[file]]``: what a raw file is and how it is to be read.

    `path` is relative to the strategy's file; `compensation` is "file", "none" or the path of
    a matrix; `markers` are (channel, marker) pairs where the file does not say. `data_set`
    counts from 1; `salvage` reads the complete events of a broken file.
    """

    path: str
    specimen: str | None = None
    tube: str | None = None
    date: str | None = None
    role: Role = "sample"
    approach: Literal["gates", "automatic"] = "gates"
    compensation: str = "file"
    markers: tuple[tuple[str, str], ...] = ()
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
        if self.threshold is not None and self.fmo is not None:
            raise ValueFault("a threshold or an fmo file", "both", "leave one out")
        if self.threshold is None and self.fmo is None and self.negative is None:
            raise ValueFault(
                "a threshold, an fmo file or a negative gate", "none of them", "name one"
            )


_AS_IT_IS = Linear()


@dataclass(frozen=True)
class Dimension:
    """What gates look at where the name of a marker or channel does not say it all.

    `of` is the marker or channel, or two of them for a `ratio` (A, B, C): A (x - B) / (y - C)
    (Gating-ML 2.0 section 6.6). `compensation` is "sample" (as the file is read), "none",
    "file" (the file's own matrix) or the name of a matrix of the strategy. Values outside
    `bounds` (scale units) count as the nearest bound. `label` is what pictures print.
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
class GateFault:
    """What is wrong about gate number `place` (from 0), at its key `key`."""

    place: int
    key: str
    fault: ValueFault


@dataclass(frozen=True)
class Strategy:
    """A whole flow.toml, Gating-ML document or FlowJo workspace: one form inside.

    A name of `dimensions` stands above markers and channels; everything else that a gate names
    is a marker or channel, on the scale that `scales` gives it. Each sample of a workspace is a
    tube of its own. Raises `ValueFault` (the first) where its gates do not fit together.
    """

    gates: tuple[Gate, ...] = ()
    scales: tuple[tuple[str, Scale], ...] = ()
    files: tuple[FileEntry, ...] = ()
    mrd: tuple[MrdSpec, ...] = ()
    antigens: tuple[AntigenSpec, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    matrices: tuple[tuple[str, Spillover], ...] = ()
    path: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        for found in gate_faults(self.gates):
            raise found.fault

    def gates_of(self, tube: str | None) -> tuple[Gate, ...]:
        """The gates that hold for `tube`, in file order."""
        return tuple(gate for gate in self.gates if gate.tube in (None, tube))

    def dimension(self, name: str) -> Dimension | None:
        """What `dimensions` says of a name, or None where it is a marker or channel."""
        return next((one for one in self.dimensions if one.name == name), None)

    def scale_of(self, *names: str) -> Scale:
        """The scale named for the first of `names` (marker, channel) that has one, or linear."""
        plain = {plain_name(name): scale for name, scale in self.scales}
        for name in map(plain_name, names):
            if name in plain:
                return plain[name]
        return Linear()


def gate_faults(gates: tuple[Gate, ...]) -> tuple[GateFault, ...]:
    """Every duplicate name, unknown reference and cycle among `gates`, in file order."""
    return tuple(_duplicates(gates)) + tuple(_unknown(gates)) + tuple(_cycles(gates))


def references(gate: Gate) -> tuple[tuple[str, str], ...]:
    """(key, name) of every gate that `gate` builds on."""
    parent = (("parent", gate.parent),) if gate.parent is not None else ()
    if isinstance(gate, BooleanGate):
        return parent + tuple((gate.operation, name) for name in gate.of)
    return parent


def _duplicates(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    for place, gate in enumerate(gates):
        earlier = [other for other in gates[:place] if other.name == gate.name]
        if any(_share_tube(gate, other) for other in earlier):
            fault = ValueFault(
                "a name that is unique within its tube", f"{gate.name!r} again", "rename one gate"
            )
            yield GateFault(place, "name", fault)


def _unknown(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    for place, gate in enumerate(gates):
        known = {other.name for other in gates if other.tube in (None, gate.tube)}
        for key, name in references(gate):
            if name not in known:
                others = known - {gate.name}
                advice = nearest(name, others) if others else "add that gate"
                yield GateFault(
                    place, key, ValueFault("the name of another gate", f"{name!r}", advice)
                )


def _cycles(gates: tuple[Gate, ...]) -> Iterator[GateFault]:
    for place, gate in enumerate(gates):
        reached: set[tuple[str, str | None]] = set()
        waiting = [(name, gate.tube) for _, name in references(gate)]
        while waiting:
            name, tube = waiting.pop()
            if (name, tube) in reached:
                continue
            reached.add((name, tube))
            for other in gates:
                if other.name == name and other.tube in (None, tube):
                    waiting += [(further, tube) for _, further in references(other)]
        if any(name == gate.name for name, _ in reached):
            key = references(gate)[0][0]
            fault = ValueFault(
                "gates that build on earlier ones",
                f"{gate.name!r} in a cycle with itself",
                "correct the parents",
            )
            yield GateFault(place, key, fault)


def _share_tube(one: Gate, other: Gate) -> bool:
    return one.tube == other.tube or one.tube is None or other.tube is None
