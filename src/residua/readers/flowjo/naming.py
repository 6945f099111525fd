"""Names that hold for all samples of a workspace: of tubes, matrices and dimensions.

Samples may give one name to different things (each its own "Acquisition-defined" matrix); the
later ones carry the number of the sample beside it: its name may be a person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from residua.facts.acquisition import Spillover
from residua.facts.gating import Dimension
from residua.readers.flowjo.attributes import Wrong, child, text
from residua.readers.flowjo.sample import Parameter, Sample
from residua.readers.xml_tree import Element


def tube_names(samples: Sequence[Element]) -> tuple[str, ...]:
    """The name of each sample, with its sampleID where two samples have the same.

    Raises `Wrong` where that does not tell them apart.
    """
    nodes = [child(sample, "SampleNode") for sample in samples]
    plain = [text(node, "name") for node in nodes]
    often = Counter(plain)
    names = tuple(
        name if often[name] == 1 else f"{name} ({text(node, 'sampleID')})"
        for node, name in zip(nodes, plain, strict=True)
    )
    often = Counter(names)
    for node, name in zip(nodes, names, strict=True):
        if often[name] > 1:
            raise Wrong(node, "a sampleID of its own", "that of another sample", "correct it")
    return names


def name_matrices(
    samples: Iterable[Sample],
) -> tuple[tuple[Sample, ...], tuple[tuple[str, Spillover], ...]]:
    """The samples with compensations of unique names, and the matrices by those names."""
    matrices: dict[str, Spillover] = {}
    named = [_name_matrix(sample, n, matrices) for n, sample in enumerate(samples, start=1)]
    return tuple(named), tuple(matrices.items())


def _name_matrix(sample: Sample, number: int, matrices: dict[str, Spillover]) -> Sample:
    """The sample with a name for its matrix under which `matrices` holds it."""
    held = sample.compensation
    if held is None:
        return sample
    name = held.name
    if not _same(matrices.setdefault(name, held.matrix), held.matrix):
        name = _free(name, number, matrices)
        matrices[name] = held.matrix
    return replace(sample, compensation=replace(held, name=name))


def _free(name: str, number: int, taken: Mapping[str, object]) -> str:
    free = f"{name} [sample {number}]"
    while free in taken:
        free += "'"
    return free


def _same(one: Spillover, other: Spillover) -> bool:
    names = (one.channels, one.dyes) == (other.channels, other.dyes)
    return names and np.array_equal(one.matrix, other.matrix)


def name_dimensions(
    used: Iterable[Iterable[Parameter]],
) -> tuple[tuple[Mapping[str, str], ...], tuple[Dimension, ...]]:
    """For each sample's parameters the names of its dimensions, and all dimensions."""
    known: dict[str, Dimension] = {}
    names = tuple(
        {one.name: _name_dimension(one, number, known) for one in parameters}
        for number, parameters in enumerate(used, start=1)
    )
    return names, tuple(known.values())


def _name_dimension(parameter: Parameter, number: int, known: dict[str, Dimension]) -> str:
    """The name under which `known` holds the dimension of a parameter of a sample."""
    name = parameter.name
    wanted = parameter.dimension(name)
    if known.setdefault(name, wanted) != wanted:
        name = _free(name, number, known)
        known[name] = parameter.dimension(name)
    return name
