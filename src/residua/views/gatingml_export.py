"""A gating strategy as a Gating-ML 2.0 document, which counts the same in other programs.

ISAC Gating-ML 2.0 (Spidlen and others, Cytometry A 2015;87A:683, doi:10.1002/cyto.a.22690).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import residua
from residua.errors import ValueFault
from residua.facts.acquisition import Channel, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.views.gatingml_dimensions import SAMPLE, Parts, matrix_element, number
from residua.views.gatingml_ids import Ids
from residua.views.whole_file import write_whole
from residua.views.xml_text import HEAD, xml_element

_HOME = "http://www.isac-net.org/std/Gating-ML/v2.0"
_NAMESPACES = {
    "xmlns:gating": f"{_HOME}/gating",
    "xmlns:transforms": f"{_HOME}/transformations",
    "xmlns:data-type": f"{_HOME}/datatypes",
    "xmlns:residua": "urn:residua:gating-ml",
}
_WORDS = {"all": "and", "any": "or", "not": "not"}
Compensation = Spillover | Literal["file"] | None


def gatingml_text(
    strategy: Strategy,
    *,
    tube: str | None = None,
    compensation: Compensation = "file",
    channels: Sequence[Channel] = (),
) -> str:
    """The gates that hold for `tube` as a Gating-ML 2.0 document.

    `compensation` is what "as the sample is read" means: the file's own matrix, another one, or
    None. `channels` are those of a file that the gates are for: markers are then written as the
    channels (``$PnN``) that other programs look for. Raises `ValueFault` where gates belong to
    tubes and none is named, and for what Gating-ML 2.0 cannot hold: a biex scale, a matrix of a
    single dye, control characters in names.
    """
    ids = Ids()
    gates = _gates(strategy, tube)
    matrices = dict(strategy.matrices)
    if isinstance(compensation, Spillover):
        matrices[SAMPLE] = compensation
    matrix_ids = {name: ids.give(name) for name in matrices}
    gate_ids = {gate.name: ids.give(gate.name) for gate in gates}
    sample = matrix_ids.get(SAMPLE, "uncompensated" if compensation is None else "FCS")
    parts = Parts(strategy, channels, sample, ids, matrix_ids)
    shapes = [_gate_element(gate, gate_ids, parts) for gate in gates]
    spectra = [matrix_element(matrix_ids[name], name, one) for name, one in matrices.items()]
    written = f"Written by Residua {residua.__version__}. {residua.NOTICE}."
    head = xml_element("data-type:custom_info", {}, text=written)
    return HEAD + xml_element(
        "gating:Gating-ML", _NAMESPACES, [head, *spectra, *parts.texts, *shapes]
    )


def write_gatingml(strategy: Strategy, path: Path, **options: Any) -> None:
    """Write `gatingml_text` to `path`, whole or not at all; options and errors are its own."""
    write_whole(path, gatingml_text(strategy, **options).encode())


def _gates(strategy: Strategy, tube: str | None) -> tuple[Gate, ...]:
    tubes = list(dict.fromkeys(gate.tube for gate in strategy.gates if gate.tube is not None))
    if tubes and tube not in tubes:
        received = ", ".join(repr(name) for name in tubes)
        raise ValueFault("the tube to write the gates of", f"gates of {received}", "name one")
    return strategy.gates_of(tube)


def _gate_element(gate: Gate, ids: Mapping[str, str], parts: Parts) -> str:
    shapes: Mapping[type, tuple[str, Callable[[Any, Parts], Iterable[str]]]] = {
        RectangleGate: ("RectangleGate", _rectangle),
        PolygonGate: ("PolygonGate", _polygon),
        EllipsoidGate: ("EllipsoidGate", _ellipsoid),
        BooleanGate: ("BooleanGate", lambda one, _: [_boolean(one, ids)]),
    }
    name, shape = shapes[type(gate)]
    attributes = {"gating:id": ids[gate.name]}
    if gate.parent is not None:
        attributes["gating:parent_id"] = ids[gate.parent]
    if ids[gate.name] != gate.name:
        attributes["residua:called"] = gate.name
    reason = [xml_element("data-type:custom_info", {}, text=gate.reason)] if gate.reason else []
    return xml_element(f"gating:{name}", attributes, [*reason, *shape(gate, parts)])


def _rectangle(gate: RectangleGate, parts: Parts) -> Iterable[str]:
    for limit in gate.limits:
        yield parts.element(limit.dimension, {"min": limit.low, "max": limit.high})


def _polygon(gate: PolygonGate, parts: Parts) -> Iterable[str]:
    yield from (parts.element(name, {}) for name in gate.dimensions)
    yield from (_values("gating:vertex", "gating:coordinate", point) for point in gate.points)


def _ellipsoid(gate: EllipsoidGate, parts: Parts) -> Iterable[str]:
    yield from (parts.element(name, {}) for name in gate.dimensions)
    yield _values("gating:mean", "gating:coordinate", gate.center)
    rows = [_values("gating:row", "gating:entry", row) for row in gate.covariance]
    yield xml_element("gating:covarianceMatrix", {}, rows)
    yield xml_element("gating:distanceSquare", {"data-type:value": number(gate.distance2)})


def _values(outer: str, inner: str, values: Iterable[float]) -> str:
    inside = [xml_element(inner, {"data-type:value": number(value)}) for value in values]
    return xml_element(outer, {}, inside)


def _boolean(gate: BooleanGate, ids: Mapping[str, str]) -> str:
    """The operation; `not` of several is the `and` of complements, a single operand stands twice.

    Gating-ML 2.0 has `not` of one gate only, and `and` and `or` of two or more.
    """
    operation, members = gate.operation, list(gate.members)
    if operation == "not" and len(members) > 1:
        operation, members = "all", [(name, not outside) for name, outside in members]
    if operation != "not" and len(members) == 1:
        members *= 2
    references = []
    for name, outside in members:
        complement = {"gating:use-as-complement": "true"} if outside else {}
        references.append(
            xml_element("gating:gateReference", {"gating:ref": ids[name]} | complement)
        )
    return xml_element(f"gating:{_WORDS[operation]}", {}, references)
