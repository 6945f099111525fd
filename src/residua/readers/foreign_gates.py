"""Gates of other programs: a Gating-ML 2.0 document or a FlowJo workspace, told by the root."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.gating import Strategy
from residua.readers.flowjo import read_workspace
from residua.readers.gatingml import read_gatingml
from residua.readers.xml_tree import read_xml


def read_foreign_gates(path: Path | str, *, name: str | None = None) -> Strategy:
    """The strategy of an XML file; raises `InputError` with its faults, by line.

    `name` is how faults call the file (default: `path`).
    """
    called = name or str(path)
    root = read_xml(path, name=called)
    if root.name == "Gating-ML":
        return read_gatingml(path, name=called)
    if root.name == "Workspace":
        return read_workspace(path, name=called)
    expected, received = "a Gating-ML 2.0 document or a FlowJo workspace", f"<{root.name}>"
    raise InputError(Fault(called, "the file", expected, received, "name another file", root.line))
