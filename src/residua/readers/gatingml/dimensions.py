"""The dimensions of gates: channel, compensation and transformation as one named `Dimension`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from residua.errors import ValueFault, nearest_of
from residua.facts.acquisition import Spillover
from residua.facts.gating import RESERVED, Dimension
from residua.facts.scales import Linear
from residua.readers.gatingml.node import Node
from residua.readers.gatingml.transformations import Transformation

_WORDS = {"uncompensated": "none", "FCS": "file"}
_UNBOUND = (-math.inf, math.inf)
ATTRIBUTES = ("compensation-ref", "transformation-ref")


@dataclass
class Dimensions:
    """The dimensions met so far, by name; gates that look at the same one share it."""

    transformations: Mapping[str, Transformation]
    matrices: Mapping[str, Spillover]
    named: dict[str, Dimension] = field(default_factory=dict)

    def read(self, node: Node) -> str | None:
        """The name of the dimension of a ``dimension`` or ``divider``, or None with its faults."""
        compensation = self._compensation(node)
        seen = self._seen(node)
        scaled = self._scaled(node)
        if compensation is None or seen is None or scaled is None:
            return None
        bounds = scaled.bounds
        if seen.bounds != _UNBOUND:
            if scaled.id:
                fault = ValueFault(
                    "a ratio without bounds under another transformation",
                    "one with bounds",
                    "state the bounds in the other transformation",
                )
                node.wrong(fault)
                return None
            bounds = seen.bounds
        words = [seen.id, "" if compensation == "none" else node.word("compensation-ref")]
        of = seen.of if seen.ratio else (self._dye(seen.of[0], compensation),)
        made = node.made(
            lambda: Dimension(
                name=", ".join(word for word in (*words, scaled.id) if word),
                of=of,
                scale=scaled.scale or Linear(),
                compensation=compensation,
                ratio=seen.ratio,
                bounds=bounds,
                label=_label(seen, compensation),
            )
        )
        return None if made is None else self._name(made)

    def _name(self, made: Dimension) -> str:
        """The name under which `made` is kept: its own, or numbered where another one has it."""
        name, count = made.name, 1
        while name in self.named and self.named[name] != replace(made, name=name):
            count += 1
            name = f"{made.name} ({count})"
        self.named[name] = replace(made, name=name)
        return name

    def _compensation(self, node: Node) -> str | None:
        word = node.word("compensation-ref")
        if word is None or word in _WORDS:
            return None if word is None else _WORDS[word]
        if word not in self.matrices:
            known = {*_WORDS, *self.matrices}
            expected = "uncompensated, FCS or the id of a matrix"
            fault = ValueFault(expected, f"{word!r}", nearest_of(word, known, none="add it"))
            node.wrong(fault, "compensation-ref")
            return None
        return matrix_name(word)

    def _seen(self, node: Node) -> Transformation | None:
        """What the dimension looks at: a channel, as a ratio of one, or a ratio of two."""
        found = [*node.all("fcs-dimension"), *node.all("new-dimension")]
        if len(found) != 1:
            fault = ValueFault("one fcs-dimension or new-dimension", f"{len(found)}", "state one")
            node.wrong(fault)
            return None
        if found[0].name == "fcs-dimension":
            name = found[0].word("name")
            return None if name is None else Transformation(name, _UNBOUND, of=(name,))
        return self._transformation(found[0], ratio=True)

    def _scaled(self, node: Node) -> Transformation | None:
        """The transformation on top; one without id where there is none."""
        if "transformation-ref" not in node.element.attributes:
            return Transformation("", _UNBOUND)
        return self._transformation(node, ratio=False)

    def _transformation(self, node: Node, *, ratio: bool) -> Transformation | None:
        word = node.word("transformation-ref")
        if word is None:
            return None
        found = self.transformations.get(word)
        if found is None or bool(found.ratio) != ratio:
            known = [one.id for one in self.transformations.values() if bool(one.ratio) == ratio]
            expected = "the id of an fratio" if ratio else "the id of a transformation"
            fault = ValueFault(expected, f"{word!r}", nearest_of(word, known, none="add it"))
            node.wrong(fault, "transformation-ref")
            return None
        return found

    def _dye(self, name: str, compensation: str) -> str:
        """A detector of a square matrix stands for the dye of its row, as peers take it."""
        matrix = {matrix_name(key): one for key, one in self.matrices.items()}.get(compensation)
        if matrix is None or name in matrix.names or name not in matrix.channels:
            return name
        return matrix.names[matrix.channels.index(name)]


def matrix_name(word: str) -> str:
    """The name of a matrix in a strategy, where some words mean other things."""
    return f"matrix {word}" if word in RESERVED else word


def _label(seen: Transformation, compensation: str) -> str:
    words = " / ".join(seen.of)
    return words if compensation == "none" else f"{words} compensated"
