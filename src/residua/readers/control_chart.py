"""A control chart that was kept before: control.json, whose history must be whole."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from residua.errors import Fault, InputError, system_words
from residua.facts.control_chart import ChainedResult, ControlResult, broken_at
from residua.readers.ordinary_file import ordinary_bytes

KIND, VERSION = "residua.control-chart", "1.0"
_DO = "restore control.json from a backup; keep the chart in another folder to begin anew"
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,), "str | None": (str, type(None)), "int": (int,), "bool": (bool,),
    "float | None": (float, int, type(None)),
}  # fmt: skip


def read_chart(path: Path | str) -> tuple[ChainedResult, ...]:
    """The results kept at `path`, oldest first.

    Raises `InputError` where the file cannot be read, or is not what was once written.
    """
    name = str(path)
    try:
        data = json.loads(ordinary_bytes(path))
    except OSError as error:
        fault = Fault(name, "the file", "a readable file", system_words(error), "check it")
        raise InputError(fault) from error
    except (ValueError, RecursionError) as error:
        raise _refused(name, "the file", "JSON as Residua wrote it", "another text") from error
    if not isinstance(data, dict) or data.get("kind") != KIND or data.get("version") != VERSION:
        raise _refused(name, "kind", f"{KIND} {VERSION}", "another document")
    points = data.get("points")
    if not isinstance(points, list):
        raise _refused(name, "points", "a list", "another thing")
    history = tuple(_point(name, place, point) for place, point in enumerate(points, start=1))
    broken = broken_at(history)
    if broken is not None:
        where = f"point {broken + 1}"
        raise _refused(name, where, "the history as it was written", "a changed one")
    return history


def _point(name: str, place: int, point: Any) -> ChainedResult:
    where = f"point {place}"
    if not isinstance(point, dict) or not isinstance(point.get("chain"), str):
        raise _refused(name, where, "a result with its chain", "another thing")
    given: dict[str, Any] = {}
    for field in fields(ControlResult):
        value = point.get(field.name, None if field.default is MISSING else field.default)
        if not isinstance(value, _KINDS[str(field.type)]):
            raise _refused(name, f"{where}, {field.name}", f"a {field.type}", "another kind")
        given[field.name] = value
    if not 0 <= given["numerator"] <= given["denominator"] or not given["denominator"]:
        raise _refused(name, where, "counts that fit together", "others")
    return ChainedResult(ControlResult(**given), point["chain"])


def _refused(name: str, where: str, expected: str, received: str) -> InputError:
    return InputError(Fault(name, where, expected, received, _DO))
