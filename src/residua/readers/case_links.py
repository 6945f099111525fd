"""How the rows of a case hang together: ids, links, and the order that they state."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from residua.errors import Fault, ValueFault
from residua.facts.assessment import Assessment
from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.specimen import Specimen
from residua.readers.case_rows import Row

DAY_FIELDS = ("date", "start", "end")
_KINDS: dict[str, type[Fact]] = {"assessment": Assessment, "specimen": Specimen}


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """The first row of every id."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.id, row)
    return found


@cache
def _day_fields(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(field for field in DAY_FIELDS if field in kind.model_fields)


def days_of(fact: Fact) -> list[tuple[str, Day]]:
    """The dates of a fact that place it in the course, by field."""
    fields = _day_fields(type(fact))
    return [(field, day) for field in fields if (day := getattr(fact, field)) is not None]


def links_of(fact: Fact) -> dict[str, str]:
    """Field -> id of everything that a fact points to, the anchors of its dates included."""
    anchors = {field: day.anchor for field, day in days_of(fact) if day.anchor}
    return fact.refers_to | anchors


def id_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """One fault for every row whose id another row above it has."""
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.id, row)
        if first is not row:
            where = f"the id of {Path(first.place.file).name}:{first.place.line}"
            made = "" if row.given_id else " (made from table and row)"
            problem = ValueFault(
                "an id of its own", f"{where}{made}", "give one of them another id"
            )
            yield row.place.fault(("id",), problem)


def link_faults(rows: Iterable[Row], index: Mapping[str, Row]) -> Iterator[Fault]:
    """Links to nothing, to the row itself, or to a row of the wrong table."""
    given = sorted({row.id for row in index.values() if row.given_id or not _in_csv(row)})
    for row in rows:
        if row.fact is None:
            continue
        for field, target in links_of(row.fact).items():
            if target not in index:
                problem = ValueFault(
                    "the id of a row", "an id that no row has", _near(target, given, row.id)
                )
                yield row.place.fault((field,), problem)
            elif index[target] is row:
                problem = ValueFault("the id of another row", "its own id", "name the other row")
                yield row.place.fault((field,), problem)
            else:
                yield from _kind_fault(row, field, index[target])


def _in_csv(row: Row) -> bool:
    return row.place.file.endswith(".csv")


def _near(target: str, ids: list[str], own: str) -> str:
    close = difflib.get_close_matches(target, ids, n=2, cutoff=0.6)
    other = next((name for name in close if name != own), None)
    return f"write {other!r}" if other else "give that row this id, or leave the link out"


def _kind_fault(row: Row, field: str, target: Row) -> Iterator[Fault]:
    wanted = _KINDS.get(field)
    if wanted is not None and target.table is not wanted:
        article = "an" if wanted is Assessment else "a"
        problem = ValueFault(
            f"the id of {article} {wanted.table}",
            f"the id of a row of {target.table}",
            f"name a row of [[{wanted.table}]]",
        )
        yield row.place.fault((field,), problem)


def anchor_edges(rows: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    """Id -> (field, id of the row that a relative date counts from)."""
    edges: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.fact is None:
            continue
        for field, day in days_of(row.fact):
            if day.anchor and field != "end":
                edges.setdefault(row.id, []).append((field, day.anchor))
    return edges


def order_edges(rows: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    """Id -> (field, id of a row that must come earlier), by ``after``, ``before`` and offsets.

    The field is that of the row which states the order, so an edge made by a ``before`` carries
    the id of the stating row in front: ``id.before``.
    """
    edges: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.fact is None:
            continue
        if row.fact.after:
            edges.setdefault(row.id, []).append(("after", row.fact.after))
        if row.fact.before:
            edges.setdefault(row.fact.before, []).append((f"{row.id}.before", row.id))
        for field, day in days_of(row.fact):
            if day.anchor and field != "end" and day.offset > 0:
                edges.setdefault(row.id, []).append((field, day.anchor))
            elif day.anchor and field != "end" and day.offset < 0:
                edges.setdefault(day.anchor, []).append((f"{row.id}.{field}", row.id))
    return edges


def cycle_faults(rows: Iterable[Row], index: Mapping[str, Row]) -> Iterator[Fault]:
    """One fault for every cycle of relative dates or of the stated order."""
    rows = tuple(rows)
    reported: set[frozenset[str]] = set()
    for edges in (anchor_edges(rows), order_edges(rows)):
        for cycle in _cycles(edges):
            members = frozenset(node for node, _ in cycle)
            if members in reported or len(members) == 1:
                continue
            reported.add(members)
            yield _cycle_fault(cycle, index)


def _cycle_fault(cycle: list[tuple[str, str]], index: Mapping[str, Row]) -> Fault:
    stated = [
        (label.split(".")[0] if "." in label else node, label.split(".")[-1])
        for node, label in cycle
    ]
    places = sorted((index[node].place.line, index[node].place.file, node, f) for node, f in stated)
    _, _, node, field = places[0]
    others = ", ".join(
        dict.fromkeys(f"{Path(file).name}:{line}" for line, file, _, _ in places[1:])
    )
    problem = ValueFault(
        "an order without a circle",
        f"a cycle through {others}" if others else "a cycle",
        "correct one of these links",
    )
    return index[node].place.fault((field,), problem)


def _cycles(edges: Mapping[str, list[tuple[str, str]]]) -> Iterator[list[tuple[str, str]]]:
    """Cycles found by a depth-first walk: each as (node, label of the edge that leaves it)."""
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        stack = [(start, iter(edges[start]))]
        labels: list[str] = []  # labels[i] leads from the i-th node of the stack to the next
        depth = {start: 0}
        while stack:
            node, rest = stack[-1]
            label, target = next(rest, (None, ""))
            if label is None:
                stack.pop()
                del labels[-1:]
                del depth[node]
                done.add(node)
            elif target in depth:
                nodes = [name for name, _ in stack[depth[target] :]]
                yield list(zip(nodes, [*labels[depth[target] :], label], strict=True))
            elif target not in done:
                labels.append(label)
                depth[target] = len(stack)
                stack.append((target, iter(edges.get(target, ()))))
