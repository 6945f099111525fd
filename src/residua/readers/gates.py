"""The one door to gates: flow.toml, Gating-ML 2.0 or a FlowJo workspace in, a `Strategy` out."""

from __future__ import annotations

from pathlib import Path

from residua.facts.gating import Strategy
from residua.readers.flow_toml import read_flow_toml
from residua.readers.foreign_gates import read_foreign_gates

_XML = (".xml", ".wsp")


def read_gates(path: Path | str, *, name: str | None = None) -> Strategy:
    """The gating strategy of a file; ``.xml`` and ``.wsp`` are XML, all others flow.toml.

    `name` is how faults call the file (default: `path`). Raises `InputError` with every fault
    of the file, by line.
    """
    if Path(path).suffix.lower() in _XML:
        return read_foreign_gates(path, name=name)
    return read_flow_toml(path, name=name)
