"""The ``[scales]`` and ``[[gate]]`` tables of flow.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from residua.errors import ValueFault
from residua.facts.acquisition import plain_name
from residua.facts.gates import (
    BooleanGate,
    EllipsoidGate,
    Gate,
    Limit,
    Point,
    PolygonGate,
    RectangleGate,
)
from residua.facts.gating import gate_faults
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
from residua.readers.toml_table import Table, as_number, kind_of

_COMMON = ("name", "tube", "parent", "reason", "kind")
_OPERATIONS: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "range": ("limits",),
    "rectangle": ("limits",),
    "polygon": ("x", "y", "points"),
    "ellipse": ("x", "y", "center", "covariance", "distance2"),
    "boolean": _OPERATIONS,
}
_SCALES: Mapping[str, tuple[tuple[tuple[str, ...], Callable[..., Scale]], ...]] = {
    "linear": ((("T", "A"), Linear), ((), Linear)),
    "log": ((("T", "M"), Log),),
    "arcsinh": ((("cofactor",), Arcsinh), (("T", "M", "A"), ScaledArcsinh)),
    "logicle": ((("T", "W", "M", "A"), Logicle),),
    "hyperlog": ((("T", "W", "M", "A"), Hyperlog),),
    "biex": ((("max", "neg", "width", "pos"), Biex),),
}


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
    kind = table.word("kind", _SCALES, required=True)
    if kind is None:
        return None
    forms = _SCALES[kind]
    given = (form for form in forms if set(form[0]) & set(table.data))
    keys, maker = next(given, forms[-1] if kind == "linear" else forms[0])
    table.only("kind", *keys)
    values = {key: table.number(key, required=True) for key in keys}
    if None in values.values():
        return None
    return table.made(lambda: maker(**values))


def read_gate_tables(top: Table) -> tuple[Gate, ...]:
    """Every gate that can be made, in file order; how they fit together is checked too."""
    made = [(table, _gate(table)) for table in top.tables("gate")]
    kept = [(table, gate) for table, gate in made if gate is not None]
    gates = tuple(gate for _, gate in kept)
    broken = {str(table.data.get("name")) for table, gate in made if gate is None}
    for found in gate_faults(gates):
        # A gate that could not be made has its own fault; those that name it have none.
        if not any(repr(name) == found.fault.received for name in broken):
            kept[found.place][0].wrong(found.fault, found.key)
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
    ends = _numbers(limits, limits.data[dimension], 2, dimension)
    return limits.made(lambda: Limit(dimension, *ends), dimension) if ends else None


def _polygon(table: Table, common: dict[str, Any]) -> Gate | None:
    x, y = table.text("x", required=True), table.text("y", required=True)
    points = _points(table, "points")
    if x is None or y is None or points is None:
        return None
    return table.made(lambda: PolygonGate(x=x, y=y, points=points, **common))


def _ellipse(table: Table, common: dict[str, Any]) -> Gate | None:
    x, y = table.text("x", required=True), table.text("y", required=True)
    center = _numbers(table, table.list_of("center", required=True), 2, "center")
    covariance = _points(table, "covariance")
    distance2 = table.number("distance2", required=True)
    if x is None or y is None or center is None or covariance is None or distance2 is None:
        return None
    if len(covariance) != 2:
        fault = ValueFault("2 rows of 2 numbers", f"{len(covariance)} rows", "correct it")
        table.wrong(fault, "covariance")
        return None
    return table.made(
        lambda: EllipsoidGate(
            dimensions=(x, y),
            center=center,
            covariance=covariance,
            distance2=distance2,
            **common,
        )
    )


def _boolean(table: Table, common: dict[str, Any]) -> Gate | None:
    given = [operation for operation in _OPERATIONS if operation in table.data]
    if len(given) != 1:
        received = " and ".join(given) or "none of them"
        table.wrong(ValueFault("one of all, any, not", received, "state exactly one"))
        return None
    names = table.list_of(given[0])
    if names is None:
        return None
    for place, name in enumerate(names):
        if not isinstance(name, str):
            fault = ValueFault("the name of a gate", kind_of(name), "write a text")
            table.wrong(fault, given[0], place)
    known = tuple(name for name in names if isinstance(name, str))
    if len(known) < len(names):
        return None
    return table.made(lambda: BooleanGate(operation=given[0], of=known, **common), given[0])


def _points(table: Table, key: str) -> tuple[Point, ...] | None:
    rows = table.list_of(key, required=True)
    if rows is None:
        return None
    read = [_numbers(table, row, 2, key, place) for place, row in enumerate(rows)]
    if None in read:
        return None
    return tuple((row[0], row[1]) for row in read if row is not None)


def _numbers(table: Table, row: object, count: int, *steps: str | int) -> tuple[float, ...] | None:
    """`row` as `count` numbers; None, with the fault noted, where it is something else."""
    if row is None:
        return None
    if not isinstance(row, list) or len(row) != count:
        received = f"{len(row)} of them" if isinstance(row, list) else kind_of(row)
        table.wrong(ValueFault(f"a list of {count} numbers", received, "correct it"), *steps)
        return None
    read = [as_number(table, value, *steps, place) for place, value in enumerate(row)]
    return None if None in read else tuple(value for value in read if value is not None)
