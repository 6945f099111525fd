"""The encoded options in words: gates, flags, burden, harms and labels with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residua.standards.option import Gate, Option
from residua.standards.rulebook import Rule
from residua.views.record_text import record_lines, source_of, source_words


def option_shelf_lines(options: Sequence[Option], width: int) -> Iterator[str]:
    """Two lines an option: its name and target, and what is encoded of it."""
    width = max([width, *(len(f"option {option.id}") for option in options)])
    for option in options:
        flags = "1 flag" if len(option.flags) == 1 else f"{len(option.flags)} flags"
        counts = f"{len(option.gates)} gates, {flags}"
        yield f"{'option ' + option.id:<{width}}  {option.title}: {option.target}"
        yield f"{'':<{width}}  {counts}, {len(option.evidence)} results of studies"


def option_text(option: Option) -> str:
    """One option whole; a gate is text where the source gives no limit."""
    checked = option.checked_by or "nobody yet"
    lines = [f"option {option.id} {option.version}", f"  {option.title}; target: {option.target}"]
    lines += [f"  checked by: {checked}", f"  also called: {', '.join(option.names)}"]
    for title, records in _parts(option):
        lines += ["", f"{title}:", *record_lines(records)]
    studies = (*option.risk_evidence, *option.evidence)
    if studies:
        lines += ["", "results of studies:", *(f"  {name}" for name in dict.fromkeys(studies))]
    return "\n".join(lines)


def _parts(option: Option) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield (
        "gates",
        [(_gate(g), source_of(g)) for g in option.gates],
    )
    flags = [(f"{f.id} ({f.group}): {f.words}", source_of(f)) for f in option.flags]
    burdens = [
        (
            f"{b.words}{f': {b.arithmetic}' if b.arithmetic else ''}",
            source_words(b.clause, b.cite, b.provenance),
        )
        for b in option.burdens
    ]
    harms = [(h.words, source_of(h)) for h in option.harms]
    labels = [(x.words, source_words(x.clause, x.cite, x.provenance)) for x in option.labels]
    named = (("flags", flags), ("burden", burdens), ("harms", harms), ("labels", labels))
    yield from ((title, records) for title, records in named if records)


def _gate(gate: Gate) -> str:
    limits = f" {gate.joined} of " if len(gate.parts) > 1 else " "
    parts = "; ".join(_limit(rule) for rule in gate.parts) or "text, for a person to judge"
    return f"{gate.id} ({gate.kind}): {gate.words}  <-{limits}{parts}"


def _limit(rule: Rule) -> str:
    return f"{rule.quantity.replace('_', ' ')} {rule.text}"
