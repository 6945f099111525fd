"""A worked-out regimen as plain text: a dated table, totals, rules, sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from residua import NOTICE
from residua.measures.schedule import Schedule, Scheduled, Total
from residua.standards.regimen import Regimen
from residua.views.regimen_words import (
    amount_words,
    condition_words,
    infusion_words,
    mark,
    number_words,
    published_words,
    rule_words,
    times_words,
    worked_words,
)

_WIDTH = 100
_HEADER = ("day", "date", "drug", "published", "dose", "times", "route", "infusion")
Cells = tuple[str, ...]


def regimens_text(regimens: Iterable[Regimen]) -> str:
    """All encoded regimens: name, title, and how well their doses are known."""
    listed = tuple(regimens)
    width = max(len(regimen.name) for regimen in listed)
    return "\n".join(f"{r.name:<{width}}  {r.title}{_marks(r)}" for r in listed)


def _marks(regimen: Regimen) -> str:
    found = dict.fromkeys(mark(dose.provenance) for dose in regimen.doses)
    words = [word for word in found if word]
    words += ["doses not stated"] if all(d.dose is None for d in regimen.doses) else []
    return f" [{'; '.join(words)}]" if words else ""


def schedule_text(made: Schedule) -> str:
    """The schedule of one cycle for people."""
    lines = [
        *_head(made),
        "",
        *_table([_HEADER, *_rows(made)]),
        "",
        "Totals of the cycle",
        *_table([_total_row(total) for total in made.totals]),
        *_listed("Remarks", _remarks(made)),
        *_listed("Rules", (rule_words(rule) for rule in made.rules)),
        *_listed("Notes", made.regimen.notes),
        *_listed("Sources", _sources(made)),
        "",
        "A schedule as published, not a recommendation.",
        f"{NOTICE}.",
    ]
    return "\n".join(line.rstrip() for line in lines)


def _head(made: Schedule) -> Iterator[str]:
    regimen, body = made.regimen, made.body
    yield f"{regimen.name} ({regimen.version}): {regimen.title}"
    if len(regimen.numbers) > 1:
        yield f"cycle {made.cycle} of {', '.join(map(str, regimen.numbers))}"
    cycle = regimen.cycle(made.cycle)
    if cycle is not None and cycle.length is not None:
        until = f", next cycle {_days(made.next_cycle)}" if made.next_cycle else ""
        yield f"length of the cycle: {amount_words(cycle.length, cycle.up_to)}{until}"
    if regimen.counts_from == 0:
        yield "days count from day 0, the day of the transplant or cell infusion"
    size = [str(value) for value in (body.height, body.weight, body.age) if value is not None]
    if body.surface is not None:
        surface = f"body surface {body.surface.value:.4f} m2 ({body.formula}; "
        yield f"{surface}{', '.join(size)})"
    elif size:
        yield ", ".join(size)
    yield from (f"{name.replace('_', ' ')}: {value}" for name, value in body.words.items())


def _days(between: tuple[date, date]) -> str:
    first, last = between
    return f"on {first}" if first == last else f"from {first} to {last}"


def _rows(made: Schedule) -> Iterator[Cells]:
    """One row for each day of each dated line in the order of days, then the undated ones."""
    dated = [(day, line) for line in made.lines for day in line.dose.days]
    order = {id(line): place for place, line in enumerate(made.lines)}
    for day, line in sorted(dated, key=lambda pair: (pair[0], order[id(pair[1])])):
        place = line.dose.days.index(day)
        when = line.dates[place].isoformat() if line.dates else ""
        shown = f"{day:+d}" if made.regimen.counts_from == 0 and day else str(day)
        yield (shown + (" on" if line.dose.open_ended else ""), when, *_what(line))
    for line in made.lines:
        if not line.dose.days:
            yield ("-", "", *_what(line))


def _what(line: Scheduled) -> Cells:
    dose = line.dose
    way = "intrathecal" if dose.intrathecal else dose.route
    published, worked = published_words(dose), worked_words(dose, line.worked)
    shown = (published, worked, times_words(dose), way, infusion_words(dose))
    return (dose.drug + ("*" if line.applies is None else ""), *shown)


def _total_row(total: Total) -> Cells:
    name = f"  {total.drug}{' (intrathecal)' if total.intrathecal else ''}"
    published = amount_words(*total.published) if total.published else ""
    amount = amount_words(*total.amount) if total.amount else total.reason
    hours = ""
    if total.hours:
        low, high = (number_words(Decimal(str(h))) for h in total.hours)
        hours = f"{low if low == high else f'{low}-{high}'} h of infusion"
    return (name, published, amount, hours)


def _remarks(made: Schedule) -> Iterator[str]:
    for line in made.lines:
        dose, worked = line.dose, line.worked
        if line.applies is None:
            yield f"* {dose.drug} {published_words(dose)}: {condition_words(dose)} (not given)"
        if dose.timing:
            yield f"{dose.drug}: {dose.timing}"
        if dose.or_days:
            other = ", ".join(str(d) for d in (line.or_dates or dose.or_days))
            yield f"{dose.drug}{' (intrathecal)' if dose.intrathecal else ''}: or {other}"
        if dose.reading:
            yield f"{dose.drug}: {dose.reading}"
        if worked is not None and worked.rounded is not None:
            vials = f"{worked.vials} vial{'' if worked.vials == 1 else 's'}"
            rounded = f"{vials}, {amount_words(worked.rounded)}"
            yield f"{dose.drug} {amount_words(worked.low)}: within rounding of {rounded}"


def _sources(made: Schedule) -> Iterator[str]:
    """Each source once, with how well it is known."""
    doses = [(line.dose.cite, line.dose.provenance) for line in made.lines]
    cited = dict.fromkeys([*doses, *((rule.cite, rule.provenance) for rule in made.rules)])
    for cite, provenance in cited:
        yield f"{cite} [{provenance}]"


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    found = dict.fromkeys(items)
    if found:
        yield from ("", title)
    for item in found:
        yield from textwrap.wrap(
            item, _WIDTH, initial_indent="  ", subsequent_indent="    ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip


def _table(rows: Sequence[Cells]) -> Iterator[str]:
    """Columns as wide as their widest cell; empty columns left out."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    header_only = [rows[0] == _HEADER and not any(column[1:]) for column in columns]
    for row in rows:
        shown = zip(row, widths, header_only, strict=True)
        yield "  ".join(f"{cell:<{width}}" for cell, width, empty in shown if not empty and width)
