"""The ``[mrd]`` and ``[[antigen]]`` tables of flow.toml."""

from __future__ import annotations

from typing import Any

from residua.errors import ValueFault
from residua.facts.gates import Gate
from residua.facts.gating import AntigenSpec, EventPolicy, MrdSpec
from residua.facts.mrd_result import DENOMINATOR_KINDS
from residua.readers.flow_toml.gate_names import gate_name
from residua.readers.toml_table import Table, kind_of
from residua.standards.mrd_counting import find_policy

_MRD = ("numerator", "denominator", "denominator_kind", "policy", "tube", "combine")
_ANTIGEN = ("marker", "of", "threshold", "fmo", "negative")


def read_mrd(top: Table, gates: tuple[Gate, ...]) -> tuple[MrdSpec, ...]:
    """What is counted over what, per tube."""
    specs = [(table, _mrd(table, gates)) for table in top.tables("mrd", alone=True)]
    seen: set[str | None] = set()
    for table, spec in specs:
        if spec is not None and spec.tube in seen:
            table.wrong(ValueFault("one [mrd] per tube", "another one", "name its tube"), "tube")
        seen |= {spec.tube} if spec is not None else set()
    _check_sum([(table, spec) for table, spec in specs if spec is not None])
    return tuple(spec for _, spec in specs if spec is not None)


def _check_sum(specs: list[tuple[Table, MrdSpec]]) -> None:
    """Tubes are added only where all are, over one kind of denominator, by one policy."""
    if not any(spec.combine == "sum" for _, spec in specs):
        return
    first = specs[0][1]
    for table, spec in specs[1:]:
        for key in ("combine", "denominator_kind", "policy"):
            if getattr(spec, key) != getattr(first, key):
                expected = f"the same {key} in every [[mrd]] where tubes are added"
                table.wrong(ValueFault(expected, "another one", "make them equal"), key)


def _mrd(table: Table, gates: tuple[Gate, ...]) -> MrdSpec | None:
    table.only(*_MRD)
    tube = table.text("tube")
    # without a tube it counts in each, whose gates are looked at when its files are known
    own = [gate for gate in gates if tube is None or gate.tube in (None, tube)]
    named = {key: gate_name(table, key, own) for key in ("numerator", "denominator")}
    words: dict[str, Any] = {
        "denominator_kind": table.word("denominator_kind", DENOMINATOR_KINDS) or "not stated",
        "combine": table.word("combine", ("sum",)) or "apart",
    }
    policy = _policy(table)
    numerator, denominator = named["numerator"], named["denominator"]
    if numerator is None or denominator is None:
        return None
    return MrdSpec(numerator=numerator, denominator=denominator, policy=policy, tube=tube, **words)


def _policy(table: Table) -> str | EventPolicy | None:
    value = table.data.get("policy")
    if isinstance(value, dict):
        own = table.table("policy")
        assert own is not None  # it is a dict
        own.only("lod", "lloq")
        lod, lloq = own.whole("lod", required=True), own.whole("lloq", required=True)
        return None if lod is None or lloq is None else own.made(lambda: EventPolicy(lod, lloq))
    if value is None:
        return None
    if not isinstance(value, str):
        fault = ValueFault("a policy's name or { lod, lloq }", kind_of(value), "correct it")
        table.wrong(fault, "policy")
        return None
    found = table.made(lambda: find_policy(value), "policy")
    return None if found is None else found.id


def read_antigens(top: Table, gates: tuple[Gate, ...]) -> tuple[AntigenSpec, ...]:
    """Which antigens are measured on which gates."""
    read = (_antigen(table, gates) for table in top.tables("antigen"))
    return tuple(spec for spec in read if spec is not None)


def _antigen(table: Table, gates: tuple[Gate, ...]) -> AntigenSpec | None:
    table.only(*_ANTIGEN)
    marker = table.text("marker", required=True)
    of = gate_name(table, "of", gates)
    negative = None
    if "negative" in table.data:
        negative = gate_name(table, "negative", gates)
    threshold, fmo = table.number("threshold"), table.text("fmo")
    if marker is None or of is None or ("negative" in table.data and negative is None):
        return None
    return table.made(lambda: AntigenSpec(marker, of, threshold, fmo, negative))
