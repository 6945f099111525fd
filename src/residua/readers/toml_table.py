"""A table of a TOML file, read key by key; what is wrong is noted with its line and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.readers.toml_places import PathOf, Places

Made = TypeVar("Made")


@dataclass
class Faults:
    """The faults found so far in one file; the only thing here that changes."""

    file: str
    places: Places
    found: list[tuple[PathOf, Fault]] = field(default_factory=list)

    def add(self, path: PathOf, fault: ValueFault) -> None:
        """Note `fault` at `path`."""
        line = self.places.line(path)
        self.found.append((path, fault.at(self.file, spoken(path), line)))

    def none_in(self, table: str) -> bool:
        """Whether nothing is wrong yet anywhere under the top-level `table`."""
        return all(path[:1] != (table,) for path, _ in self.found)

    def none(self) -> bool:
        """Whether nothing is wrong yet."""
        return not self.found

    def raise_any(self) -> None:
        """Raise `InputError` with all faults, in the order of their lines."""
        if self.found:
            raise InputError(sorted((fault for _, fault in self.found), key=_order))


@dataclass(frozen=True)
class Table:
    """One table at `path`, with the collector its faults go to."""

    data: dict[str, Any]
    path: PathOf
    faults: Faults

    def only(self, *known: str) -> None:
        """Note every key that is not known, with the nearest known one."""
        for key in self.data:
            if key not in known:
                received = ValueFault("a known key", f"key {key!r}", nearest(key, known))
                self.wrong(received, key)

    def wrong(self, fault: ValueFault, *steps: str | int) -> None:
        """Note a fault at this table or below it."""
        self.faults.add((*self.path, *steps), fault)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text; dates count as their text."""
        value = self._value(key, required=required, expected="a text")
        if isinstance(value, date) and not isinstance(value, time):
            return value.isoformat()
        if value is not None and not isinstance(value, str):
            self._mistyped(key, "a text", value)
            return None
        if required and value is not None and not value.strip():
            self.wrong(ValueFault("a text", "an empty one", f"state {key}"), key)
            return None
        return value

    def word(self, key: str, known: Iterable[str], *, required: bool = False) -> str | None:
        """One of the `known` words."""
        words = tuple(known)
        value = self.text(key, required=required)
        if value is not None and value not in words:
            self.wrong(ValueFault("a known word", f"{value!r}", nearest(value, words)), key)
            return None
        return value

    def number(self, key: str, *, required: bool = False) -> float | None:
        """A number; `inf` and `nan` are left to whoever uses it."""
        value = self._value(key, required=required, expected="a number")
        return None if value is None else as_number(self, value, key)

    def whole(self, key: str, *, required: bool = False) -> int | None:
        """A whole number."""
        value = self._value(key, required=required, expected="a whole number")
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._mistyped(key, "a whole number", value)
        return None

    def truth(self, key: str, *, unstated: bool = False) -> bool:
        """True or false; `unstated` where it is not stated, false where it is something else."""
        value = self.data.get(key, unstated)
        if isinstance(value, bool):
            return value
        self._mistyped(key, "true or false", value)
        return False

    def table(self, key: str) -> Table | None:
        """A table below this one."""
        value = self.data.get(key)
        if value is None or isinstance(value, dict):
            return None if value is None else Table(value, (*self.path, key), self.faults)
        self._mistyped(key, "a table", value)
        return None

    def tables(self, key: str, *, alone: bool = False) -> tuple[Table, ...]:
        """The tables of an array of tables; `alone` lets a single table stand for one."""
        value = self.data.get(key, [])
        if alone and isinstance(value, dict):
            return (Table(value, (*self.path, key), self.faults),)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._mistyped(key, f"tables, [[{key}]]", value)
            return ()
        return tuple(
            Table(item, (*self.path, key, place), self.faults) for place, item in enumerate(value)
        )

    def list_of(self, key: str, *, required: bool = False) -> list[Any] | None:
        """A list of anything."""
        value = self._value(key, required=required, expected="a list")
        if value is None or isinstance(value, list):
            return value
        self._mistyped(key, "a list", value)
        return None

    def made(self, make: Callable[[], Made], *steps: str | int) -> Made | None:
        """What `make` returns; None, with the fault noted, where it raises `ValueFault`."""
        try:
            return make()
        except ValueFault as fault:
            self.wrong(fault, *steps)
            return None

    def _value(self, key: str, *, required: bool, expected: str) -> Any:
        if required and key not in self.data:
            self.wrong(ValueFault(f"{key}, {expected}", "none", f"add {key}"))
        return self.data.get(key)

    def _mistyped(self, key: str, expected: str, value: object) -> None:
        self.wrong(ValueFault(expected, kind_of(value), f"write {expected}"), key)


def as_number(table: Table, value: object, *steps: str | int) -> float | None:
    """`value` as a float; None, with the fault noted, where it is not a number."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            table.wrong(ValueFault("a number", "one beyond all bounds", "correct it"), *steps)
            return None
    table.wrong(ValueFault("a number", kind_of(value), "write a number"), *steps)
    return None


def as_numbers(
    table: Table, row: object, count: int, *steps: str | int
) -> tuple[float, ...] | None:
    """`row` as `count` numbers; None, with the fault noted, where it is something else."""
    if row is None:
        return None
    if not isinstance(row, list) or len(row) != count:
        received = f"{len(row)} of them" if isinstance(row, list) else kind_of(row)
        table.wrong(ValueFault(f"a list of {count} numbers", received, "correct it"), *steps)
        return None
    read = [as_number(table, value, *steps, place) for place, value in enumerate(row)]
    return None if None in read else tuple(value for value in read if value is not None)


def as_texts(table: Table, row: object, *steps: str | int) -> tuple[str, ...] | None:
    """`row` as texts; None, with the fault noted, where it is something else."""
    if row is None:
        return None
    if not isinstance(row, list):
        table.wrong(ValueFault("a list of texts", kind_of(row), "correct it"), *steps)
        return None
    for place, value in enumerate(row):
        if not isinstance(value, str):
            table.wrong(ValueFault("a text", kind_of(value), "write a text"), *steps, place)
    texts = tuple(value for value in row if isinstance(value, str))
    return texts if len(texts) == len(row) else None


def kind_of(value: object) -> str:
    """The kind of a TOML value, in words; never the value."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        ((int, float, Decimal), "a number"),
        ((date, time), "a date or time"),
        (dict, "a table"),
        (list, "a list"),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "nothing")


def spoken(path: PathOf) -> str:
    """``("gate", 1, "limits")`` as ``gate 2, limits``: positions are counted from 1."""
    words = ""
    for step in path:
        words += f" {step + 1}" if isinstance(step, int) else f", {step}" if words else step
    return words or "the file"


def _order(fault: Fault) -> tuple[int, str]:
    return (fault.line or 0, fault.where)
