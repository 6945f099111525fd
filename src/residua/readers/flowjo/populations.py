"""The tree of populations of a sample, each with its path and a name unique within the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from residua.readers.flowjo.attributes import Wrong, text
from residua.readers.xml_tree import Element

OPERATIONS = MappingProxyType({"AndNode": "all", "OrNode": "any", "NotNode": "not"})
_SHAPE = "Population"
_ASIDE = {"Statistic", "Graph", "Annotation"}  # lie among the populations, and are none
_LONGEST = 1000
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
            name = text(one, "name")
            if len(name) > _LONGEST:
                expected = f"a name of at most {_LONGEST} characters"
                raise Wrong(one, expected, "a longer one", "rename it in FlowJo")
            node = Node(one, (*path, name))
            yield node
            yield from _below(one, node.path)


def gate_names(nodes: tuple[Node, ...]) -> Mapping[Path, str]:
    """The plain name of each population, with as many parents before it as it takes to be unique.

    Raises `Wrong` where two populations have the same path.
    """
    names: dict[Path, str] = {}
    waiting, length = [node.path for node in nodes], 1
    while waiting:
        alike = Counter(path[-length:] for path in waiting)
        done = [path for path in waiting if alike[path[-length:]] == 1 or len(path) <= length]
        names |= {path: "/".join(path[-length:]) for path in done}
        waiting = [path for path in waiting if alike[path[-length:]] > 1 and len(path) > length]
        length += 1
    _check_unique(nodes, names)
    return names


def _check_unique(nodes: tuple[Node, ...], names: Mapping[Path, str]) -> None:
    taken: set[str] = set()
    for node in nodes:
        name = names[node.path]
        if name in taken:
            expected = "populations of different names and paths"
            raise Wrong(node.element, expected, f"{name!r} again", "rename one in FlowJo")
        taken.add(name)


def find_path(written: str, paths: Collection[Path]) -> Path | None:
    """The one path that is written so, its names joined by slashes, or None.

    Names may hold slashes themselves, so every division of the text is tried; two paths that
    are written alike are none.
    """
    found: list[Path] = []
    waiting: list[tuple[Path, int]] = [((), 0)]
    while waiting:
        path, start = waiting.pop()
        end = start - 1
        while end < min(len(written), start + _LONGEST):
            slash = written.find("/", end + 1)
            end = len(written) if slash < 0 else slash
            longer = (*path, written[start:end])
            if longer in paths:
                waiting.append((longer, end + 1))
        if path in paths and start == len(written) + 1:
            found.append(path)
    return found[0] if len(found) == 1 else None
