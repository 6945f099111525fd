"""Concentrations of a bead plate as the rows that every table of cytokines gives."""

from __future__ import annotations

from decimal import Decimal

from residua.facts.cytokine_table import CytokineResult
from residua.facts.quantity import Quantity
from residua.measures.bead_concentrations import BeadConcentration, BeadPlateResult


def cytokine_rows(result: BeadPlateResult) -> tuple[CytokineResult, ...]:
    """One row a sample and analyte, values to six digits, bounds as censored values.

    Raises `ValueFault` where the plate's unit is none that Residua knows.
    """
    return tuple(_row(one) for one in result.results)


def _row(one: BeadConcentration) -> CytokineResult:
    number = one.value if one.value is not None else one.bound
    return CytokineResult(
        one.sample,
        one.analyte,
        one.unit,
        _quantity(number, one.unit, one.comparator),
        reason=one.reason,
        lloq=_quantity(one.lloq, one.unit),
        uloq=_quantity(one.uloq, one.unit),
        wells=one.wells,
        beads=one.beads,
        flags=one.flags,
    )


def _quantity(number: float | None, unit: str, comparator: str = "") -> Quantity | None:
    if number is None:
        return None
    return Quantity.parse(f"{comparator}{Decimal(f'{number:.6g}'):f} {unit}")
