"""What `residua mrd` and `residua gate` answer at a terminal; the files hold all of it."""

from __future__ import annotations

from collections.abc import Iterator

from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gate_count import GateCount, GateCounts
from residua.facts.mrd_result import MrdResult
from residua.views.fcs_words import printable

_POSITIVE = {True: ", positive", False: ", negative", None: ""}


def mrd_words(result: MrdResult) -> str:
    """Status, fraction with its interval, limits, antigens and flags, a line each."""
    level = result.level
    kind = level.denominator.kind
    cells = "cells" if kind == "not stated" else kind
    lines = [("status", f"{level.status}{f': {level.reason}' if level.reason else ''}")]
    lines.append(
        ("counted", f"{_whole(level.numerator)} of {_whole(level.denominator.count)} {cells}")
    )
    if level.interval is not None:
        share = "not detected" if level.fraction is None else f"{level.fraction:.3g}"
        low, high = level.interval.low, level.interval.high
        total = result.total_interval
        told = "" if total is None else f"; {total.low:.3g} to {total.high:.3g} in all"
        lines.append(("MRD", f"{share} ({low:.3g} to {high:.3g}, counting only{told})"))
    if level.lod is not None and level.lloq is not None:
        lines.append(
            ("limits", f"LOD {_limit(level.lod)}, LLOQ {_limit(level.lloq)} ({level.policy.name})")
        )
    if result.limit_of_blank is not None and result.predicted_lod is not None:
        patient = f"limit of blank {result.limit_of_blank:.3g}, LOD {_limit(result.predicted_lod)}"
        lines.append(("", f"{patient} (this patient's model)"))
    lines += [("aberrant", one) for one in result.aberrancies]
    lines += [("antigen", _antigen(one)) for one in result.antigens]
    lines += [("flag", flag) for flag in dict.fromkeys(result.flags)]
    return "\n".join(f"{head:<9}{printable(text)}" for head, text in lines)


def gate_words(found: GateCounts) -> str:
    """A line per gate below its parent: its count and its share of the parent, in percent."""
    rows = [("all events", _whole(found.events), "")]
    rows += [_row(one) for one in _in_tree(found.counts)]
    name, count = (max(len(row[place]) for row in rows) for place in (0, 1))
    return "\n".join(f"{row[0]:<{name}}  {row[1]:>{count}}  {row[2]}".rstrip() for row in rows)


def _limit(value: float) -> str:
    """A fraction; a limit of 1 is none."""
    return f"{value:.3g}" if value < 1 else "none"


def _antigen(one: AntigenExpression) -> str:
    if one.percent is None:
        return f"{one.marker}: {', '.join(one.flags) or 'not measured'}"
    return f"{one.marker} on {one.percent:.3g} % of {one.of}{_POSITIVE[one.positive]}"


def _in_tree(counts: tuple[GateCount, ...], parent: str | None = None) -> Iterator[GateCount]:
    for one in counts:
        if one.parent == parent:
            yield one
            yield from _in_tree(counts, one.name)


def _row(one: GateCount) -> tuple[str, str, str]:
    share = f"{100 * one.count / one.of:.3g} %" if one.of else ""
    stored = "" if one.flowjo_count is None else f"  (FlowJo: {_whole(one.flowjo_count)})"
    return f"{'  ' * len(one.path)}{printable(one.name)}", _whole(one.count), f"{share}{stored}"


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", " ")
