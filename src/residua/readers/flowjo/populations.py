"""The tree of populations of a sample, each with its path and a name unique within the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from residua.readers.flowjo.attributes import Wrong, text
from residua.readers.xml_tree import Element

OPERATIONS = MappingProxyType({"AndNode": "all", "OrNode": "any", "NotNode": "not"})
_SHAPE = "Population"
_ASIDE = {"Statistic", "Graph", "Annotation"}  # lie among the populations, and are none
Path = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Node:
    """One population: its element and the names from the top of the tree down to its own."""

    element: Element
    path: Path


def read_nodes(sample_node: Element) -> tuple[Node, ...]:
    """Every population below a sample, parents first; raises `Wrong` for an unknown kind."""
    return tuple(_below(sample_node, ()))


def _below(element: Element, path: Path) -> Iterator[Node]:
    for group in element.all("Subpopulations"):
        for one in group.children:
            if one.name in _ASIDE:
                continue
            if one.name != _SHAPE and one.name not in OPERATIONS:
                known = f"a {_SHAPE}, {', '.join(OPERATIONS)}"
                raise Wrong(one, known, f"{one.name!r}", "delete it in FlowJo")
            node = Node(one, (*path, text(one, "name")))
            yield node
            yield from _below(one, node.path)


def gate_names(nodes: tuple[Node, ...]) -> Mapping[Path, str]:
    """The plain name of each population, with as many parents before it as it takes to be unique.

    Raises `Wrong` where two populations have the same path.
    """
    shared = Counter(ending for node in nodes for ending in set(_endings(node.path)))
    names = {
        node.path: next(
            (ending for ending in _endings(node.path) if shared[ending] == 1), "/".join(node.path)
        )
        for node in nodes
    }
    _check_unique(nodes, names)
    return names


def _endings(path: Path) -> Iterator[str]:
    for first in reversed(range(len(path))):
        yield "/".join(path[first:])


def _check_unique(nodes: tuple[Node, ...], names: Mapping[Path, str]) -> None:
    taken: set[str] = set()
    for node in nodes:
        name = names[node.path]
        if name in taken:
            expected = "populations of different names under one parent"
            raise Wrong(node.element, expected, f"{name!r} again", "rename one in FlowJo")
        taken.add(name)
