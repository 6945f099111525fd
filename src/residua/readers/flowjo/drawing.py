"""The samples of a workspace with their populations, before these become gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from residua.facts.acquisition import Spillover
from residua.readers.flowjo.attributes import Faults, Wrong, child, number
from residua.readers.flowjo.naming import name_matrices, tube_names
from residua.readers.flowjo.populations import Node, gate_names, read_nodes
from residua.readers.flowjo.populations import Path as NodePath
from residua.readers.flowjo.sample import Parameter, Sample, read_parameter, read_sample
from residua.readers.flowjo.shapes import Population, shape_of
from residua.readers.xml_tree import Element, read_xml

_OLDEST = 20  # the version that FlowJo 10 writes


@dataclass(frozen=True, eq=False)
class Drawing:
    """A sample with its populations and their unique names."""

    sample: Sample
    names: Mapping[NodePath, str]
    populations: tuple[Population, ...]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What its gates look at, each once."""
        return tuple(dict.fromkeys(one for held in self.populations for one in held.parameters))


def read_samples(
    path: Path | str, faults: Faults
) -> tuple[tuple[Sample, ...], tuple[tuple[str, Spillover], ...]]:
    """The samples of a workspace, and their matrices by name; raises `InputError`."""
    root = read_xml(path, name=faults.file)
    elements = faults.attempt(partial(_sample_elements, root), "the workspace", root) or ()
    tubes = faults.attempt(partial(tube_names, elements), "the samples", root)
    faults.raise_any()
    found = (
        faults.attempt(partial(read_sample, one, tube), "a sample", one)
        for one, tube in zip(elements, tubes or (), strict=True)
    )
    return name_matrices(one for one in found if one is not None)


def _sample_elements(root: Element) -> tuple[Element, ...]:
    if root.name != "Workspace":
        raise Wrong(root, "a FlowJo workspace", f"a document {root.name!r}", "give a .wsp file")
    if number(root, "version") < _OLDEST:
        raise Wrong(root, "a workspace of FlowJo 10", "an older one", "save it in FlowJo 10")
    return child(root, "SampleList").all("Sample")


def read_drawing(sample: Sample, faults: Faults) -> Drawing | None:
    """A sample with its populations, or None where it is at fault."""
    nodes = faults.attempt(partial(read_nodes, sample.node), "the populations", sample.node)
    if nodes is None:
        return None
    names = faults.attempt(partial(gate_names, nodes), "the populations", sample.node)
    if names is None:
        return None
    found = [_population(sample, node, f"gate {names[node.path]!r}", faults) for node in nodes]
    return Drawing(sample, names, tuple(one for one in found if one is not None))


def _population(sample: Sample, node: Node, where: str, faults: Faults) -> Population | None:
    return faults.attempt(partial(_read_population, sample, node), where, node.element)


def _read_population(sample: Sample, node: Node) -> Population:
    shape = shape_of(node)
    dimensions = () if shape is None else shape.all("dimension")
    return Population(node, shape, tuple(read_parameter(sample, one) for one in dimensions))
