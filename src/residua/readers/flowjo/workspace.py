"""A FlowJo 10 workspace in, one gating `Strategy` out: each sample is a tube of its own.

The form of a .wsp has no public description; what is read here was learned from workspaces that
FlowJo 10.6 to 10.8 wrote, and is compared with their counts and with FlowKit's reading of them.
Gates of groups are templates of those of the samples, and are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from residua.facts.gate_tree import gate_faults
from residua.facts.gates import Gate
from residua.facts.gating import FileEntry, Strategy
from residua.readers.digest import sha256_of
from residua.readers.flowjo.attributes import Faults, whole
from residua.readers.flowjo.drawing import Drawing, read_drawing, read_samples
from residua.readers.flowjo.naming import name_dimensions
from residua.readers.flowjo.populations import read_nodes
from residua.readers.flowjo.sample import Sample
from residua.readers.flowjo.shapes import Naming, Population, read_gates

Placed = tuple[Gate, Population]


def read_workspace(path: Path | str, *, name: str | None = None) -> Strategy:
    """The gating strategy of a .wsp; the FCS files are not opened.

    `files` names each sample's FCS file (without its folders) and its tube, the sample's name.
    Raises `InputError` with every fault that one pass finds, by line.
    """
    faults = Faults(name or str(path))
    samples, matrices = read_samples(path, faults)
    found = [read_drawing(sample, faults) for sample in samples]
    faults.raise_any()
    drawings = [one for one in found if one is not None]
    names, dimensions = name_dimensions(one.parameters for one in drawings)
    gates = _all_gates(drawings, names, faults)
    used = {one.compensation for one in dimensions}
    return Strategy(
        gates=gates,
        files=tuple(FileEntry(one.file, tube=one.tube, compensation="none") for one in samples),
        dimensions=dimensions,
        matrices=tuple(pair for pair in matrices if pair[0] in used),
        path=faults.file,
        sha256=sha256_of(path),
    )


def _all_gates(
    drawings: list[Drawing], names: tuple[Mapping[str, str], ...], faults: Faults
) -> tuple[Gate, ...]:
    placed = [
        pair
        for drawing, chosen in zip(drawings, names, strict=True)
        for pair in _gates(drawing, chosen, faults)
    ]
    faults.raise_any()
    gates = tuple(gate for gate, _ in placed)
    for found in gate_faults(gates):
        gate, population = placed[found.place]
        faults.add(found.fault, f"gate {gate.name!r}", population.node.element)
    faults.raise_any()
    return gates


def _gates(drawing: Drawing, dimensions: Mapping[str, str], faults: Faults) -> list[Placed]:
    naming = Naming(drawing.sample.tube, drawing.names, dimensions)
    placed = []
    for one in drawing.populations:
        where = f"gate {drawing.names[one.node.path]!r}"
        made = faults.attempt(partial(read_gates, one, naming), where, one.node.element)
        placed += [(gate, one) for gate in made or ()]
    return placed


def read_counts(path: Path | str, *, name: str | None = None) -> dict[str, dict[str, int]]:
    """The events that FlowJo counted: {sample: {path of the population, "/" between: count}}.

    Populations that FlowJo had not counted are left out. Raises `InputError`.
    """
    faults = Faults(name or str(path))
    samples, _ = read_samples(path, faults)
    counts = {
        one.tube: faults.attempt(partial(_counts, one), "a count", one.node) for one in samples
    }
    faults.raise_any()
    return {tube: found or {} for tube, found in counts.items()}


def _counts(sample: Sample) -> dict[str, int]:
    nodes = read_nodes(sample.node)
    found = {"/".join(node.path): whole(node.element, "count") for node in nodes}
    return {path: count for path, count in found.items() if count >= 0}
