"""A spillover matrix from a CSV or TSV file, as FlowJo, FlowKit, R or a person write it.

Names of detectors in the first row, one row per dye; or a list of pairs, as FACSDiva shows its
compensation: fluorochrome, the one that is subtracted from it, spectral overlap in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError, ValueFault, system_words
from residua.facts.acquisition import Channel, Spillover, plain_name
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.spillover_table.cells import Grid, as_share, read_grid
from residua.readers.spillover_table.labels import channel_of, spellings, unknown
from residua.readers.spillover_table.pairs import as_matrix

_ROUNDED = 1e-3  # an own detector as programs print it: 1, 1.000, 0.9999
Values = NDArray[np.float64]


def read_spillover_table(
    path: Path | str, *, name: str | None = None, channels: tuple[Channel, ...] = ()
) -> Spillover:
    """The matrix, its labels mapped to the `channels` of the file it is for, where given.

    Rows may stand in another order than the columns, or be fewer (then least squares compensate;
    a dye whose label is no channel goes by the detector that sees it best). Percents are shares
    of 100. A channel that the file lacks is left out where it takes no part in any spillover.
    Raises `InputError` with every fault, by line and column.
    """
    called = name or str(path)
    try:
        grid = as_matrix(read_grid(ordinary_bytes(path)))
    except OSError as error:
        reason = system_words(error)
        fault = Fault(called, "the file", "a spillover table", reason, "check the path")
        raise InputError(fault) from error
    except ValueFault as problem:
        raise InputError(problem.at(called, "the matrix")) from problem
    table = _Table(called, grid, channels)
    try:
        return table.spillover()
    except ValueFault as problem:
        raise InputError(problem.at(called, "the matrix", grid.line)) from problem


@dataclass(frozen=True)
class _Table:
    """A grid with what it is called and the channels that its labels stand for."""

    called: str
    grid: Grid
    channels: tuple[Channel, ...]

    def spillover(self) -> Spillover:
        """The matrix; raises `InputError` for cells and labels, `ValueFault` for its shape."""
        values = self._values()
        columns = self.grid.columns
        if len(values) > len(columns):
            expected = f"at most {len(columns)} rows for {len(columns)} detectors"
            raise ValueFault(expected, f"{len(values)}", "correct the matrix")
        rows = self._own(values)
        if len(values) == len(columns) and None not in rows:
            order = [rows.index(place) for place in range(len(columns))]
            values, rows = values[order], list(range(len(columns)))
        values = self._shares(values, rows)
        kept = self._kept(values, rows)
        names = self._names(kept)
        dyes = tuple(
            self.grid.rows[place].label if own is None else names[own]
            for place, own in enumerate(rows)
            if own is None or names[own]
        )
        used = [place for place, own in enumerate(rows) if own is None or names[own]]
        detectors = tuple(name for name in names if name)
        matrix = values[np.ix_(used, [place for place, name in enumerate(names) if name])]
        return Spillover(detectors, matrix, () if dyes == detectors else dyes)

    def _values(self) -> Values:
        """The cells as numbers, or every fault among them."""
        grid, faults, rows = self.grid, list[Fault](), []
        for row in grid.rows:
            if len(row.cells) != len(grid.columns):
                expected = f"{len(grid.columns)} numbers, one per column"
                problem = ValueFault(expected, f"{len(row.cells)}", "correct the row")
                faults.append(problem.at(self.called, self._row(row.label, row.line), row.line))
                continue
            rows.append(np.zeros(len(row.cells)))
            for place, cell in enumerate(row.cells):
                try:
                    rows[-1][place] = as_share(cell, grid.marks)
                except ValueFault as wrong:
                    where = f"{self._row(row.label, row.line)}, {self._column(place)}"
                    faults.append(wrong.at(self.called, where, row.line))
        for place, column in enumerate(grid.columns):
            if not column or column in grid.columns[:place]:
                received = "one again" if column else "none"
                problem = ValueFault("a name of its own", received, "name the column")
                faults.append(problem.at(self.called, f"column {place + 1}", grid.line))
        if faults:
            raise InputError(faults)
        return np.array(rows, dtype=np.float64)

    def _own(self, values: Values) -> list[int | None]:
        """The column of each row's own detector: by its label, its place, or where it is highest.

        None where two dyes are highest in one detector.
        """
        grid = self.grid
        square = len(values) == len(grid.columns)
        if not grid.labelled and square:
            return list(range(len(values)))
        if not grid.labelled:
            raise ValueFault(
                f"{len(grid.columns)} rows, or rows with labels", f"{len(values)}", "label the rows"
            )
        known = [self._meant(column) for column in grid.columns]
        by_label = [self._place(self._meant(row.label), known) for row in grid.rows]
        self._check_once(by_label)
        highest = [int(place) for place in values.argmax(axis=1)]
        own = [high if at is None else at for at, high in zip(by_label, highest, strict=True)]
        twice = {place for place in own if own.count(place) > 1}
        if twice and square:
            raise ValueFault(
                "a label that names the detector of each row",
                f"two rows that are highest in {self._column(min(twice))}",
                "label the rows by channel",
            )
        return [
            place if found is not None or place not in twice else None
            for place, found in zip(own, by_label, strict=True)
        ]

    def _check_once(self, by_label: list[int | None]) -> None:
        for row, found in zip(self.grid.rows, by_label, strict=True):
            if found is not None and by_label.count(found) > 1:
                problem = ValueFault("one row per dye", "one again", "remove one")
                raise InputError(problem.at(self.called, self._row(row.label, row.line), row.line))

    def _meant(self, label: str) -> frozenset[str]:
        found = self._channel(label) if label else None
        return frozenset([found] if found else spellings(label))

    @staticmethod
    def _place(meant: frozenset[str], known: list[frozenset[str]]) -> int | None:
        return next((place for place, names in enumerate(known) if names & meant), None)

    def _shares(self, values: Values, rows: list[int | None]) -> Values:
        """Percents as shares; raises `InputError` where an own detector does not see 1."""
        own = [(place, column) for place, column in enumerate(rows) if column is not None]
        if own and all(abs(values[at] - 100) <= 100 * _ROUNDED for at in own):
            values = values / 100
        faults = []
        for place, column in own:
            if abs(values[place, column] - 1) > _ROUNDED:
                name = self.grid.columns[column]
                row = self.grid.rows[place]
                where = f"{self._row(row.label or name, row.line)}, {self._column(column)}"
                problem = ValueFault(
                    "1 (or 100 where all are percents) in the own detector of a dye",
                    "another number",
                    "divide the row by it",
                )
                faults.append(problem.at(self.called, where, row.line))
        if faults:
            raise InputError(faults)
        return values

    def _kept(self, values: Values, rows: list[int | None]) -> list[bool]:
        """Per column, False where the file lacks it and it takes no part in any spillover."""
        kept, faults = [], []
        for place, column in enumerate(self.grid.columns):
            fits = not self.channels or self._channel(column) is not None
            others = np.delete(values[:, place], [n for n, own in enumerate(rows) if own == place])
            own = [n for n, at in enumerate(rows) if at == place]
            spilled = np.delete(values[own], place, axis=1)
            kept.append(fits or bool(others.any() or spilled.any()))
            if not fits and kept[-1]:
                problem = unknown(column, self.channels)
                if not self._spoken:
                    problem = ValueFault(problem.expected, "other labels", "name another table")
                faults.append(problem.at(self.called, self._column(place), self.grid.line))
        if faults:
            raise InputError(faults)
        return kept

    def _names(self, kept: list[bool]) -> list[str]:
        """The channel of every column, "" for one that is left out; each channel once."""
        names = []
        for column, stays in zip(self.grid.columns, kept, strict=True):
            name = (self._channel(column) or column) if stays else ""
            if name and name in names:
                raise ValueFault("each channel once", f"{name!r} twice", "remove a column")
            names.append(name)
        return names

    def _channel(self, label: str) -> str | None:
        return channel_of(label, self.channels) if self.channels else None

    @cached_property
    def _spoken(self) -> bool:
        """Whether messages may say labels: not those of a table of something else, of persons.

        One label must be a channel of the file or, where that is not known, of a row and a column.
        """
        labels = {row.label for row in self.grid.rows if row.label}
        if not self.channels:
            return bool(labels & set(self.grid.columns))
        names = {plain_name(name) for one in self.channels for name in (one.name, one.marker)}
        parts = (part for label in (*labels, *self.grid.columns) for part in spellings(label))
        return any(plain_name(part) in names for part in parts)

    def _row(self, label: str, line: int) -> str:
        return f"row {label!r}" if label and self._spoken else f"the row of line {line}"

    def _column(self, place: int) -> str:
        return f"column {self.grid.columns[place]!r}" if self._spoken else f"column {place + 1}"
