"""A tree of frozen dataclasses, tuples, arrays, texts and numbers as plain JSON and arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_PLAIN = (str, int, float, bool, type(None))


def pack(value: object) -> tuple[Any, list[Array]]:
    """The tree of `value` for JSON, and the arrays that it refers to by their place.

    Raises `TypeError` for anything that is no such tree, arrays of objects included.
    """
    arrays: list[Array] = []
    return _packed(value, arrays), arrays


def unpack(tree: Any, arrays: Sequence[Array], kind: type, more: Sequence[type] = ()) -> Any:
    """The value of a tree whose dataclasses are `kind` or those that its fields may hold.

    `more` are those that no annotation names, as where a field is a protocol. Raises `KeyError`,
    `ValueError` or `TypeError` where the tree names another class or other fields, and what the
    classes themselves raise. No other code than theirs is run.
    """
    known = dict(classes_within(kind))
    for one in more:
        known |= classes_within(one)
    return _unpacked(tree, arrays, known)


@cache
def classes_within(kind: type) -> Mapping[str, type]:
    """`kind` and every dataclass that its fields, or theirs, may hold, by name."""
    found: dict[str, type] = {}
    open_: list[Any] = [kind]
    while open_:
        one = open_.pop()
        open_ += get_args(one)
        if not isinstance(one, type) or not is_dataclass(one) or _name(one) in found:
            continue
        found[_name(one)] = one
        hints = get_type_hints(one)
        open_ += [hints[field.name] for field in fields(one)]
    return found


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _packed(value: object, arrays: list[Array]) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            raise TypeError("an array of objects cannot be kept")
        arrays.append(np.asarray(value))
        return {"array": len(arrays) - 1}
    if isinstance(value, tuple):
        return [_packed(one, arrays) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: _packed(getattr(value, field.name), arrays) for field in fields(value)}
        return {"class": _name(type(value)), "fields": held}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _unpacked(tree: Any, arrays: Sequence[Array], known: Mapping[str, type]) -> Any:
    if isinstance(tree, list):
        return tuple(_unpacked(one, arrays, known) for one in tree)
    if not isinstance(tree, dict):
        return tree
    if "array" in tree:
        array = arrays[int(tree["array"])]
        array.setflags(write=False)
        return array
    kind = known[tree["class"]]
    held = tree["fields"]
    if set(held) != {field.name for field in fields(kind)}:
        raise ValueError("other fields")
    return kind(**{name: _unpacked(one, arrays, known) for name, one in held.items()})
