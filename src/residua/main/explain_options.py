"""Which part of the options tables an id means: a table, a row, or one gate or flag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from residua.judgements.options.table import OptionRow, OptionTable


def options_meant(tables: Sequence[OptionTable], name: str) -> tuple[OptionTable, ...]:
    """The tables of a decision or relapse; else tables with only the row or gate of that id.

    ``option`` means every table, ``option/OPTION`` the row of every table; nothing where `name`
    means none of them.
    """
    whole = tuple(table for table in tables if name in ("option", table.subject, table.id))
    return whole or tuple(part for table in tables for part in _part(table, name))


def option_ids(tables: Sequence[OptionTable]) -> tuple[str, ...]:
    """Every id that means something."""
    return tuple(name for table in tables for name in (table.id, *_ids(table)))


def _ids(table: OptionTable) -> Iterator[str]:
    for row in table.rows:
        yield row.id
        yield from (gate.id for gate in row.gates)
        yield from (flag.id for flag in (*row.flags, *row.vod_factors))


def _part(table: OptionTable, name: str) -> Iterator[OptionTable]:
    for row in table.rows:
        if name in (row.id, f"option/{row.option}"):
            yield replace(table, rows=(row,), inputs=(), others=())
        elif name.startswith(f"{row.id}/") and (only := _only(row, name)) is not None:
            yield replace(table, rows=(only,), inputs=(), others=())


def _only(row: OptionRow, name: str) -> OptionRow | None:
    """The row with nothing but one gate or flag and what was decided."""
    gates = tuple(gate for gate in row.gates if gate.id == name)
    flags = tuple(flag for flag in row.flags if flag.id == name)
    factors = tuple(flag for flag in row.vod_factors if flag.id == name)
    if not (gates or flags or factors):
        return None
    return replace(
        row, gates=gates, flags=flags, vod_factors=factors, burdens=(), harms=(), evidence=(),
        labels=(), availability=(),
    )  # fmt: skip
