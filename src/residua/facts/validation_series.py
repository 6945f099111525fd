"""A laboratory's series of known samples, and what its assay measured in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from residua.facts.mrd_result import Denominator, FileDigest, Status


@dataclass(frozen=True)
class SeriesRow:
    """One file of a series: what is known of its sample, and how it was measured.

    `expected` is the level it was made to have; None for a blank, and where only a reference
    method's result is known. `target` and `sd` (log10) are those stated for a control.
    """

    line: int
    file: str
    expected: float | None = None
    blank: bool = False
    run: str = ""
    operator: str = ""
    instrument: str = ""
    date: str | None = None
    sample: str = ""
    replicate: str = ""
    reference: float | None = None
    target: float | None = None
    sd: float | None = None


@dataclass(frozen=True)
class Series:
    """The rows of a table, with its own hash."""

    name: str
    sha256: str
    rows: tuple[SeriesRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeriesResult:
    """What the assay measured in one file; `detected` as its counting policy calls it."""

    row: SeriesRow
    sha256: str
    numerator: int
    denominator: Denominator
    status: Status
    flags: tuple[str, ...] = field(default=())
    inputs: tuple[FileDigest, ...] = ()

    @property
    def fraction(self) -> float:
        """Blasts over cells; 0 where none was counted."""
        return self.numerator / self.denominator.count

    @property
    def detected(self) -> bool:
        """Whether the counting policy calls it detected."""
        return self.status in ("quantified", "detected below LLOQ")
