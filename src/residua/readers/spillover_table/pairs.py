"""A spillover table that lists pairs of dyes, as FACSDiva shows its compensation.

Three columns: a fluorochrome, the one that is subtracted from it, and the spectral overlap in
percent: how much of the second is seen where the first is.
"""

from __future__ import annotations

from residua.errors import ValueFault
from residua.readers.spillover_table.cells import Grid, Row

_OVERLAP = "spectraloverlap"


def as_matrix(grid: Grid) -> Grid:
    """A list of pairs as the matrix it means, pairs left out being 0; other tables as they are.

    Raises `ValueFault` where a row of the list has no three cells or repeats a pair.
    """
    heads = ["".join(column.lower().split()) for column in grid.columns]
    if len(heads) != 2 or not grid.labelled or not heads[1].startswith(_OVERLAP):
        return grid
    pairs: dict[tuple[str, str], str] = {}
    lines: dict[str, int] = {}
    for row in grid.rows:
        if len(row.cells) != 2:
            raise ValueFault("two dyes and a percentage", f"line {row.line}", "correct the row")
        dye, share = row.cells
        if (dye, row.label) in pairs:
            raise ValueFault("each pair once", f"one again in line {row.line}", "remove a row")
        pairs[dye, row.label] = f"{share.removesuffix('%').strip()} %"
        lines.setdefault(dye, row.line)
    names = tuple(dict.fromkeys([row.label for row in grid.rows] + [pair[0] for pair in pairs]))
    rows = tuple(_row(dye, names, pairs, lines.get(dye, grid.line)) for dye in names)
    return Grid(grid.line, names, rows, grid.marks)


def _row(dye: str, names: tuple[str, ...], pairs: dict[tuple[str, str], str], line: int) -> Row:
    cells = ("1" if dye == detector else pairs.get((dye, detector), "0") for detector in names)
    return Row(line, dye, tuple(cells))
