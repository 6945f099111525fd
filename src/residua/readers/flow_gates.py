"""flow.toml in, a gating `Strategy` out; every fault of the file in one pass, by line."""

from __future__ import annotations

import hashlib
from pathlib import Path

from residua.errors import ValueFault
from residua.facts.gating import Strategy
from residua.readers.flow_counts import read_antigens, read_mrd
from residua.readers.flow_files import read_files
from residua.readers.flow_shapes import read_gate_tables, read_scales
from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table, kind_of

_TABLES = ("strategy", "file", "scales", "gate", "mrd", "antigen")


def read_gates(path: Path | str, *, name: str | None = None) -> Strategy:
    """The gating strategy of a flow.toml.

    Raises `InputError` with every fault of the file: unknown tables, keys and values, gates
    that name unknown gates or build a cycle, counts of gates that do not exist.
    """
    called = name or str(path)
    data, places = read_toml(path, name=called)
    faults = Faults(called, places)
    strategy = _strategy(Table(data, (), faults), called, _sha256(Path(path)))
    faults.raise_any()
    return strategy


def _strategy(top: Table, called: str, sha256: str) -> Strategy:
    top.only(*_TABLES)
    gates = read_gate_tables(top)
    return Strategy(
        gates=gates if top.faults.none_in("gate") else (),
        scales=read_scales(top),
        files=read_files(top),
        mrd=read_mrd(top, gates),
        antigens=read_antigens(top, gates),
        path=called,
        sha256=sha256,
        validated=_validated(top),
    )


def _validated(top: Table) -> bool:
    """``[strategy] validated``, true where nothing is said."""
    table = top.table("strategy")
    if table is None:
        return True
    table.only("validated")
    value = table.data.get("validated", True)
    if not isinstance(value, bool):
        table.wrong(ValueFault("true or false", kind_of(value), "write false"), "validated")
        return False
    return value


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
