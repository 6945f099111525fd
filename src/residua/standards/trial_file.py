"""A trial's TOML, read whole or refused with all its faults, each named by its arm or result."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.facts.day import Day
from residua.standards.regimen_file import read_records
from residua.standards.rulebook import PROVENANCE
from residua.standards.trial import (
    NOT_STATED,
    SIDES,
    Arm,
    Bounds,
    HazardRatio,
    PValue,
    Result,
    Trial,
)

ABOUT = (
    "blinatumomab", "car-t", "cd22 car-t", "dli", "inotuzumab ozogamicin", "mrd", "salvage",
    "transplant", "ursodiol",
)  # fmt: skip
"""What a trial may bear on: drugs by their name, procedures, and settings."""

_HEAD = ("trial", "name", "registration", "population", "design", "published", "cite", "doi")
_HEAD_TOO = ("about", "checked_by", "notes", "arm", "result")
_MAY_BE_EMPTY = {"registration", "design", "published", "doi"}
_DO = "complete it from its source"
Record = Mapping[str, Any]


def parse_trial(text: str, *, file: str) -> Trial:
    """Read a trial; raises `InputError` with all its faults."""
    data = tomllib.loads(text)
    faults = list(_head_faults(data, file))
    arms = read_records(_named(data, "arm", "name"), "arm", _arm, file=file, faults=faults)
    results = read_records(data.get("result", []), "result", _result, file=file, faults=faults)
    faults += _unknown_arms(file, arms, results)
    faults += twice(file, "arm", (arm.name for arm in arms))
    faults += twice(file, "result", (result.id for result in results))
    if faults:
        raise InputError(faults)
    published = data["published"]
    return Trial(
        id=data["trial"],
        published=Day.parse(published) if published else None,
        about=tuple(data["about"]),
        checked_by=data.get("checked_by", ""),
        notes=tuple(data.get("notes", ())),
        arms=arms,
        results=results,
        **{key: data[key] for key in ("name", "registration", "population", "design")},
        **{key: data[key] for key in ("cite", "doi")},
    )


def _named(data: Record, table: str, key: str) -> list[Record]:
    """The records of a table with their `key` as id, by which faults are named."""
    return [{"id": record.get(key, ""), **record} for record in data.get(table, [])]


def _head_faults(data: Record, file: str) -> Iterator[Fault]:
    for key in _HEAD:
        if not isinstance(data.get(key), str) or not (data[key].strip() or key in _MAY_BE_EMPTY):
            yield Fault(file, key, "a text", "nothing", _DO)
    for key in data.keys() - {*_HEAD, *_HEAD_TOO}:
        yield Fault(file, "the head", "a known key", f"key {key!r}", "correct it")
    if data.get("trial") and f"{data['trial']}.toml" != file:
        yield Fault(file, "trial", "the name of the file", "another name", "rename one of them")
    if not data.get("about") or set(data["about"]) - {*ABOUT}:
        yield Fault(file, "about", f"some of {', '.join(ABOUT)}", "other words", "correct it")
    if not data.get("result") and not data.get("notes"):
        yield Fault(file, "the file", "a result, or a note that says why none", "neither", _DO)
    try:
        Day.parse(data.get("published") or "2000")
    except ValueFault as error:
        yield error.at(file, "published")


def _unknown_arms(file: str, arms: Iterable[Arm], results: Iterable[Result]) -> Iterator[Fault]:
    known = {arm.name for arm in arms}
    for result in results:
        for key in ("arm", "comparator"):
            name = getattr(result, key)
            if (name or key == "arm") and name not in known:
                place = f"result {result.id}: {key}"
                yield Fault(file, place, "the name of an arm", "another name", "add the arm")


def twice(file: str, table: str, ids: Iterable[str]) -> Iterator[Fault]:
    """A fault for every id that stands more than once."""
    for name, count in Counter(ids).items():
        if count > 1:
            yield Fault(file, f"{table} {name}", "an id of its own", "one used before", "rename it")


def _arm(record: Record) -> Arm:
    values = {key: value for key, value in record.items() if key != "id"}
    check_keys(values, Arm, needed=("name", "treatment"))
    _check_count(values.get("size"), "size")
    return Arm(**values)


def _result(record: Record) -> Result:
    check_keys(record, Result, needed=("id", "arm", "endpoint"))
    values = dict(record)
    for key in ("n", "of"):
        _check_count(values.get(key), key)
    if "interval" in values:
        values["interval"] = _bounds(values["interval"], "interval")
    if "hazard_ratio" in values:
        values["hazard_ratio"] = _hazard_ratio(values["hazard_ratio"])
    if "p" in values:
        values["p"] = _p_value(values["p"])
    result = Result(**values)
    _check_result(result)
    return result


def check_keys(record: Record, kind: type, *, needed: tuple[str, ...] = ()) -> None:
    """Raises `ValueFault` for a key that `kind` does not have, or for a missing text."""
    known = kind.__dataclass_fields__  # type: ignore[attr-defined]
    unknown = [key for key in record if key not in known]
    if unknown:
        raise ValueFault(f"one of {', '.join(known)}", f"key {unknown[0]!r}", "correct it")
    for key in needed:
        if not str(record.get(key, "")).strip():
            raise ValueFault("a text", "nothing", _DO, field=key)


def _check_count(value: object, key: str) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueFault("a whole number from 0", "something else", "correct it", field=key)


def _bounds(record: Record, key: str) -> Bounds:
    _check_table(record, Bounds, key)
    return Bounds(record["low"], record["high"], record.get("level", NOT_STATED))


def _hazard_ratio(record: Record) -> HazardRatio:
    _check_table(record, HazardRatio, "hazard_ratio", more=("low", "high", "level"))
    inner = {key: record[key] for key in ("low", "high", "level") if key in record}
    return HazardRatio(record["value"], _bounds(inner, "hazard_ratio") if inner else None)


def _p_value(record: Record) -> PValue:
    _check_table(record, PValue, "p")
    made = PValue(**record)
    if made.sides not in SIDES:
        raise ValueFault(f"one of {', '.join(SIDES)}", "another word", "correct it", field="p")
    return made


def _check_table(record: object, kind: type, key: str, *, more: tuple[str, ...] = ()) -> None:
    """A table of texts with the keys of `kind`; numbers are texts, so that digits are kept."""
    known = {*kind.__dataclass_fields__, *more}  # type: ignore[attr-defined]
    first = next(iter(kind.__dataclass_fields__))  # type: ignore[attr-defined]
    texts = isinstance(record, Mapping) and all(isinstance(v, str) for v in record.values())
    if not isinstance(record, Mapping) or not texts or record.keys() - known or first not in record:
        expected = f"a table of texts with {first} among {', '.join(sorted(known))}"
        raise ValueFault(expected, "something else", "write numbers as printed", field=key)
    if ("low" in record) != ("high" in record):
        raise ValueFault("low and high", "one of them", _DO, field=key)


def _check_result(result: Result) -> None:
    """What the fields of one result owe each other."""
    if result.n is not None and (result.of is None or result.n > result.of):
        raise ValueFault("n of at least as many", "n without them", _DO, field="of")
    if result.of is not None and not result.denominator:
        raise ValueFault("whom `of` counts, in words", "nothing", _DO, field="denominator")
    if result.percent_fits is False and not result.disagrees:
        raise ValueFault(
            "the percentage of n and of, within rounding", "another",
            "correct it, or say under disagrees that the source does not agree with itself",
            field="percent",
        )  # fmt: skip
    if result.disagrees and result.percent_fits is not False:
        raise ValueFault("a percentage that differs", "one that fits", "drop it", field="disagrees")
    wrong = result.weaker.keys() - type(result).__dataclass_fields__.keys() - {"boundary"}
    if wrong or set(result.weaker.values()) - {*PROVENANCE}:
        raise ValueFault("fields with their provenance", "others", "correct it", field="weaker")
