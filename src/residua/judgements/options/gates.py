"""A gate or flag of an option at a decision: pass, fail or unknown; present, absent or unknown.

A gate passes only where everything that its unknown inputs may be would pass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from residua.judgements.options.known import Known
from residua.judgements.options.point import Point
from residua.judgements.options.quantities import QUANTITIES
from residua.judgements.options.table import FlagOutcome, FlagResult, GateOutcome, GateResult
from residua.standards.option import Flag, Gate, Joined
from residua.standards.rulebook import Rule, weakest
from residua.standards.truth import Given, settled

_TEXT = "the source gives no limit, so a person must judge it"
_GATE: Mapping[bool | None, GateOutcome] = {True: "pass", False: "fail", None: "unknown"}
_FLAG: Mapping[bool | None, FlagOutcome] = {True: "present", False: "absent", None: "unknown"}


@dataclass(frozen=True)
class Knowledge:
    """A point with what is known there of every quantity."""

    point: Point
    of: Mapping[str, Known]


def know(point: Point) -> Knowledge:
    """All that the gates and flags ask for, at one point."""
    return Knowledge(point, {name: answer(point) for name, answer in QUANTITIES.items()})


def gate_result(knowledge: Knowledge, option: str, gate: Gate) -> GateResult:
    """The result of one gate of an option."""
    found = [knowledge.of[rule.quantity] for rule in gate.parts]
    held = [_holds(rule, known.given) for rule, known in zip(gate.parts, found, strict=True)]
    result = _GATE[_joined(held, gate.joined)] if gate.parts else "unknown"
    unsettled = [k for k, h in zip(found, held, strict=True) if h is None]
    missing = [name for known in unsettled for name in known.missing] or [gate.words]
    base = f"option/{option}/{knowledge.point.subject}/{gate.id}"
    return GateResult(
        id=base,
        gate=gate.id,
        kind=gate.kind,
        words=gate.words,
        result=result,
        reason="; ".join(dict.fromkeys(known.words for known in found)) or _TEXT,
        clause=gate.clause,
        cite=gate.cite,
        provenance=_provenance(gate.provenance, found),
        facts=tuple(dict.fromkeys(fact for known in found for fact in known.facts)),
        missing=tuple(dict.fromkeys(missing)) if result == "unknown" else (),
        notes=tuple(dict.fromkeys(_notes(knowledge, gate, found, held))),
        readings=tuple(
            (name, _GATE[_joined(held, joined)]) for name, joined in gate.readings.items()
        ),
    )


def flag_result(knowledge: Knowledge, option: str, flag: Flag) -> FlagResult:
    """Whether one flag of an option is there; without a limit it stays unknown."""
    known = knowledge.of[flag.quantity] if flag.quantity else Known(_TEXT)
    held = _holds(flag.rule, known.given) if flag.rule is not None else None
    reason = known.words
    if flag.rule is None and known.given is not None:
        reason = f"{known.words}; the source gives no limit"
    return FlagResult(
        id=f"option/{option}/{knowledge.point.subject}/{flag.id}",
        flag=flag.id,
        words=flag.words,
        result=_FLAG[held],
        reason=reason,
        clause=flag.clause,
        cite=flag.cite,
        provenance=_provenance(flag.provenance, [known]),
        facts=known.facts,
        missing=known.missing if held is None else (),
        notes=tuple(note for note in (*known.notes, flag.reading) if note),
    )


def _holds(rule: Rule, given: Given) -> bool | None:
    """Three-valued; what is known not to exist counts as the rule says, else as unknown."""
    if given == "unavailable" and rule.if_unavailable is None:
        return None
    return settled(rule, given)


def _joined(held: list[bool | None], joined: Joined) -> bool | None:
    decides = joined == "any"
    if decides in held:
        return decides
    return None if None in held else not decides


def _notes(
    knowledge: Knowledge, gate: Gate, found: list[Known], held: list[bool | None]
) -> Iterator[str]:
    yield from (note for known in found for note in known.notes)
    if gate.reading and (gate.readings or None in held or gate.kind == "biological"):
        yield gate.reading
    for remark in gate.remarks:
        if _holds(remark.rule, knowledge.of[remark.rule.quantity].given):
            yield f"{remark.words} [{remark.rule.cite}; {remark.rule.provenance}]"


def _provenance(own: str, found: list[Known]) -> str:
    return weakest([own, *(known.provenance for known in found if known.provenance)])
