"""A Vidjil analysis (``.vidjil``, JSON) as clonotype samples."""

from __future__ import annotations

import json
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.facts.clonotype import Clone, ClonotypeSample

_MOST = 10**15
"""Reads beyond it are a slip: no sequencer gives so many."""


def vidjil_samples(raw: bytes, *, name: str) -> tuple[ClonotypeSample, ...]:
    """The samples in the order of the file; raises `InputError`."""
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError(_fault(name, "the file", "JSON", "no JSON")) from error
    if not isinstance(document, dict) or "clones" not in document or "reads" not in document:
        expected = "a Vidjil analysis with the keys 'reads' and 'clones'"
        raise InputError(_fault(name, "the file", expected, "another document"))
    segmented = _numbers(document["reads"], "segmented", name)
    names, dates = (
        _texts(document, key, len(segmented)) for key in ("original_names", "timestamp")
    )
    clones = document["clones"]
    if not isinstance(clones, list):
        raise InputError(_fault(name, "clones", "a list", "another thing"))
    read = [_clone(record, place, len(segmented), name) for place, record in enumerate(clones)]
    try:
        return tuple(
            ClonotypeSample(
                names[n] or f"sample {n + 1}", dates[n], count,
                tuple(Clone(i, label, reads[n]) for i, label, reads in read),
            )
            for n, count in enumerate(segmented)
        )  # fmt: skip
    except ValueFault as fault:
        raise InputError(fault.at(name, "reads")) from fault


def _numbers(part: Any, key: str, name: str) -> list[int]:
    values = part.get(key) if isinstance(part, dict) else None
    whole = isinstance(values, list) and all(type(v) is int and 0 <= v < _MOST for v in values)
    if not whole or not values:
        raise InputError(_fault(name, f"reads.{key}", "a whole number for each sample", "another"))
    assert isinstance(values, list)  # whole is only true of lists
    return values


def _texts(document: dict[str, Any], key: str, count: int) -> list[str]:
    """A text for each sample; empty where the file does not give one."""
    samples = document.get("samples")
    values = samples.get(key) if isinstance(samples, dict) else None
    listed = values if isinstance(values, list) else []
    texts = [value if isinstance(value, str) else "" for value in listed[:count]]
    return texts + [""] * (count - len(texts))


def _clone(record: Any, place: int, count: int, name: str) -> tuple[str, str, list[int]]:
    where = f"clones[{place}]"
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise InputError(_fault(name, where, "a clone with an id", "another thing"))
    reads = _numbers(record, "reads", name)
    if len(reads) != count:
        expected = f"reads of {count} samples"
        raise InputError(_fault(name, f"{where}.reads", expected, f"{len(reads)}"))
    label = record.get("name")
    return record["id"], label if isinstance(label, str) else "", reads


def _fault(name: str, where: str, expected: str, received: str) -> Fault:
    return Fault(name, where, expected, received, "export the analysis again")
