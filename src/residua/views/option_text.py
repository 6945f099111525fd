"""An options table in words. Its rows stand alphabetically; it ranks and advises nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.judgements.options.table import (
    AvailabilityLine,
    Choice,
    FlagResult,
    GateResult,
    OptionRow,
    OptionTable,
    Rate,
)

NOT_ADVICE = "Options in alphabetical order; none is ranked, scored or advised."


def option_table_lines(table: OptionTable) -> Iterator[str]:
    """Lines of a table, not yet broken to a width; deeper parts are indented further."""
    at = "decision" if table.basis == "decision" else "relapse without a recorded decision"
    yield f"options at {table.at}, {table.date} ({at})"
    yield f"  {NOT_ADVICE}"
    if table.inputs:
        yield "  stated then:"
        yield from (f"    {line.name}: {line.words}" for line in table.inputs)
    for row in table.rows:
        yield ""
        yield from option_row_lines(row)
    if table.others:
        yield ""
        yield "  weighed too, of no encoded option:"
        yield from (f"    {choice.option}: {choice_words(choice)}" for choice in table.others)


def option_row_lines(row: OptionRow) -> Iterator[str]:
    """Lines of one option."""
    yield f"  {row.title} ({row.id})"
    yield f"    target: {row.target}"
    yield from _part("decided", (choice_words(choice) for choice in row.choices))
    yield from _part("available", (_available(one) for one in row.availability))
    yield from _part("gates", (line for gate in row.gates for line in _gate(gate)))
    yield from _part("soft risks", (line for flag in row.flags for line in _flag(flag)))
    factors = (line for flag in row.vod_factors for line in _flag(flag))
    yield from _part("risk factors of SOS/VOD", factors)
    yield from _part("burden", (_burden(b.words, b.arithmetic, b.provenance) for b in row.burdens))
    yield from _part("harms", (rate_words(rate) for rate in row.harms))
    yield from _part("evidence", (rate_words(rate) for rate in row.evidence))
    labels = (f"{x.words} [{x.cite}; {x.provenance}]" for x in row.labels)
    yield from _part("labels", labels)


def choice_words(choice: Choice) -> str:
    """Such as ``declined by the patient: risk of GVHD``."""
    by = f" by {choice.by}" if choice.by else ", by whom is not stated"
    return f"{choice.choice or 'weighed'}{by}: {choice.reason or 'no reason stated'}"


def rate_words(rate: Rate) -> str:
    """A harm or result in one line, with what must be read with it."""
    value = f": {rate.text}" if rate.text else ""
    note = f"; {rate.note}" if rate.note else ""
    return f"{rate.words}{value}{note} [{rate.cite}; {rate.provenance}]"


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield f"    {title}:"
        yield from (f"      {line}" for line in listed)


def _gate(gate: GateResult) -> Iterator[str]:
    yield f"{gate.result}: {gate.words} ({gate.kind}; {gate.gate})"
    yield f"  {gate.reason}"
    for name, result in gate.readings:
        yield f"  read as {name}: {result}"
    yield from (f"  note: {note}" for note in gate.notes)
    if gate.missing:
        yield f"  not in the record: {'; '.join(gate.missing)}"
    yield f"  {gate.clause} [{gate.cite}; {gate.provenance}]"


def _flag(flag: FlagResult) -> Iterator[str]:
    yield f"{flag.result}: {flag.words} ({flag.flag})"
    yield f"  {flag.reason}"
    yield from (f"  note: {note}" for note in flag.notes)
    yield f"  {flag.clause} [{flag.cite}; {flag.provenance}]"


def _burden(words: str, arithmetic: str, provenance: str) -> str:
    return f"{words}: {arithmetic} [{provenance}]" if arithmetic else f"{words} [{provenance}]"


def _available(line: AvailabilityLine) -> str:
    where = line.country or "country not stated"
    status = line.status or "status not stated"
    return f"{line.option}: {status} ({where}, {line.date}; as the record states it)"
