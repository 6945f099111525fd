"""Copies of a transgene on a plate as facts of the case."""

from __future__ import annotations

from typing import Any

from residua.facts.case import Case
from residua.facts.case_plate import AssayFolder
from residua.facts.laboratory import Transgene
from residua.main.assay_samples import CaseSample, case_sample, is_simulated, made_id
from residua.measures.plate import PlateResult
from residua.measures.plate_copies import SampleCopies

UNIT = "copies/ug"
NO_DNA = "the DNA in the reaction is not stated: no copies per ug"


def transgene_facts(
    result: PlateResult, folder: AssayFolder, source: str, case: Case
) -> tuple[Transgene, ...]:
    """A fact for every sample of `case` on the plate that can be assessed, in copies per ug.

    `source` is the path within the case (``qpcr/plate-1.csv``). Below the limit of
    quantification the value is a bound, ``<50 copies/ug``; not detected has none, only the limit.
    What is not assessable makes no fact (`unassessed`).
    """
    path = source.partition("/")[2]
    common = {"source": source, "simulated": is_simulated(folder, path, case)}
    found: list[Transgene] = []
    for one in result.samples:
        sample = case_sample(folder, path, one.sample, case)
        if sample is None or unassessed(one):
            continue
        taken = [fact.id for fact in (*case.facts, *found)]
        name = made_id(("qpcr", sample.key, one.target), taken)
        found.append(_fact(one, sample, common | {"id": name}, _limit(one)))
    return tuple(found)


def unassessed(one: SampleCopies) -> str:
    """Why a sample makes no fact; nothing where it makes one."""
    if one.status == "not assessable":
        return one.reason
    return NO_DNA if one.status == "quantified" and one.per_ug is None else ""


def _fact(
    one: SampleCopies, sample: CaseSample, common: dict[str, Any], limit: float | None
) -> Transgene:
    value = None if one.copies is None or one.per_ug is None else _text(one.copies * one.per_ug)
    if one.status == "detected below LLOQ" and limit is not None:
        value = f"<{_text(limit)}"
    notes = (sample.fields["note"], *_remarks(one))
    fields = {
        "target": one.target,
        "value": value,
        "detected": one.status != "not detected",
        "lloq": None if limit is None else _text(limit),
        "note": "; ".join(note for note in notes if note),
    }
    return Transgene.model_validate(sample.fields | common | fields)


def _remarks(one: SampleCopies) -> tuple[str, ...]:
    """The interval where there is one, and what is unusual."""
    if one.low is None or one.high is None or one.per_ug is None:
        return one.flags
    low, high = (_text(end * one.per_ug) for end in (one.low, one.high))
    return (f"95 % interval {low} to {high} (Ct of the plate)", *one.flags)


def _limit(one: SampleCopies) -> float | None:
    """Its LLOQ in copies per ug; None where the DNA or what a negative means is not known."""
    if one.per_ug is None or (one.status == "not detected" and one.high is None):
        return None
    return None if one.lloq is None else one.lloq * one.per_ug


def _text(value: float) -> str:
    return f"{value:.6g} {UNIT}"
