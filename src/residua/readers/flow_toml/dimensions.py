"""The ``[scales]``, ``[[dimension]]`` and ``[[matrix]]`` tables of flow.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from residua.errors import InputError, ValueFault
from residua.facts.acquisition import Spillover, plain_name
from residua.facts.gating import (
    Dimension,
    NamedMatrix,
    dimension_faults,
    matrix_faults,
)
from residua.facts.mrd_result import FileDigest
from residua.facts.scales import (
    Arcsinh,
    Biex,
    Hyperlog,
    Linear,
    Log,
    Logicle,
    Scale,
    ScaledArcsinh,
)
from residua.readers.digest import digest_of
from residua.readers.spillover_table import read_spillover_table
from residua.readers.toml_table import Table, as_numbers, as_texts, kind_of

SCALES: Mapping[str, tuple[tuple[tuple[str, ...], Callable[..., Scale]], ...]] = {
    "linear": ((("T", "A"), Linear), ((), Linear)),
    "log": ((("T", "M"), Log),),
    "arcsinh": ((("cofactor",), Arcsinh), (("T", "M", "A"), ScaledArcsinh)),
    "logicle": ((("T", "W", "M", "A"), Logicle),),
    "hyperlog": ((("T", "W", "M", "A"), Hyperlog),),
    "biex": ((("max", "neg", "width", "pos"), Biex),),
}
"""Each kind of scale with its forms: the parameters that must all be stated, and the value."""

_DIMENSION = (
    *("name", "channel", "ratio", "A", "B", "C"),
    *("compensation", "scale", "bounds", "label"),
)
_MATRIX = ("name", "file", "channels", "dyes", "rows")


def read_scales(top: Table) -> tuple[tuple[str, Scale], ...]:
    """The scale of each marker or channel that has one."""
    scales = top.table("scales")
    if scales is None:
        return ()
    seen: set[str] = set()
    for name in scales.data:
        if plain_name(name) in seen:
            scales.wrong(
                ValueFault("each name once", "one again, but for spaces", "remove it"), name
            )
        seen.add(plain_name(name))
    read = ((name, _scale(table)) for name in scales.data if (table := scales.table(name)))
    return tuple((name, scale) for name, scale in read if scale is not None)


def _scale(table: Table) -> Scale | None:
    kind = table.word("kind", SCALES, required=True)
    if kind is None:
        return None
    forms = SCALES[kind]
    given = (form for form in forms if set(form[0]) & set(table.data))
    keys, maker = next(given, forms[-1] if kind == "linear" else forms[0])
    table.only("kind", *keys)
    values = {key: table.number(key, required=True) for key in keys}
    if None in values.values():
        return None
    return table.made(lambda: maker(**values))


def read_dimensions(
    top: Table, matrices: tuple[NamedMatrix, ...], *, above: tuple[Dimension, ...] = ()
) -> tuple[Dimension, ...]:
    """Every dimension that can be made; names and compensations are checked with `above`."""
    made = [(table, _dimension(table)) for table in top.tables("dimension")]
    kept = [(table, one) for table, one in made if one is not None]
    dimensions = tuple(one for _, one in kept)
    if top.faults.none_in("matrix") and top.faults.none_in("gates"):
        for place, key, fault in dimension_faults((*above, *dimensions), matrices):
            if place >= len(above):
                kept[place - len(above)][0].wrong(fault, key)
    return dimensions


def _dimension(table: Table) -> Dimension | None:
    table.only(*_DIMENSION)
    name = table.text("name", required=True)
    of, ratio = _seen(table)
    stated = table.table("scale")
    scale = Linear() if stated is None else _scale(stated)
    bounds = None
    if "bounds" in table.data:
        bounds = as_numbers(table, table.list_of("bounds"), 2, "bounds")
    rest: dict[str, Any] = {
        "compensation": table.text("compensation") or "sample",
        "label": table.text("label") or "",
    }
    if bounds is not None:
        rest["bounds"] = bounds
    if name is None or of is None or scale is None:
        return None
    return table.made(lambda: Dimension(name=name, of=of, scale=scale, ratio=ratio, **rest))


def _seen(table: Table) -> tuple[tuple[str, ...] | None, tuple[float, float, float] | None]:
    """What a dimension looks at: a channel, or the ratio of two with its A, B and C."""
    if ("channel" in table.data) == ("ratio" in table.data):
        received = "both" if "channel" in table.data else "neither"
        table.wrong(ValueFault("channel or ratio", received, "state one of them"))
        return None, None
    if "channel" in table.data:
        for key in ("A", "B", "C"):
            if key in table.data:
                table.wrong(ValueFault("A, B, C beside ratio", "one alone", "remove it"), key)
        channel = table.text("channel", required=True)
        return (None if channel is None else (channel,)), None
    of = as_texts(table, table.list_of("ratio"), "ratio")
    if of is not None and len(of) != 2:
        fault = ValueFault("two channels", f"{len(of)}", "name the two of the ratio")
        table.wrong(fault, "ratio")
        of = None
    a, b, c = (table.number(key, required=True) for key in ("A", "B", "C"))
    if a is None or b is None or c is None:
        return None, None
    return of, (a, b, c)


def read_matrices(
    top: Table, folder: Path, *, above: tuple[NamedMatrix, ...] = ()
) -> tuple[tuple[NamedMatrix, ...], tuple[FileDigest, ...]]:
    """Every matrix that can be made, and the files that hold some of them."""
    made = [(table, _matrix(table, folder)) for table in top.tables("matrix")]
    kept = [(table, one) for table, one in made if one is not None]
    matrices = tuple(one for _, one in kept)
    for place, key, fault in matrix_faults((*above, *matrices)):
        if place >= len(above):
            kept[place - len(above)][0].wrong(fault, key)
    files = (table.data["file"] for table, _ in kept if "file" in table.data)
    return matrices, tuple(digest_of(folder, file) for file in dict.fromkeys(files))


def _matrix(table: Table, folder: Path) -> NamedMatrix | None:
    table.only(*_MATRIX)
    name = table.text("name", required=True)
    spillover = _from_file(table, folder) if "file" in table.data else _stated(table)
    return None if name is None or spillover is None else (name, spillover)


def _from_file(table: Table, folder: Path) -> Spillover | None:
    for key in ("channels", "dyes", "rows"):
        if key in table.data:
            table.wrong(ValueFault("a file alone", f"{key} beside it", "leave one out"), key)
    file = table.text("file", required=True)
    if file is None:
        return None
    try:
        return read_spillover_table(folder / file, name=file)
    except InputError as error:
        table.faults.found += [((*table.path, "file"), fault) for fault in error.faults]
        return None


def _stated(table: Table) -> Spillover | None:
    channels = as_texts(table, table.list_of("channels", required=True), "channels")
    dyes = as_texts(table, table.list_of("dyes"), "dyes") if "dyes" in table.data else ()
    rows = table.list_of("rows", required=True)
    if channels is None or dyes is None or rows is None:
        return None
    read = [as_numbers(table, row, len(channels), "rows", place) for place, row in enumerate(rows)]
    kept = [row for row in read if row is not None]
    if len(kept) < len(rows):
        return None
    if not kept or not channels:
        fault = ValueFault("a row of numbers per dye", kind_of(None), "add rows")
        table.wrong(fault, "rows")
        return None
    return table.made(lambda: Spillover(channels, np.array(kept), dyes), "rows")
