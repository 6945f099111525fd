"""MRD by molecular methods as facts of the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from residua.facts.case import Case
from residua.facts.case_plate import AssayFolder
from residua.facts.interval import Interval
from residua.facts.molecular import INSENSITIVE, MolecularLevel
from residua.facts.mrd import MrdReading
from residua.main.assay_samples import CaseSample, case_sample, is_simulated, made_id


def molecular_facts(
    levels: Iterable[MolecularLevel], folder: AssayFolder, source: str, case: Case
) -> tuple[MrdReading, ...]:
    """An MRD reading for every level of a sample of `case`, in the order of `levels`.

    `source` is the file's path within the case (``qpcr/plate-2.csv``); `folder` says whose the
    samples are, by the path below the folder. Samples of others make no fact; what is not
    assessable makes one that says so, with its reason as note.
    """
    path = source.partition("/")[2] or source
    simulated = is_simulated(folder, path, case)
    found: list[MrdReading] = []
    for level in levels:
        sample = case_sample(folder, path, level.sample, case)
        if sample is None:
            continue
        taken = [fact.id for fact in (*case.facts, *found)]
        name = made_id((level.method, sample.key, level.target), taken)
        fields = {"id": name, "source": source, "simulated": simulated, "measured_from": (source,)}
        found.append(MrdReading.model_validate(_fields(level, sample) | fields))
    return tuple(found)


def _fields(level: MolecularLevel, sample: CaseSample) -> dict[str, Any]:
    notes = (sample.fields["note"], level.reason, level.input, _interval_words(level.interval))
    return sample.fields | {
        "tissue": sample.specimen.tissue if sample.specimen else None,
        "method": level.method,
        "target": level.target,
        "status": level.status,
        "fraction": _text(level.fraction),
        "numerator": level.numerator,
        "denominator": level.denominator,
        "denominator_kind": level.kind,
        "lod": _text(level.lod),
        "lloq": _text(level.lloq),
        "interval": level.interval and _ends(level.interval),
        "flags": (*level.flags, *((INSENSITIVE,) if level.reason.startswith(INSENSITIVE) else ())),
        "note": "; ".join(note for note in notes if note),
    }


def _ends(interval: Interval) -> tuple[float, float]:
    """As many digits as the level has."""
    return float(f"{interval.low:.6g}"), float(f"{interval.high:.6g}")


def _interval_words(interval: Interval | None) -> str:
    return f"{interval.level:.0%} interval: {interval.kind}" if interval else ""


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:.6g}"
