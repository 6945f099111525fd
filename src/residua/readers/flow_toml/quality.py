"""The ``[quality]`` and ``[haemodilution]`` tables of flow.toml."""

from __future__ import annotations

from residua.errors import ValueFault, nearest
from residua.facts.gates import Gate
from residua.facts.quality import STEPS, HaemodilutionSpec, QualitySpec, StepName
from residua.readers.flow_toml.gate_names import gate_name
from residua.readers.toml_table import Table, kind_of

_GATES = ("cells", "singlets", "nucleated")


def read_quality(top: Table, gates: tuple[Gate, ...]) -> QualitySpec:
    """Which steps remove events before counting, and the gates that stand for rules."""
    table = top.table("quality")
    if table is None:
        return QualitySpec()
    table.only("remove", *_GATES)
    named = {key: gate_name(table, key, gates) for key in _GATES if key in table.data}
    return QualitySpec(remove=_remove(table), **named)


def _remove(table: Table) -> tuple[StepName, ...]:
    stated = table.list_of("remove") or []
    for place, word in enumerate(stated):
        if not isinstance(word, str):
            table.wrong(ValueFault("the name of a step", kind_of(word), "write a text"), "remove")
        elif word not in STEPS:
            fault = ValueFault("the name of a step", f"{word!r}", nearest(word, STEPS))
            table.wrong(fault, "remove", place)
    return tuple(step for step in STEPS if step in stated)


def read_haemodilution(top: Table, gates: tuple[Gate, ...]) -> HaemodilutionSpec | None:
    """The gates of the two populations that the ratio compares."""
    table = top.table("haemodilution")
    if table is None:
        return None
    table.only("immature", "neutrophils")
    immature, neutrophils = (gate_name(table, key, gates) for key in ("immature", "neutrophils"))
    if immature is None or neutrophils is None:
        return None
    if immature == neutrophils:
        table.wrong(ValueFault("two gates", "one of them twice", "name the other"), "neutrophils")
    return HaemodilutionSpec(immature, neutrophils)
