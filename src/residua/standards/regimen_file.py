"""A regimen's TOML, read whole or refused with all its faults, each named by its line's drug."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from residua.errors import Fault, InputError, ValueFault
from residua.facts.quantity import Dose as DoseValue
from residua.facts.quantity import Quantity
from residua.facts.treatment import read_days
from residua.standards.regimen import (
    RULE_KINDS,
    Condition,
    Cycle,
    Dose,
    Regimen,
    RegimenRule,
)
from residua.standards.rulebook import PROVENANCE

_HEAD = ("regimen", "version", "title", "published", "cite", "doi", "checked_by")
_HEAD_TOO = ("counts_from", "aliases", "notes", "dose", "cycle", "rule")
_SOURCE = ("clause", "cite", "provenance")
_DO = "complete it from its source"
_DOSE = TypeAdapter(DoseValue)
Record = Mapping[str, Any]


def parse_regimen(text: str, *, file: str) -> Regimen:
    """Read a regimen; raises `InputError` with all its faults."""
    data = tomllib.loads(text, parse_float=Decimal)
    faults = [Fault(file, key, "a text", "nothing", _DO) for key in _HEAD if key not in data]
    known = {*_HEAD, *_HEAD_TOO}
    faults += [
        Fault(file, "the head", "a known key", f"key {k!r}", _DO) for k in data if k not in known
    ]
    makers = {"dose": _dose, "cycle": _cycle, "rule": read_rule}
    made: dict[str, tuple[Any, ...]] = {}
    for table, make in makers.items():
        made[table] = read_records(data.get(table, []), table, make, file=file, faults=faults)
    faults += _beyond_their_cycle(made["dose"], made["cycle"], data.get("counts_from", 1), file)
    if faults:
        raise InputError(faults)
    return Regimen(
        **{("name" if key == "regimen" else key): data[key] for key in _HEAD},
        counts_from=data.get("counts_from", 1),
        aliases=tuple(data.get("aliases", ())),
        notes=tuple(data.get("notes", ())),
        doses=made["dose"],
        cycles=made["cycle"],
        rules=made["rule"],
    )


def read_records(
    records: list[Record],
    table: str,
    make: Callable[[Record], Any],
    *,
    file: str,
    faults: list[Fault],
) -> tuple[Any, ...]:
    """The records that are whole; the faults of the others are added to `faults`."""
    made = []
    for number, record in enumerate(records, 1):
        name = record.get("id") or record.get("drug") or f"number {number}"
        found = [
            Fault(file, f"{table} {name}: {key}", "a text", "nothing", _DO)
            for key in _SOURCE
            if not str(record.get(key, "")).strip()
        ]
        if not found and record["provenance"] not in PROVENANCE:
            words = f"one of {', '.join(PROVENANCE)}"
            found = [Fault(file, f"{table} {name}: provenance", words, "another word", _DO)]
        try:
            if not found:
                made.append(make(record))
        except ValueFault as error:
            where = f"{table} {name}" + (f": {error.field}" if error.field else "")
            found.append(error.at(file, where))
        faults += found
    return tuple(made)


def _dose(record: Record) -> Dose:
    """One dose line; its amounts must be doses, its conditions quantities or words."""
    _known_keys(record, Dose)
    values = dict(record)
    for key in ("dose", "up_to", "cap"):
        if key in values:
            values[key] = _dose_value(values[key], key)
    for key in ("every", "infusion", "infusion_up_to"):
        if key in values:
            values[key] = _of_kind(values[key], "time", key)
    for key in ("days", "or_days", "cycles"):
        if key in values:
            values[key] = read_days(values[key])
    values["when"] = tuple(_condition(k, v) for k, v in values.get("when", {}).items())
    dose = Dose(**values)
    _check_dose(dose)
    return dose


def _dose_value(raw: object, key: str) -> Quantity:
    quantity: Quantity = _DOSE.validate_python(raw) if _has_unit(raw) else _refuse(raw, key)
    return quantity


def _has_unit(raw: object) -> bool:
    """Whether pydantic would take it; its own error is not one of ours."""
    try:
        _DOSE.validate_python(raw)
    except ValueError:
        return False
    return True


def _refuse(raw: object, key: str) -> Quantity:
    quantity = Quantity.parse(raw)  # raises for what is no quantity at all
    raise ValueFault("a dose", f"unit {quantity.unit!r}", "give the unit of a dose", field=key)


def _of_kind(raw: object, kind: str, key: str) -> Quantity:
    quantity = Quantity.parse(raw)
    if quantity.kind != kind:
        raise ValueFault(f"a {kind}", f"unit {quantity.unit!r}", "correct it", field=key)
    return quantity


def _condition(name: str, raw: object) -> Condition:
    if name in ("age", "weight"):
        kind = {"age": "calendar time", "weight": "mass"}[name]
        return Condition(name, _of_kind(raw, kind, f"when.{name}"))
    try:
        return Condition(name, Quantity.parse(raw))
    except ValueFault:
        return Condition(name, str(raw))


def _check_dose(dose: Dose) -> None:
    if dose.up_to is not None and (dose.dose is None or dose.up_to.kind != dose.dose.kind):
        raise ValueFault("a dose of one unit below up_to", "another", "correct it", field="up_to")
    if dose.up_to is not None and dose.dose is not None and dose.up_to.number <= dose.dose.number:
        raise ValueFault("up_to above the dose", "a lower one", "exchange them", field="up_to")
    if dose.every is not None and 24 % dose.every.to("h").value.normalize() > Decimal("1e-6"):
        raise ValueFault("a part of a day", "another interval", "list the days", field="every")


def _cycle(record: Record) -> Cycle:
    _known_keys(record, Cycle)
    lengths = {k: _of_kind(record[k], "time", k) for k in ("length", "up_to") if k in record}
    return Cycle(**{**record, "numbers": read_days(record["numbers"]), **lengths})


def read_rule(record: Record) -> RegimenRule:
    """A rule in words; raises `ValueFault` for an unknown kind or a value without unit."""
    _known_keys(record, RegimenRule)
    missing = [key for key in ("id", "kind", "text") if not record.get(key)]
    if missing:
        raise ValueFault(f"a rule with {missing[0]}", "one without", _DO)
    if record["kind"] not in RULE_KINDS:
        raise ValueFault(f"one of {', '.join(RULE_KINDS)}", "another word", _DO, field="kind")
    limits = ("at_least", "at_most", "vial")
    values = {key: Quantity.parse(record[key]) for key in limits if key in record}
    return RegimenRule(**{**record, **values, "needs": tuple(record.get("needs", ()))})


def _known_keys(record: Record, kind: type[Dose] | type[Cycle] | type[RegimenRule]) -> None:
    known = kind.__dataclass_fields__
    unknown = [key for key in record if key not in known]
    if unknown:
        raise ValueFault(f"one of {', '.join(known)}", f"key {unknown[0]!r}", "correct it")


def _beyond_their_cycle(
    doses: tuple[Dose, ...], cycles: tuple[Cycle, ...], counts_from: int, file: str
) -> Iterator[Fault]:
    """Days before the first day of a course or after the last of its cycle."""
    for dose in doses:
        if counts_from == 1 and any(day < 1 for day in (*dose.days, *dose.or_days)):
            do = "set counts_from = 0 where days count from a transplant or infusion"
            yield Fault(file, f"dose {dose.drug}: days", "days from 1", "an earlier day", do)
        for cycle in cycles:
            longest = cycle.up_to or cycle.length
            if longest is None or (dose.cycles and not {*dose.cycles} & {*cycle.numbers}):
                continue
            last = int(longest.to("d").value) - 1 + counts_from
            if any(day > last for day in (*dose.days, *dose.or_days)):
                days = f"days up to {last}, the end of the cycle"
                yield Fault(file, f"dose {dose.drug}: days", days, "a later day", "correct it")
