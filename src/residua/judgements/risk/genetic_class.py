"""Risk by genetics under each list, and what the clinical scheme takes from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from residua.course.placing import Placed
from residua.judgements.judgement import Judgement
from residua.judgements.readings import Stated
from residua.judgements.risk.recorded_lesions import RecordedLesions
from residua.judgements.risk.scheme_verdict import BASELINE, TRUTH, base_of
from residua.standards import genetic_risk
from residua.standards.genetic_risk import HIGH, GeneticRuling
from residua.standards.rulebook import load

TERM = "genetics"
LISTS = (genetic_risk.nccn, genetic_risk.eln)
NO_TEST = "no genetic test of diagnosis is recorded"
UNNAMED = "a normal karyotype or no fusion gene excludes no lesion that the test does not name"


def judge_genetics(
    recorded: RecordedLesions, diagnosis: Placed, lineage: str | None
) -> Iterator[Judgement]:
    """One judgement for each list; both are lists of B-ALL."""
    for rule in LISTS:
        ruling = rule(recorded.lesions)
        base = base_of(ruling.book, BASELINE, TERM, diagnosis)
        if lineage == "T":
            yield replace(
                base, outcome="does not apply", reason="the list is one of B-ALL",
                clause=f"setting of {ruling.book.name}", provenance="read",
            )  # fmt: skip
        else:
            yield _judgement(base, ruling, recorded)


def _judgement(base: Judgement, ruling: GeneticRuling, recorded: RecordedLesions) -> Judgement:
    unnamed = [t.id for t in recorded.tests if t.result in ("normal", "none found")]
    notes = (*recorded.notes, *ruling.readings)
    if ruling.verdict is None and unnamed:
        notes = (*notes, f"{', '.join(unnamed)}: {UNNAMED}")
    said = replace(
        base, reason=ruling.reason, clause=ruling.clause, provenance=ruling.provenance,
        facts=recorded.facts, missing=ruling.missing,
        notes=tuple(dict.fromkeys((*notes, *base.notes))),
        details=tuple(
            (d.id, f"{TRUTH[truth]}: {d.clause}; {d.cite}; {d.provenance}")
            for d, truth in ruling.truths
        ),
    )  # fmt: skip
    if ruling.verdict is None:
        silent = not recorded.tests and not recorded.any_found
        return replace(said, reason=f"{NO_TEST}; {said.reason}") if silent else said
    return replace(said, outcome="verdict", basis="computed", verdict=ruling.verdict)


def adverse_genetics(recorded: RecordedLesions) -> Stated:
    """What karyotype and tests for fusion genes tell of adverse genetics, for the clinical scheme.

    Yes where one list calls a lesion found adverse and the other does not differ; no where both
    kinds of test were done and found nothing that either list calls adverse. Else not known.
    """
    rulings = [rule(recorded.lesions) for rule in LISTS]
    words = [{d.verdict for d in ruling.found} for ruling in rulings]
    if any(HIGH in found for found in words):
        differ = any(found and HIGH not in found for found in words)
        note = ("NCCN and ELN 2024 differ on the lesion found",) if differ else ()
        return Stated(None if differ else True, recorded.facts, note)
    if _unclear(recorded, rulings):
        return Stated(None, recorded.facts, ("a lesion found has no clear class",))
    if not (recorded.karyotyped and recorded.fusions_sought):
        return Stated(None, recorded.facts, ("karyotype or test for fusion genes not stated",))
    return Stated(False, recorded.facts, ("genetics as far as karyotype and fusion genes tell",))


def _unclear(recorded: RecordedLesions, rulings: list[GeneticRuling]) -> bool:
    """Whether a lesion is contradicted, open in a list, of no list, or waits for another one."""
    found = recorded.lesions
    if found.others or None in found.found.values():
        return True
    present = {key for key, there in found.found.items() if there} | set(found.counts)
    words = {d.verdict for ruling in rulings for d in ruling.found}
    if words & {genetic_risk.OPEN, genetic_risk.INTERMEDIATE}:
        return True
    listed = {
        load(book)[rule].quantity
        for book, ruling in zip((genetic_risk.NCCN, genetic_risk.ELN), rulings, strict=True)
        for d in ruling.found
        for rule in d.rules
    }
    return bool(present - listed - _judged_by_number(rulings))


def _judged_by_number(rulings: list[GeneticRuling]) -> set[str]:
    """Counts that a list judges: above or below its limit, they are no unknown lesion."""
    return {rule.quantity for r in rulings for rule in r.book.rules} & set(genetic_risk.COUNTS)
