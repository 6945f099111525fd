"""The ``[[gate]]`` tables of flow.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from residua.errors import ValueFault
from residua.facts.gate_tree import gate_faults
from residua.facts.gates import (
    BooleanGate,
    EllipsoidGate,
    Gate,
    Limit,
    PolygonGate,
    RectangleGate,
)
from residua.readers.toml_table import Table, as_numbers, as_texts, kind_of

_COMMON = ("name", "tube", "parent", "reason", "kind")
_OPERATIONS: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "range": ("limits",),
    "rectangle": ("limits",),
    "polygon": ("x", "y", "points"),
    "ellipse": ("x", "y", "center", "covariance", "distance2", "as_written"),
    "ellipsoid": ("dimensions", "center", "covariance", "distance2", "as_written"),
    "boolean": _OPERATIONS,
}


def read_gate_tables(top: Table, *, above: tuple[Gate, ...] = ()) -> tuple[Gate, ...]:
    """Every gate that can be made, in file order; how they fit together is checked too.

    `above` are the gates of another file that these stand beside and may build on.
    """
    made = [(table, _gate(table)) for table in top.tables("gate")]
    kept = [(table, gate) for table, gate in made if gate is not None]
    gates = tuple(gate for _, gate in kept)
    if not top.faults.none_in("gates"):  # what they build on is not known
        return gates
    broken = {repr(table.data.get("name")) for table, gate in made if gate is None}
    for found in gate_faults((*above, *gates)):
        # A gate that could not be made has its own fault; those that name it have none.
        if found.place >= len(above) and found.fault.received not in broken:
            kept[found.place - len(above)][0].wrong(found.fault, found.key)
    return gates


def _gate(table: Table) -> Gate | None:
    kind = table.word("kind", _SHAPES, required=True)
    table.only(*_COMMON, *(_SHAPES[kind] if kind else sum(_SHAPES.values(), ())))
    name = table.text("name", required=True)
    common: dict[str, Any] = {
        "name": name,
        "tube": table.text("tube"),
        "parent": table.text("parent"),
        "reason": table.text("reason") or "",
    }
    if kind is None or name is None:
        return None
    makers: Mapping[str, Callable[[Table, dict[str, Any]], Gate | None]] = {
        "range": _rectangle,
        "rectangle": _rectangle,
        "polygon": _polygon,
        "ellipse": _ellipse,
        "ellipsoid": _ellipsoid,
        "boolean": _boolean,
    }
    return makers[kind](table, common)


def _rectangle(table: Table, common: dict[str, Any]) -> Gate | None:
    limits = table.table("limits")
    if limits is None:
        table.wrong(ValueFault("limits, a table", "none", "add limits"))
        return None
    if table.data["kind"] == "range" and len(limits.data) > 1:
        received = f"{len(limits.data)} dimensions"
        table.wrong(ValueFault("one dimension", received, "write kind = 'rectangle'"), "limits")
    read = [_limit(limits, dimension) for dimension in limits.data]
    if None in read:
        return None
    kept = tuple(limit for limit in read if limit is not None)
    return table.made(lambda: RectangleGate(limits=kept, **common), "limits")


def _limit(limits: Table, dimension: str) -> Limit | None:
    ends = as_numbers(limits, limits.data[dimension], 2, dimension)
    return limits.made(lambda: Limit(dimension, *ends), dimension) if ends else None


def _polygon(table: Table, common: dict[str, Any]) -> Gate | None:
    x, y = table.text("x", required=True), table.text("y", required=True)
    rows = _rows(table, "points", 2)
    if x is None or y is None or rows is None:
        return None
    points = tuple((row[0], row[1]) for row in rows)
    return table.made(lambda: PolygonGate(x=x, y=y, points=points, **common))


def _ellipse(table: Table, common: dict[str, Any]) -> Gate | None:
    x, y = table.text("x", required=True), table.text("y", required=True)
    center = as_numbers(table, table.list_of("center", required=True), 2, "center")
    names = None if x is None or y is None else (x, y)
    return _around(table, names, center, common)


def _ellipsoid(table: Table, common: dict[str, Any]) -> Gate | None:
    names = as_texts(table, table.list_of("dimensions", required=True), "dimensions")
    center = table.list_of("center", required=True)
    size = len(names) if names is not None else len(center or ())
    return _around(table, names, as_numbers(table, center, size, "center"), common)


def _around(
    table: Table,
    names: tuple[str, ...] | None,
    center: tuple[float, ...] | None,
    common: dict[str, Any],
) -> Gate | None:
    size = len(names or center or (0, 0))
    covariance = _rows(table, "covariance", size)
    distance2 = table.number("distance2", required=True)
    as_written = table.truth("as_written")
    if covariance is not None and len(covariance) != size:
        expected, received = f"{size} rows of {size} numbers", f"{len(covariance)} rows"
        table.wrong(ValueFault(expected, received, "correct it"), "covariance")
        covariance = None
    if names is None or center is None or covariance is None or distance2 is None:
        return None
    return table.made(
        lambda: EllipsoidGate(
            dimensions=names,
            center=center,
            covariance=covariance,
            distance2=distance2,
            as_written=as_written,
            **common,
        )
    )


def _boolean(table: Table, common: dict[str, Any]) -> Gate | None:
    given = [operation for operation in _OPERATIONS if operation in table.data]
    if len(given) != 1:
        received = " and ".join(given) or "none of them"
        table.wrong(ValueFault("one of all, any, not", received, "state exactly one"))
        return None
    operation = given[0]
    members = table.list_of(operation)
    if members is None:
        return None
    read = [_member(table, member, operation, place) for place, member in enumerate(members)]
    known = [member for member in read if member is not None]
    if len(known) < len(members):
        return None
    names = tuple(name for name, _ in known)
    marks = tuple(outside for _, outside in known)
    negated = marks if any(marks) else ()
    return table.made(
        lambda: BooleanGate(operation=operation, of=names, negated=negated, **common), operation
    )


def _member(table: Table, member: object, operation: str, place: int) -> tuple[str, bool] | None:
    """(gate, whether its complement counts) of ``"name"`` or ``{ not = "name" }``."""
    if isinstance(member, str):
        return member, False
    if isinstance(member, dict) and set(member) == {"not"} and isinstance(member["not"], str):
        return member["not"], True
    expected, received = 'the name of a gate or { not = "name" }', kind_of(member)
    table.wrong(ValueFault(expected, received, "write a text"), operation, place)
    return None


def _rows(table: Table, key: str, width: int) -> tuple[tuple[float, ...], ...] | None:
    rows = table.list_of(key, required=True)
    if rows is None:
        return None
    read = [as_numbers(table, row, width, key, place) for place, row in enumerate(rows)]
    return None if None in read else tuple(row for row in read if row is not None)
