"""How many events each gate of a strategy keeps of one file."""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.mrd_result import FileDigest


@dataclass(frozen=True)
class GateCount:
    """One gate: the events it keeps of those of its parent (`of`), parents included.

    `path` are the names from the top of the tree to its own; `flowjo_count` is what FlowJo had
    stored for it in the workspace, None where it had not or there is none.
    """

    name: str
    parent: str | None
    path: tuple[str, ...]
    count: int
    of: int
    flowjo_count: int | None = None


@dataclass(frozen=True)
class GateCounts:
    """The gates of one file, in the strategy's order; `sample` is the tube of the strategy."""

    file: FileDigest
    gates: FileDigest
    sample: str | None
    events: int
    counts: tuple[GateCount, ...]
    flags: tuple[str, ...] = ()
