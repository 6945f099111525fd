"""The compensation of a sample: its matrix, and what its compensated parameters are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.facts.gating import RESERVED
from residua.readers.flowjo.attributes import Wrong, child, number, text
from residua.readers.xml_tree import Element


@dataclass(frozen=True, eq=False)
class Compensation:
    """A matrix with FlowJo's name of it; `dyes` maps compensated names ("Comp-PE-A") to rows."""

    name: str
    matrix: Spillover
    dyes: Mapping[str, str]


def read_compensation(sample: Element, channels: Mapping[str, str]) -> Compensation | None:
    """The compensation of a sample, or None; `channels` maps FlowJo's names to those of the file.

    Raises `Wrong` where the matrix is not whole.
    """
    found = sample.all("spilloverMatrix")
    if not found:
        return None
    if len(found) > 1:
        raise Wrong(found[1], "one matrix per sample", "another one", "leave one")
    element = found[0]
    spectral = element.attributes.get("spectral") == "1"
    if spectral and element.attributes.get("weightOptAlgorithmType", "OLS") != "OLS":
        raise Wrong(element, "least squares (OLS)", "another algorithm", "unmix in FlowJo by OLS")
    name = text(element, "name")
    matrix = _matrix(element, channels, spectral=spectral)
    return Compensation(
        f"{name} matrix" if name in RESERVED else name, matrix, _dyes(element, channels)
    )


def _dyes(element: Element, channels: Mapping[str, str]) -> Mapping[str, str]:
    before, after = element.attributes.get("prefix", ""), element.attributes.get("suffix", "")
    names: dict[str, str] = {}
    for row in element.all("spillover"):
        plain = text(row, "parameter")
        dye = channels.get(plain, plain)
        names[before + plain + after] = dye
        named = row.attributes.get("userProvidedCompInfix", "").strip()
        if named:
            names[named] = dye
    return MappingProxyType(names)


def _matrix(element: Element, channels: Mapping[str, str], *, spectral: bool) -> Spillover:
    rows = {}
    for row in element.all("spillover"):
        cells = {text(cell, "parameter"): number(cell, "value") for cell in row.all("coefficient")}
        rows[text(row, "parameter")] = (row, cells)
    listed = [text(one, "name") for one in child(element, "parameters").all("parameter")]
    columns = _columns(rows, listed, spectral=spectral)
    for row, cells in rows.values():
        if cells.keys() != set(columns) or len(row.all("coefficient")) != len(columns):
            raise Wrong(row, "one coefficient for each parameter", "others", "correct the matrix")
    if not rows or len(rows) != len(element.all("spillover")):
        raise Wrong(element, "one row for each parameter", "others", "correct the matrix")
    values = np.array([[cells[column] for column in columns] for _, cells in rows.values()])
    named = tuple(channels.get(name, name) for name in columns)
    dyes = tuple(channels.get(name, name) for name in rows) if spectral else ()
    try:
        return Spillover(named, values, dyes)
    except ValueFault as fault:
        raise Wrong(element, fault.expected, fault.received, fault.do) from fault


def _columns(
    rows: Mapping[str, tuple[Element, Mapping[str, float]]], listed: list[str], *, spectral: bool
) -> list[str]:
    """The order of the columns: that of the rows, or for unmixing that of the first row."""
    if not spectral:
        return list(rows)
    return next((list(cells) for _, cells in rows.values()), listed)
