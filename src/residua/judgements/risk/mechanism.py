"""How each relapse escaped the therapy that was aimed at an antigen before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from residua.course.course import Course
from residua.judgements.judgement import Judgement
from residua.judgements.risk.aplasia import rules_of_aplasia
from residua.judgements.risk.at_relapse import lineage_switched, target_expressed
from residua.judgements.risk.persistence import cells_persist
from residua.judgements.risk.relapses import Relapse, relapses
from residua.judgements.risk.scheme_verdict import Inputs, base_of, ruled
from residua.standards.relapse_mechanism import book, mechanism

TERM = "mechanism"
OF_A_DRUG = "target-positive; persistence is that of infused cells, and none were aimed at it"


def judge_mechanism(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """One judgement for each relapse and antigen; a relapse before any such therapy has none."""
    return tuple(j for found in relapses(course, said) for j in _of_relapse(found))


def _of_relapse(found: tuple[Relapse, ...]) -> Iterator[Judgement]:
    for relapse in found:
        marker = relapse.therapy.marker.lower().replace(" ", "-")
        yield _judge(relapse, f"{TERM}-{marker}" if len(found) > 1 else TERM)


def _judge(relapse: Relapse, term: str) -> Judgement:
    target = target_expressed(relapse)
    persist, persist_told = cells_persist(relapse)
    lineage, lineage_told = lineage_switched(relapse)
    stated = {
        "target_expressed": target, "cells_persist": persist, "lineage_switched": lineage,
    }  # fmt: skip
    told = {"cells_persist": persist_told, "lineage_switched": lineage_told}
    inputs = Inputs(stated, {name: s for name, s in told.items() if s.given is not None})
    therapy = relapse.therapy
    base = base_of(book(), relapse.occasion.subject, term, relapse.occasion.main)
    after = f"{therapy.treatment} ({therapy.therapy}), aimed at {therapy.marker}"
    details = (("after", after), *(rules_of_aplasia(relapse) if relapse.cells else ()))
    if not relapse.ordered:
        reason = f"whether {therapy.treatment} came before this relapse is not stated"
        return replace(
            base, reason=reason, clause=base.cite, provenance="choice",
            missing=(f"the order of {therapy.treatment} and this relapse",), details=details,
        )  # fmt: skip
    said = ruled(mechanism, inputs, replace(base, details=details))
    facts = tuple(dict.fromkeys((therapy.treatment, *said.facts)))
    said = replace(said, facts=facts)
    of_a_drug = not relapse.cells and said.outcome != "verdict" and target.given is True
    return replace(said, reason=OF_A_DRUG, missing=()) if of_a_drug else said
