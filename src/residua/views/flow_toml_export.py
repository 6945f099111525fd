"""A gating strategy of any source as flow.toml, which reads back as the same strategy."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.facts.gating import (
    AntigenSpec,
    Dimension,
    EventPolicy,
    FileEntry,
    MrdSpec,
    Strategy,
)
from residua.facts.quality import QualitySpec
from residua.facts.scales import Linear, Scale
from residua.views.whole_file import write_whole

_LARGEST = 1e300  # what flow.toml takes for a number
Pairs = Iterator[tuple[str, Any]]


def flow_toml_text(strategy: Strategy) -> str:
    """The strategy as the text of a flow.toml; matrices stand in it, whatever file had them.

    Raises `ValueFault` for numbers beyond 1e300 or nearer to 0 than 1e-300.
    """
    quality, haemodilution = strategy.quality, strategy.haemodilution
    parts = [
        *(() if strategy.validated else [_table("[strategy]", [("validated", False)])]),
        *(_table("[[file]]", _file(entry)) for entry in strategy.files),
        *([_table("[scales]", _scales(strategy.scales))] if strategy.scales else ()),
        *(_table("[[matrix]]", _matrix(*named)) for named in strategy.matrices),
        *(_table("[[dimension]]", _dimension(one)) for one in strategy.dimensions),
        *(_table("[[gate]]", _gate(gate)) for gate in strategy.gates),
        *(_table("[[mrd]]", _mrd(spec)) for spec in strategy.mrd),
        *(_table("[[antigen]]", _antigen(spec)) for spec in strategy.antigens),
        *([_table("[quality]", _quality(quality))] if quality != QualitySpec() else ()),
        *([_table("[haemodilution]", asdict(haemodilution).items())] if haemodilution else ()),
    ]
    return "\n".join(parts)


def write_flow_toml(strategy: Strategy, path: Path) -> None:
    """Write `flow_toml_text` to `path`, whole or not at all."""
    write_whole(path, flow_toml_text(strategy).encode())


def _table(head: str, pairs: Iterable[tuple[str, Any]]) -> str:
    return "".join([f"{head}\n", *(f"{key} = {_value(value)}\n" for key, value in pairs)])


def _value(value: object) -> str:
    """A TOML value; tuples are lists, mappings inline tables with their keys in quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        inside = (f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return "{ " + ", ".join(inside) + " }"
    assert isinstance(value, tuple)  # facts hold nothing else
    return "[" + ", ".join(_value(one) for one in value) + "]"


def _number(value: float) -> str:
    if value and math.isfinite(value) and not 1 / _LARGEST < abs(value) < _LARGEST:
        expected, received = f"numbers from {1 / _LARGEST:g} to {_LARGEST:g}", "one beyond"
        raise ValueFault(expected, received, "correct the gate")
    return repr(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "a").isalnum() else _quoted(key)


def _stated(**values: object) -> Pairs:
    """The keys that say something: neither absent nor empty."""
    return ((key, value) for key, value in values.items() if value not in (None, "", False, {}))


def _file(entry: FileEntry) -> Pairs:
    for field in fields(entry):
        value = getattr(entry, field.name)
        if value != field.default:
            yield field.name, dict(value) if field.name == "markers" else value


def _quality(spec: QualitySpec) -> Pairs:
    return ((key, value) for key, value in asdict(spec).items() if value)


def _scales(scales: Iterable[tuple[str, Scale]]) -> Pairs:
    return ((_key(name), _scale(scale)) for name, scale in scales)


def _scale(scale: Scale) -> dict[str, object]:
    plain = isinstance(scale, Linear) and scale.T is None
    return {"kind": scale.kind} | ({} if plain else asdict(scale))


def _matrix(name: str, matrix: Spillover) -> Pairs:
    yield "name", name
    yield "channels", matrix.channels
    if matrix.dyes:
        yield "dyes", matrix.dyes
    yield "rows", tuple(tuple(float(value) for value in row) for row in matrix.matrix)


def _dimension(one: Dimension) -> Pairs:
    yield "name", one.name
    if one.ratio is None:
        yield "channel", one.of[0]
    else:
        yield "ratio", one.of
        yield from zip("ABC", one.ratio, strict=True)
    if one.compensation != "sample":
        yield "compensation", one.compensation
    if one.scale != Linear():
        yield "scale", _scale(one.scale)
    if one.bounds != (-math.inf, math.inf):
        yield "bounds", one.bounds
    yield from _stated(label=one.label)


def _gate(gate: Gate) -> Pairs:
    yield "name", gate.name
    for key in ("tube", "parent"):
        if getattr(gate, key) is not None:
            yield key, getattr(gate, key)
    shapes: Mapping[type, Callable[[Any], Pairs]] = {
        RectangleGate: _rectangle,
        PolygonGate: _polygon,
        EllipsoidGate: _ellipsoid,
        BooleanGate: _boolean,
    }
    yield from shapes[type(gate)](gate)
    yield from _stated(reason=gate.reason)


def _rectangle(gate: RectangleGate) -> Pairs:
    yield "kind", "range" if len(gate.limits) == 1 else "rectangle"
    yield "limits", {limit.dimension: (limit.low, limit.high) for limit in gate.limits}


def _polygon(gate: PolygonGate) -> Pairs:
    yield "kind", "polygon"
    yield "x", gate.x
    yield "y", gate.y
    yield "points", gate.points


def _ellipsoid(gate: EllipsoidGate) -> Pairs:
    yield "kind", "ellipse" if len(gate.dimensions) == 2 else "ellipsoid"
    if len(gate.dimensions) == 2:
        yield from zip("xy", gate.dimensions, strict=True)
    else:
        yield "dimensions", gate.dimensions
    yield "center", gate.center
    yield "covariance", gate.covariance
    yield "distance2", gate.distance2
    yield from _stated(as_written=gate.as_written)


def _boolean(gate: BooleanGate) -> Pairs:
    yield "kind", "boolean"
    members = tuple({"not": name} if outside else name for name, outside in gate.members)
    yield gate.operation, members


def _mrd(spec: MrdSpec) -> Pairs:
    policy = spec.policy
    yield from _stated(
        numerator=spec.numerator,
        denominator=spec.denominator,
        denominator_kind=spec.denominator_kind,
        policy=asdict(policy) if isinstance(policy, EventPolicy) else policy,
        combine="sum" if spec.combine == "sum" else "",
    )
    if spec.tube is not None:
        yield "tube", spec.tube


def _antigen(spec: AntigenSpec) -> Pairs:
    return ((key, value) for key, value in asdict(spec).items() if value is not None)
