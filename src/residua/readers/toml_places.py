"""TOML with the line of every table, key and array item: the one door to tree-sitter.

`tomllib` reads the values (floats as `Decimal`) and decides what is valid TOML; the syntax
tree of tree-sitter-toml only says where each value stands. A path is a tuple of keys and
array positions: ``("gate", 2, "limits", "CD19", 0)``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from residua.errors import Fault, InputError, system_words
from residua.readers.ordinary_file import ordinary_bytes

Step = str | int
PathOf = tuple[Step, ...]

_LANGUAGE = Language(tree_sitter_toml.language())
LARGEST_EXPONENT = 300
_AT = re.compile(r"\(at line (\d+), column \d+\)")
_BARE_DATE = re.compile(r"[=\[,]\s*(\d{4}-\d\d-\d\d)(?=\s*(?:[,\]}#]|$))")
_SLIPS = (
    (r"[\u201c-\u201f\u2018\u2019\u00ab\u00bb]", 'write straight quotation marks, "..."'),
    (r"=\s*[+-]?\d+,\d+", "write a decimal point, not a comma"),
    (r"=\s*[^\s\"'\[{\d+=-]", "write texts in quotation marks"),
)
"""What people type for TOML, and what to type instead."""
_TWICE = {
    "Cannot overwrite a value": (
        "write each key once in a table; where it belongs to another table, remove the # before "
        "that table's name too"
    ),
}
"""What Python's reader says of it, and what a person does."""
_KEYS = ("bare_key", "quoted_key", "dotted_key")


@dataclass(frozen=True)
class Places:
    """The line (from 1) of every table, key and array item of one TOML file."""

    lines: Mapping[PathOf, int]

    def line(self, path: PathOf) -> int:
        """The line of `path`; of the nearest thing that holds it where it does not exist."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read_toml(path: Path | str, *, name: str | None = None) -> tuple[dict[str, Any], Places]:
    """The values of a TOML file (floats as `Decimal`) and their places.

    `name` is how faults call the file (default: `path`). Raises `InputError` with one fault,
    by line, for a file that cannot be read, is not UTF-8 or is not TOML.
    """
    called = name or str(path)
    text = _text(Path(path), called)
    try:
        data = _loaded(text)
        return data, Places(MappingProxyType(_lines(text)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(_syntax_fault(str(error), text, called)) from error
    except RecursionError as error:
        raise InputError(_syntax_fault("Values nested too deep", text, called)) from error
    except ValueError as error:  # more digits than Python reads
        raise InputError(_syntax_fault("A number of too many digits", text, called)) from error


def _loaded(text: str) -> dict[str, Any]:
    """The values; a date that no calendar has is taken as a text, for its reader to name.

    The rest of the file is then read too, so that the date does not hide its other faults.
    """
    first: tomllib.TOMLDecodeError | None = None
    while True:
        try:
            return tomllib.loads(text, parse_float=_number)
        except tomllib.TOMLDecodeError as error:
            first = first or error
            found = _AT.search(str(error))
            quoted = _quoted_date(text, int(found[1])) if found else text
            if quoted == text:
                raise first from error
            text = quoted


def _quoted_date(text: str, row: int) -> str:
    """The text with the first date on a row that no calendar has in quotation marks."""
    lines = text.split("\n")
    for match in _BARE_DATE.finditer(lines[row - 1]):
        try:
            date.fromisoformat(match[1])
        except ValueError:
            line = lines[row - 1]
            lines[row - 1] = f'{line[: match.start(1)]}"{match[1]}"{line[match.end(1) :]}'
            break
    return "\n".join(lines)


def _number(text: str) -> Decimal:
    """The number, or NaN where its exponent is beyond that of a double: nothing counts so far."""
    try:
        value = Decimal(text.replace("_", ""))
    except ArithmeticError as error:  # an exponent beyond what Decimal holds
        raise ValueError from error
    beyond = value.is_finite() and abs(value.adjusted()) > LARGEST_EXPONENT
    return Decimal("NaN") if beyond else value


def _text(path: Path, called: str) -> str:
    try:
        return ordinary_bytes(path).decode("utf-8-sig")
    except OSError as error:
        reason = system_words(error)
        fault = Fault(called, "the file", "a readable TOML file", reason, "check the path")
        raise InputError(fault) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(called, "the text", "UTF-8", "other bytes", "save the file as UTF-8", line)
        raise InputError(fault) from error


def _syntax_fault(message: str, text: str, called: str) -> Fault:
    found = _AT.search(message)
    line = int(found.group(1)) if found else text.count("\n") + 1
    reason = re.sub(r"\s*\(at .*\)$", "", message)
    received = reason[:1].lower() + reason[1:]
    lines = text.split("\n")
    hint = next((do for form, do in _SLIPS if re.search(form, lines[line - 1])), None)
    hint = _TWICE.get(reason, hint)
    return Fault(called, "the syntax", "valid TOML", received, hint or "correct this line", line)


def _lines(text: str) -> dict[PathOf, int]:
    tree = Parser(_LANGUAGE).parse(text.encode())
    lines: dict[PathOf, int] = {}
    sizes: dict[PathOf, int] = {}
    for node in tree.root_node.named_children:
        base: PathOf = ()
        if node.type in ("table", "table_array_element"):
            base = _header(node, sizes)
            lines.setdefault(base, _row(node))
            for length in range(1, len(base)):
                lines.setdefault(base[:length], _row(node))
        pairs = [node] if node.type == "pair" else node.named_children
        for pair in pairs:
            if pair.type == "pair":
                lines.update(_pair_lines(pair, base))
    return lines


def _header(node: Node, sizes: dict[PathOf, int]) -> PathOf:
    """The path of a ``[table]`` or ``[[array element]]``, which may lie in an array's last."""
    keys = _key_path(next(child for child in node.named_children if child.type in _KEYS))
    path: PathOf = ()
    for place, key in enumerate(keys):
        path = (*path, key)
        if place == len(keys) - 1 and node.type == "table_array_element":
            sizes[path] = sizes.get(path, 0) + 1
        if path in sizes:
            path = (*path, sizes[path] - 1)
    return path


def _pair_lines(pair: Node, base: PathOf) -> Iterator[tuple[PathOf, int]]:
    key, value = pair.named_children[0], pair.named_children[-1]
    keys = _key_path(key)
    for length in range(1, len(keys) + 1):
        yield (*base, *keys[:length]), _row(pair)
    yield from _value_lines(value, (*base, *keys))


def _value_lines(value: Node, path: PathOf) -> Iterator[tuple[PathOf, int]]:
    if value.type == "inline_table":
        for pair in value.named_children:
            if pair.type == "pair":
                yield from _pair_lines(pair, path)
    elif value.type == "array":
        items = (child for child in value.named_children if child.type != "comment")
        for place, item in enumerate(items):
            yield (*path, place), _row(item)
            yield from _value_lines(item, (*path, place))


def _key_path(key: Node) -> tuple[str, ...]:
    if key.type == "dotted_key":
        return tuple(part for child in key.named_children for part in _key_path(child))
    text = (key.text or b"").decode()
    return (text,) if key.type == "bare_key" else (next(iter(tomllib.loads(f"{text} = 0"))),)


def _row(node: Node) -> int:
    return node.start_point.row + 1
