"""An element of a document, read attribute by attribute; what is wrong is noted and goes on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.readers.xml_tree import Element

Made = TypeVar("Made")

_HOME = "http://www.isac-net.org/std/Gating-ML/"
GATING, TRANSFORMS, DATATYPES = (
    f"{_HOME}v2.0/{part}" for part in ("gating", "transformations", "datatypes")
)
CUSTOM = "custom_info"
_DATATYPES = (CUSTOM, "fcs-dimension", "new-dimension")
_TRANSFORMS = (
    *("transformation", "flin", "flog", "fasinh", "logicle", "hyperlog", "fratio"),
    *("spectrumMatrix", "fluorochromes", "detectors", "spectrum", "coefficient"),
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_INFINITE = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


@dataclass
class Notes:
    """The faults found so far in one document; the only thing here that changes."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def raise_any(self) -> None:
        """Raise `InputError` with all faults, in the order of their lines."""
        if self.found:
            raise InputError(sorted(self.found, key=lambda fault: (fault.line or 0, fault.where)))


@dataclass(frozen=True)
class Node:
    """One element, how faults call it (`where`), and the collector its faults go to."""

    element: Element
    where: str
    notes: Notes

    @property
    def name(self) -> str:
        """The local name of the element."""
        return self.element.name

    @property
    def text(self) -> str:
        """The text of the element, its runs of white space as one space."""
        return " ".join(self.element.text.split())

    def wrong(self, fault: ValueFault, key: str = "") -> None:
        """Note a fault of this element, or of its attribute or part `key`."""
        where = f"{self.where}, {key}" if key else self.where
        self.notes.found.append(fault.at(self.notes.file, where, self.element.line))

    def holds(self, *names: str) -> None:
        """Note every child element that Gating-ML 2.0 does not have here."""
        for child in self.element.children:
            if child.name != CUSTOM and child.name not in names:
                known = f"one of {', '.join(names)}" if names else "no element"
                fault = ValueFault(f"{known} in <{self.name}>", f"<{child.name}>", "remove it")
                Node(child, self.where, self.notes).wrong(fault)
            elif child.namespace != _namespace(child.name):
                expected = f"the Gating-ML 2.0 namespace of <{child.name}>"
                fault = ValueFault(expected, "another one", "export it as Gating-ML 2.0")
                Node(child, self.where, self.notes).wrong(fault)

    def only(self, *keys: str) -> None:
        """Note every attribute that Gating-ML 2.0 does not have here."""
        for key in self.element.attributes:
            if key not in keys:
                self.wrong(ValueFault("a known attribute", f"{key!r}", nearest(key, keys)))

    def all(self, name: str) -> tuple[Node, ...]:
        """The children of that name; `where` counts them from 1."""
        return tuple(
            Node(child, f"{self.where}, {name} {place}", self.notes)
            for place, child in enumerate(self.element.all(name), start=1)
        )

    def one(self, name: str) -> Node | None:
        """The one child of that name; None, with the fault noted, where there is another number."""
        found = self.element.all(name)
        if len(found) != 1:
            received = f"{len(found)} of them" if found else "none"
            self.wrong(ValueFault(f"one <{name}>", received, "correct it"))
            return None
        return Node(found[0], f"{self.where}, {name}", self.notes)

    def word(self, key: str) -> str | None:
        """An attribute that must be there and not be empty."""
        value = self.element.attributes.get(key)
        if value is None or not value.strip():
            received = "none" if value is None else "an empty one"
            self.wrong(ValueFault(f"the attribute {key}", received, f"state {key}"))
            return None
        return value

    def number(self, key: str, absent: float | None = None) -> float | None:
        """An attribute that is a number, which must be there unless `absent` stands for it."""
        if absent is not None and key not in self.element.attributes:
            return absent
        value = self.word(key)
        return None if value is None else as_number(self, value, key)

    def truth(self, key: str) -> bool:
        """An attribute that is true or false; false where it is not there."""
        value = self.element.attributes.get(key, "false").strip()
        if value not in _TRUTH:
            self.wrong(ValueFault("true or false", "another word", "correct it"), key)
        return _TRUTH.get(value, False)

    def made(self, make: Callable[[], Made]) -> Made | None:
        """What `make` returns; None, with the fault noted, where it raises `ValueFault`."""
        try:
            return make()
        except ValueFault as fault:
            self.wrong(fault)
            return None


def as_number(node: Node, text: str, key: str = "") -> float | None:
    """A number of XML Schema; None, with the fault noted, where the text is none."""
    text = text.strip()
    if text in _INFINITE:
        return _INFINITE[text]
    if not _NUMBER.fullmatch(text):
        node.wrong(ValueFault("a number", "another text", "write a number"), key)
        return None
    return float(text)


def numbers_of(nodes: Iterable[Node]) -> tuple[float, ...] | None:
    """The ``value`` of each node; None where one is no number."""
    read = [node.number("value") for node in nodes]
    return None if None in read else tuple(value for value in read if value is not None)


def _namespace(name: str) -> str:
    if name in _DATATYPES:
        return DATATYPES
    return TRANSFORMS if name in _TRANSFORMS else GATING
