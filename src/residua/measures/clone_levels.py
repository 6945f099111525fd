"""MRD by sequencing: of the sequences followed in a sample, the one with the most cells tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from scipy.special import gammaincinv

from residua.facts.clonotype import CloneCells
from residua.facts.interval import Interval
from residua.facts.molecular import INSENSITIVE, MolecularLevel
from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rulebook

LEVEL = 0.95
KIND = "Poisson, two-sided, of the estimated cells"


def clone_levels(rows: Iterable[CloneCells], book: Rulebook) -> tuple[MolecularLevel, ...]:
    """One level per sample, in the order of the table; limits are those of `book`, in cells.

    Sequences are never added: they may be of one cell.
    """
    samples: dict[str, list[CloneCells]] = {}
    for row in rows:
        samples.setdefault(row.sample, []).append(row)
    return tuple(_level(followed, book) for followed in samples.values())


def _level(followed: Sequence[CloneCells], book: Rulebook) -> MolecularLevel:
    row = max(followed, key=lambda one: one.cells / one.total)
    least, countable = (book[n].limit_number for n in ("detection", "quantification"))
    others = len(followed) - 1
    base = MolecularLevel(
        row.sample, "ngs", row.locus or row.clone, "not assessable", "nucleated",
        reason=INSENSITIVE, lod=min(least / row.total, 1.0),
        lloq=min(countable / row.total, 1.0), input=f"{row.total:.10g} nucleated cells",
        flags=(f"the highest of {len(followed)} sequences",) if others else (),
    )  # fmt: skip
    if row.cells >= countable:
        interval = poisson_interval(row.cells)
        return replace(
            base, status="quantified", reason="", fraction=row.cells / row.total,
            interval=Interval(
                LEVEL, interval[0] / row.total, min(interval[1] / row.total, 1.0), KIND
            ),
        )  # fmt: skip
    if row.cells >= least:
        return replace(base, status="detected below LLOQ", reason="fewer cells than the LLOQ asks")
    if not book["sensitive-enough"].holds(Quantity(Decimal(repr(base.lod)))):
        return base
    return replace(base, status="not detected", reason=f"fewer than {least:g} cells")


def poisson_interval(count: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Garwood's interval of a Poisson mean, for an estimated count too."""
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))
