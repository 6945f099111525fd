"""Attributes of a workspace's elements as texts and numbers; what is wrong is said by line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TypeVar

from residua.errors import Fault, InputError, ValueFault
from residua.readers.xml_tree import Element

Made = TypeVar("Made")
_LARGEST = 1e30  # beyond every scale; FlowJo may write the largest number there is for no limit


class Wrong(ValueFault):
    """A fault of one element, with its line; `Faults` adds file and place."""

    def __init__(self, element: Element, expected: str, received: str, do: str) -> None:
        super().__init__(expected, received, do)
        self.line = element.line


class Faults:
    """What is wrong in a workspace, gathered in one pass."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []

    def add(self, wrong: ValueFault, where: str, element: Element) -> None:
        """Note a fault, at the line it knows or else that of `element`."""
        line = wrong.line if isinstance(wrong, Wrong) else element.line
        self._found.append(wrong.at(self.file, where, line))

    def attempt(self, made: Callable[[], Made], where: str, element: Element) -> Made | None:
        """What `made` gives, or None where that is at fault."""
        try:
            return made()
        except ValueFault as wrong:
            self.add(wrong, where, element)
            return None

    def raise_any(self) -> None:
        """Raise `InputError` with all that was found."""
        if self._found:
            raise InputError(self._found)


def text(element: Element, key: str) -> str:
    """An attribute that has to be there and not blank."""
    found = element.attributes.get(key, "").strip()
    if not found:
        raise Wrong(element, f"the attribute {key}", "none", "save the workspace in FlowJo again")
    return found


def number(element: Element, key: str) -> float:
    """A number that has to be there."""
    return _within(element, key, text(element, key))


def number_or(element: Element, key: str, otherwise: float) -> float:
    """A number, or `otherwise` where the attribute is absent."""
    found = element.attributes.get(key)
    return otherwise if found is None else _within(element, key, found)


def limit(element: Element, key: str, otherwise: float) -> float:
    """A limit, infinite as `otherwise` is where it is absent or as large as numbers get."""
    found = element.attributes.get(key)
    if found is None:
        return otherwise
    value = _finite(element, key, found)
    return value if abs(value) <= _LARGEST else math.copysign(math.inf, value)


def whole(element: Element, key: str) -> int:
    """A whole number that has to be there."""
    found = text(element, key)
    if not re.fullmatch(r"-?[0-9]{1,18}", found):
        raise Wrong(element, f"a whole number as {key}", "something else", "correct it")
    return int(found)


def child(element: Element, name: str) -> Element:
    """The one child of a name."""
    found = element.all(name)
    if len(found) != 1:
        received = "none" if not found else f"{len(found)}"
        raise Wrong(element, f"one {name} in {element.name}", received, "correct the workspace")
    return found[0]


def _within(element: Element, key: str, found: str) -> float:
    value = _finite(element, key, found)
    if abs(value) > _LARGEST:
        raise Wrong(element, f"a number as {key}, to {_LARGEST:g}", "a larger one", "correct it")
    return value


def _finite(element: Element, key: str, found: str) -> float:
    try:
        value = math.nan if "_" in found else float(found)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Wrong(element, f"a number as {key}", "something else", "correct it")
    return value
