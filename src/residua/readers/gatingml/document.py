"""A Gating-ML 2.0 document in, a gating `Strategy` out; every fault in one pass, by line.

ISAC Gating-ML 2.0 (Spidlen and others, Cytometry A 2015;87A:683, doi:10.1002/cyto.a.22690).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

from residua.errors import ValueFault
from residua.facts.gate_tree import gate_faults
from residua.facts.gates import BooleanGate, Gate
from residua.facts.gating import Strategy
from residua.readers.digest import sha256_of
from residua.readers.gatingml.dimensions import Dimensions, matrix_name
from residua.readers.gatingml.node import CUSTOM, GATING, Node, Notes
from residua.readers.gatingml.shapes import (
    Common,
    read_ellipsoid,
    read_polygon,
    read_quadrants,
    read_rectangle,
)
from residua.readers.gatingml.transformations import read_matrix, read_transformation
from residua.readers.xml_tree import Element, read_xml

_GATES = ("RectangleGate", "PolygonGate", "EllipsoidGate", "QuadrantGate", "BooleanGate")
_OPERATIONS: Mapping[str, Literal["all", "any", "not"]] = {"and": "all", "or": "any", "not": "not"}
CALLED = "called"
"""The attribute in which Residua keeps a name that an XML id cannot hold."""
Read = TypeVar("Read")
Placed = tuple[Node, Gate | None]


def read_gatingml(path: Path | str, *, name: str | None = None) -> Strategy:
    """The gating strategy of a Gating-ML 2.0 document.

    Gates are named by their ids, quadrants by their own; a channel with its compensation and
    transformation becomes a dimension of the strategy. `name` is how faults call the file
    (default: `path`). Raises `InputError` with every fault, by line: elements and attributes
    that Gating-ML 2.0 does not have, ids given twice, references to nothing, cycles, matrices
    without an inverse, values that are no numbers.
    """
    called = name or str(path)
    strategy = parse_gatingml(read_xml(path, name=called), name=called)
    return replace(strategy, sha256=sha256_of(path))


def parse_gatingml(root: Element, *, name: str) -> Strategy:
    """As `read_gatingml`, of a document that is already parsed."""
    notes = Notes(name)
    node = Node(root, "the document", notes)
    _check_root(node)
    transformations = _by_id(node, "transformation", read_transformation, lambda one: one.id)
    matrices = _by_id(node, "spectrumMatrix", read_matrix, lambda one: one[0])
    spillovers = {key: matrix for key, (_, matrix) in matrices.items()}
    dimensions = Dimensions(transformations, spillovers)
    placed = [one for gate in _gates(node) for one in _read_gate(gate, dimensions)]
    _check_tree(node, placed)
    notes.raise_any()
    strategy = node.made(
        lambda: Strategy(
            gates=_renamed(tuple(gate for _, gate in placed if gate is not None), node),
            dimensions=tuple(dimensions.named.values()),
            matrices=tuple((matrix_name(key), one) for key, one in spillovers.items()),
            path=name,
        )
    )
    notes.raise_any()
    assert strategy is not None  # else its fault was raised
    return strategy


def _check_root(node: Node) -> None:
    """Refuse another kind or version of document before its parts make faults of their own."""
    root = node.element
    if root.name != "Gating-ML" or root.namespace != GATING:
        received = f"<{root.name}>" if root.name != "Gating-ML" else "another version of it"
        fault = ValueFault("a Gating-ML 2.0 document", received, "export it as Gating-ML 2.0")
        node.wrong(fault)
        node.notes.raise_any()
    node.holds(*_GATES, "transformation", "spectrumMatrix")


def _by_id(
    node: Node, part: str, read: Callable[[Node], Read | None], id_of: Callable[[Read], str]
) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for child in node.element.all(part):
        called = f"{part} {child.attributes.get('id', '')!r}"
        own = Node(child, called, node.notes)
        made = read(own)
        if made is None:
            continue
        if id_of(made) in found:
            own.wrong(ValueFault("each id once", "one again", "rename one"), "id")
        found[id_of(made)] = made
    return found


def _gates(node: Node) -> Iterator[Node]:
    for child in node.element.children:
        if child.name in _GATES:
            yield Node(child, f"{child.name} {child.attributes.get('id', '')!r}", node.notes)


def _read_gate(node: Node, dimensions: Dimensions) -> list[Placed]:
    parent = node.word("parent_id") if "parent_id" in node.element.attributes else None
    name = node.word("id")
    common: Common = {"name": name, "parent": parent, "reason": _reason(node)}
    if node.name == "QuadrantGate":
        return read_quadrants(node, dimensions, common)
    if name is None:
        return []
    if node.name == "BooleanGate":
        return [(node, _boolean(node, common))]
    makers: Mapping[str, Callable[[Node, Dimensions, Common], Gate | None]] = {
        "RectangleGate": read_rectangle,
        "PolygonGate": read_polygon,
        "EllipsoidGate": read_ellipsoid,
    }
    return [(node, makers[node.name](node, dimensions, common))]


def _reason(node: Node) -> str:
    """What the document says of a gate in words."""
    return " ".join(child.text for child in node.all(CUSTOM) if child.text)


def _boolean(node: Node, common: Common) -> BooleanGate | None:
    node.holds(*_OPERATIONS)
    found = [child for word in _OPERATIONS for child in node.all(word)]
    if len(found) != 1:
        node.wrong(ValueFault("one of and, or, not", f"{len(found)}", "state exactly one"))
        return None
    part = found[0]
    part.holds("gateReference")
    members: dict[tuple[str, bool], None] = {}
    references = part.all("gateReference")
    for child in references:
        child.only("ref", "use-as-complement")
        ref, outside = child.word("ref"), child.truth("use-as-complement")
        if ref is None:
            return None
        members[ref, outside] = None
    if part.name == "not" and len(references) != 1:
        part.wrong(ValueFault("one gate", f"{len(references)}", "join them by or first"))
        return None
    marks = tuple(outside for _, outside in members)
    return node.made(
        lambda: BooleanGate(
            operation=_OPERATIONS[part.name],
            of=tuple(ref for ref, _ in members),
            negated=marks if any(marks) else (),
            **common,
        )
    )


def _check_tree(node: Node, placed: list[Placed]) -> None:
    """Ids given twice, references to nothing and cycles among the gates that could be made."""
    kept = [(own, gate) for own, gate in placed if gate is not None]
    broken = {own.element.attributes.get("id") for own, gate in placed if gate is None}
    whole = {child.attributes.get("id") for child in node.element.all("QuadrantGate")}
    for found in gate_faults(tuple(gate for _, gate in kept)):
        own, fault = kept[found.place][0], found.fault
        if fault.received in {repr(name) for name in broken}:
            continue  # that gate has faults of its own
        if fault.received in {repr(name) for name in whole}:
            do = "name one of its quadrants"
            fault = ValueFault("the id of another gate", f"{fault.received}, all quadrants", do)
        own.wrong(fault, found.key)


def _renamed(gates: tuple[Gate, ...], node: Node) -> tuple[Gate, ...]:
    """The gates under the names that Residua wrote beside their ids."""
    called = {
        child.attributes["id"]: child.attributes[CALLED]
        for child in node.element.children
        if child.name in _GATES and CALLED in child.attributes
    }
    if not called:
        return gates

    def one(gate: Gate) -> Gate:
        parent = None if gate.parent is None else called.get(gate.parent, gate.parent)
        renamed: Gate = replace(gate, name=called.get(gate.name, gate.name), parent=parent)
        if isinstance(renamed, BooleanGate):
            renamed = replace(renamed, of=tuple(called.get(name, name) for name in renamed.of))
        return renamed

    return tuple(one(gate) for gate in gates)
