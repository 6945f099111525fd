"""An option's TOML, read whole or refused with all its faults, each with its record."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.facts.quantity import Quantity
from residua.standards.option import (
    FLAG_GROUPS,
    GATE_KINDS,
    Burden,
    Flag,
    Gate,
    Harm,
    Label,
    Option,
    Remark,
)
from residua.standards.regimen_file import read_records
from residua.standards.rulebook import COMPARISONS, Rule

_HEAD = ("option", "version", "title", "target", "checked_by", "names")
_LISTS = ("includes", "evidence", "risk_evidence")
_DO = "complete it from its source"
_LIMIT = {"quantity", "if_unavailable", *COMPARISONS}
Record = Mapping[str, Any]


def parse_option(text: str, *, file: str) -> Option:
    """Read an option; raises `InputError` with all its faults, a missing citation included."""
    data = tomllib.loads(text, parse_float=Decimal)
    faults = [Fault(file, key, "a text", "nothing", _DO) for key in _HEAD if key not in data]
    known = {*_HEAD, *_LISTS, *_TABLES}
    faults += [
        Fault(file, "the head", "a known key", f"key {key!r}", _DO)
        for key in data
        if key not in known
    ]
    made = {
        many: read_records(data.get(table, []), table, make, file=file, faults=faults)
        for table, (many, make) in _TABLES.items()
    }
    faults += _twice(file, made["gates"]) + _twice(file, made["flags"])
    if faults:
        raise InputError(faults)
    return Option(
        id=data["option"],
        version=data["version"],
        title=data["title"],
        target=data["target"],
        checked_by=data["checked_by"],
        names=tuple(data["names"]),
        **{name: tuple(data.get(name, ())) for name in _LISTS},
        **made,
    )


def _twice(file: str, made: tuple[Gate | Flag, ...]) -> list[Fault]:
    ids = [one.id for one in made]
    twice = dict.fromkeys(name for name in ids if ids.count(name) > 1)
    return [Fault(file, name, "an id of its own", "one used twice", "rename it") for name in twice]


def _gate(record: Record) -> Gate:
    _known_keys(record, _names_of(Gate) | _LIMIT)
    if record.get("kind") not in GATE_KINDS:
        raise ValueFault(f"one of {', '.join(GATE_KINDS)}", "another word", _DO, field="kind")
    parts = [_part(part) for part in record.get("parts", [])]
    if "quantity" in record:
        parts = [{key: record[key] for key in _LIMIT if key in record}, *parts]
    ways = ("all", "any")
    joined, readings = record.get("joined", "all"), dict(record.get("readings", {}))
    if any(way not in ways for way in (joined, *readings.values())):
        raise ValueFault("all or any", "another word", _DO, field="joined")
    return Gate(
        **_words(record, ("id", "kind", "words", "clause", "cite", "provenance", "reading")),
        parts=tuple(_rule(part, record, number) for number, part in enumerate(parts, 1)),
        joined=joined,
        readings=readings,
        remarks=tuple(_remark(one, record) for one in record.get("remarks", [])),
    )


def _remark(record: Record, gate: Record) -> Remark:
    """A remark has its own source, or does not load."""
    _known_keys(record, {"words", "clause", "cite", "provenance", *_LIMIT})
    if not all(str(record.get(key, "")).strip() for key in ("words", "clause", "cite")):
        raise ValueFault("words, clause and cite of a remark", "none of one", _DO, field="remarks")
    return Remark(record["words"], _rule(record, {**gate, **record}, 0))


def _rule(part: Record, whole: Record, number: int) -> Rule:
    """One limit on one quantity, with the place of the record that it belongs to."""
    named = [key for key in COMPARISONS if key in part]
    if "quantity" not in part or len(named) != 1:
        raise ValueFault("a quantity with one limit", "none or several", _DO, field="quantity")
    raw = part[named[0]]
    return Rule(
        id=f"{whole['id']}-{number}",
        term=whole["id"],
        quantity=part["quantity"],
        comparison=named[0],
        limit=raw if isinstance(raw, bool) else Quantity.parse(raw, default_unit="1"),
        verdict="",
        if_unavailable=part.get("if_unavailable"),
        **_words(whole, ("clause", "cite", "provenance", "reading")),
    )


def _part(text: object) -> Record:
    """``"bilirubin_uln at_most 1.5"`` or ``"extramedullary is no"`` as a limit."""
    words = text.split(maxsplit=2) if isinstance(text, str) else []
    if len(words) != 3 or words[1] not in COMPARISONS:
        raise ValueFault("a part such as 'age at_least 1 a'", "another form", _DO, field="parts")
    quantity, comparison, limit = words
    return {"quantity": quantity, comparison: {"yes": True, "no": False}.get(limit, limit)}


def _flag(record: Record) -> Flag:
    _known_keys(record, (_names_of(Flag) - {"rule"}) | _LIMIT)
    if record.get("group", "risk") not in FLAG_GROUPS:
        raise ValueFault(f"one of {', '.join(FLAG_GROUPS)}", "another word", _DO, field="group")
    limited = any(key in record for key in COMPARISONS)
    keys = ("id", "words", "clause", "cite", "provenance", "reading", "group", "quantity")
    return Flag(**_words(record, keys), rule=_rule(record, record, 0) if limited else None)


def _burden(record: Record) -> Burden:
    _known_keys(record, _names_of(Burden))
    values = dict(record)
    for key in ("each", "total"):
        if key in values:
            values[key] = Quantity.parse(values[key])
    burden = Burden(**values)
    if not burden.adds_up:
        raise ValueFault("a total that is count times each", "another one", "count again")
    return burden


def _harm(record: Record) -> Harm:
    _known_keys(record, _names_of(Harm))
    harm = Harm(**record)
    if harm.n is not None and (harm.of is None or not 0 <= harm.n <= harm.of):
        raise ValueFault("n of at least as many", "a larger n, or one of nothing", _DO, field="n")
    return harm


def _label(record: Record) -> Label:
    _known_keys(record, _names_of(Label))
    return Label(**record)


_TABLES: dict[str, tuple[str, Callable[[Record], Any]]] = {
    "gate": ("gates", _gate),
    "flag": ("flags", _flag),
    "burden": ("burdens", _burden),
    "risk": ("harms", _harm),
    "label": ("labels", _label),
}


def _names_of(kind: type) -> set[str]:
    return {item.name for item in fields(kind)}


def _words(record: Record, keys: Collection[str]) -> dict[str, str]:
    return {key: record[key] for key in keys if key in record}


def _known_keys(record: Record, known: Collection[str]) -> None:
    for key in record:
        if key not in known:
            raise ValueFault("a known key", f"key {key!r}", _DO, field=key)
    if not str(record.get("words", "")).strip():
        raise ValueFault("a text", "nothing", _DO, field="words")
