"""The panel of a bead array from its TOML."""

from __future__ import annotations

import math
from pathlib import Path
from typing import get_args

from residua.errors import ValueFault
from residua.facts.bead_panel import BeadAnalyte, BeadPanel, BeadSize, Order
from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table, as_numbers, as_texts

_KEYS = (
    *("kind", "version", "name", "scatter", "classifier", "reporter", "order", "floor", "unit"),
    *("source", "size"),
)


def read_bead_panel(path: Path | str, *, name: str | None = None) -> BeadPanel:
    """The panel at `path`. Raises `InputError` with every fault of the file."""
    data, places = read_toml(path, name=name)
    faults = Faults(name or str(path), places)
    top = Table(data, (), faults)
    top.only(*_KEYS)
    top.word("kind", ("residua.bead-panel",), required=True)
    top.word("version", ("1.0",), required=True)
    sizes = [size for size in map(_size, top.tables("size")) if size is not None]
    scatter = as_texts(top, top.list_of("scatter", required=True), "scatter")
    if scatter is not None and len(scatter) != 2:
        do = "name forward scatter first"
        top.wrong(ValueFault("two channels, forward and side", "another number", do), "scatter")
    texts = {key: top.text(key, required=True) for key in ("name", "classifier", "reporter")}
    order = top.word("order", get_args(Order)) or "low to high"
    floor = top.number("floor")
    if floor is not None and not math.isfinite(floor):
        top.wrong(ValueFault("a finite number", "another one", "correct it"), "floor")
    if faults.none() and scatter is not None:
        panel = top.made(
            lambda: BeadPanel(
                texts["name"] or "", tuple(sizes), (scatter[0], scatter[1]),
                texts["classifier"] or "", texts["reporter"] or "",
                "low to high" if order == "low to high" else "high to low",
                floor, top.text("unit") or "", top.text("source") or "",
            ),
            "size",
        )  # fmt: skip
        if panel is not None:
            return panel
    faults.raise_any()
    raise AssertionError("a panel or its faults")


def _size(table: Table) -> BeadSize | None:
    table.only("name", "analytes", "ids", "top")
    name = table.text("name", required=True)
    names = as_texts(table, table.list_of("analytes", required=True), "analytes")
    if name is None or names is None:
        return None
    ids = as_texts(table, table.list_of("ids"), "ids")
    if ids is not None and len(ids) != len(names):
        table.wrong(ValueFault("one id per analyte", "another number", "correct them"), "ids")
        ids = None
    ids = ids or tuple(f"{name}{rank}" for rank in range(1, len(names) + 1))
    tops = as_numbers(table, table.list_of("top"), len(names), "top")
    if tops is not None and not all(math.isfinite(top) and top > 0 for top in tops):
        table.wrong(ValueFault("concentrations above 0", "another number", "correct them"), "top")
    given = tops or (None,) * len(names)
    return BeadSize(name, tuple(map(BeadAnalyte, ids, names, given)))
