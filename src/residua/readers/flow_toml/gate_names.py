"""Names of gates in the tables of flow.toml that only refer to them."""

from __future__ import annotations

from collections.abc import Iterable

from residua.errors import ValueFault, nearest
from residua.facts.gates import Gate
from residua.readers.toml_table import Table


def gate_name(table: Table, key: str, gates: Iterable[Gate]) -> str | None:
    """The gate that `key` names, one of `gates`; None, with the fault noted, for any other.

    Where the gates themselves are at fault, one of them may be missing for that reason alone,
    and nothing is noted.
    """
    name = table.text(key, required=True)
    known = {gate.name for gate in gates}
    if name is None or name in known:
        return name
    if table.faults.none_in("gate") and table.faults.none_in("gates"):
        advice = nearest(name, known) if known else "add that gate"
        table.wrong(ValueFault("the name of a gate", f"{name!r}", advice), key)
    return None
