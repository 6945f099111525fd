"""XML as text: elements with their attributes, indented, in the order they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from residua.errors import ValueFault

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPACES = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xml_element(
    name: str, attributes: Mapping[str, str], children: Iterable[str] = (), *, text: str = ""
) -> str:
    """One element, its children (each such an element) indented below it, or a text inside.

    Raises `ValueFault` where a text holds characters that XML cannot.
    """
    stated = "".join(f' {key}="{_on_one_line(value)}"' for key, value in attributes.items())
    inside = "".join(children)
    if inside:
        below = "".join(f"  {line}\n" for line in inside[:-1].split("\n"))
        return f"<{name}{stated}>\n{below}</{name}>\n"
    if text:
        return f"<{name}{stated}>{_on_one_line(text)}</{name}>\n"
    return f"<{name}{stated}/>\n"


def _on_one_line(text: str) -> str:
    return "".join(_SPACES.get(letter, letter) for letter in _escaped(text))


def _escaped(text: str) -> str:
    if _NO_XML.search(text):
        received = "a control character"
        raise ValueFault("names of characters that XML can hold", received, "rename it")
    return "".join(_MARKS.get(letter, letter) for letter in text)
