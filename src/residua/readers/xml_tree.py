"""XML from outside as a tree of plain values: no document types, no entities, bounded depth.

Entities and external parts are how an XML file reads other files or grows without bound, so a
document that declares any is refused by name. Elements know their line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.parsers import expat

from residua.errors import Fault, InputError, system_words
from residua.readers.ordinary_file import ordinary_bytes

_DEEPEST = 200
_BETWEEN = " "  # expat writes "namespace name"


@dataclass(frozen=True)
class Element:
    """One element: local `name`, `namespace`, attributes by local name, children, text, line.

    An attribute that two namespaces give under one local name keeps the one without namespace.
    """

    name: str
    namespace: str
    attributes: Mapping[str, str]
    children: tuple[Element, ...]
    text: str
    line: int

    def all(self, name: str) -> tuple[Element, ...]:
        """The children of that local name."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """The first child of that local name, or None."""
        return next(iter(self.all(name)), None)

    def walk(self) -> Iterator[Element]:
        """This element and every one below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.children)


@dataclass
class _Open:
    name: str
    attributes: Mapping[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Refused(Exception):
    """What a handler refuses: what was received, and the line."""

    def __init__(self, received: str, line: int) -> None:
        super().__init__(received)
        self.received, self.line = received, line


def read_xml(path: Path | str, *, name: str | None = None) -> Element:
    """The root element of an XML file; raises `InputError` for anything but plain XML."""
    called = name or str(path)
    try:
        raw = ordinary_bytes(path)
    except OSError as error:
        reason = system_words(error)
        fault = Fault(called, "the file", "a readable XML file", reason, "check the path")
        raise InputError(fault) from error
    return parse_xml(raw, name=called)


def parse_xml(raw: bytes, *, name: str) -> Element:
    """The root element of XML text; raises `InputError`, with the line."""
    try:
        return _Builder().build(raw)
    except expat.ExpatError as error:
        received = f"{expat.ErrorString(error.code)}"
        fault = Fault(name, "XML", "well-formed XML", received, "export it again", error.lineno)
        raise InputError(fault) from error
    except (LookupError, ValueError) as error:  # what an encoding raises that Python lacks
        expected, received = "XML in UTF-8", "an encoding that is not known"
        raise InputError(Fault(name, "XML", expected, received, "export it again", 1)) from error
    except _Refused as error:
        expected, do = "XML without document types and entities", "export it again"
        raise InputError(Fault(name, "XML", expected, error.received, do, error.line)) from error


class _Builder:
    """Turns the events of one parse into elements."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self.open: list[_Open] = []
        self.root: Element | None = None

    def build(self, raw: bytes) -> Element:
        parser = self.parser
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a document type")
        parser.EntityDeclHandler = lambda *_: self._refuse("an entity")
        parser.ExternalEntityRefHandler = lambda *_: self._refuse("an external entity")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(raw, True)
        if self.root is None:
            raise _Refused("no element", 1)
        return self.root

    def _refuse(self, what: str) -> Any:
        raise _Refused(what, self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            self._refuse(f"elements more than {_DEEPEST} deep")
        plain = {key: value for key, value in attributes.items() if _BETWEEN not in key}
        spaced = {
            key.rpartition(_BETWEEN)[2]: value
            for key, value in attributes.items()
            if _BETWEEN in key
        }
        read = MappingProxyType(spaced | plain)
        self.open.append(_Open(name, read, self.parser.CurrentLineNumber))

    def _end(self, _: str) -> None:
        done = self.open.pop()
        namespace, _, name = done.name.rpartition(_BETWEEN)
        text = "".join(done.text).strip()
        element = Element(name, namespace, done.attributes, tuple(done.children), text, done.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element

    def _characters(self, text: str) -> None:
        if self.open:
            self.open[-1].text.append(text)
