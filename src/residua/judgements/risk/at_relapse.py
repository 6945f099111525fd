"""The blasts of a relapse: whether they express the target, and of which lineage they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from residua.course.relapse_words import denied
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.judgements.antigen_masking import may_mask
from residua.judgements.readings import UNSTATED, Stated
from residua.judgements.risk.relapses import Relapse
from residua.standards.antigen_positivity import is_positive

B_MARKERS = ("cd19", "cd20", "cd22", "cd79a", "cd79b", "pax5")
B_NEEDED = frozenset({"cd19", "cd22", "cd79a"})
"""Markers of the B lineage; a switch needs those three read as negative (Residua's choice)."""
MYELOID = (
    "mpo", "myeloperoxidase", "cd13", "cd14", "cd15", "cd33", "cd64", "cd65", "cd11b", "cd11c",
    "cd36", "lysozyme",
)  # fmt: skip
_DIM = re.compile(r"\b(dim|weak|low|loss|lost)\b")
_BLASTS = re.compile(r"blast|leuk|tumou?r|mrd|residual|clone")
_SWITCH = re.compile(r"lineage switch|switch of lineage|myeloid switch|switch to (aml|acute myel)")


def target_expressed(relapse: Relapse) -> Stated:
    """Whether the target is on the blasts: yes and no where readings differ.

    A negative reading that the drug itself may mask tells nothing, and the judgement says so.
    """
    marker = relapse.therapy.marker
    told: dict[str, bool] = {}
    notes: list[str] = []
    for fact in _facts(relapse):
        sign = _sign(fact, marker)
        if sign is None:
            continue
        masked = _masked(relapse, fact, marker) if sign is False else None
        if masked:
            notes.append(masked)
        else:
            told[fact.id] = sign
    values = tuple(dict.fromkeys(told.values()))
    if not values:
        return Stated(None, (), tuple(notes))
    if len(values) > 1:
        return Stated(values, tuple(told), (*notes, f"readings of {marker} differ"))
    return Stated(values[0], tuple(told), tuple(notes))


def _masked(relapse: Relapse, fact: Fact, marker: str) -> str:
    found = may_mask(relapse.course, marker, fact.id)
    return str(found) if found else ""


def _facts(relapse: Relapse) -> tuple[Fact, ...]:
    found = [p.fact for occasion in relapse.together for p in occasion.facts]
    return tuple({fact.id: fact for fact in found}.values())


def _sign(fact: Fact, marker: str) -> bool | None:
    """Whether a reading calls the marker expressed; dim is not."""
    if isinstance(fact, AntigenReading):
        if fact.marker.casefold() != marker.casefold() or not _BLASTS.search(fact.of.lower()):
            return None
        if fact.positive is not None:
            return fact.positive
        return None if fact.percent is None else is_positive(fact.percent)
    if isinstance(fact, Phenotype):
        return _in_phenotype(fact, marker)
    return None


def _in_phenotype(fact: Phenotype, marker: str) -> bool | None:
    positive, negative = (tuple(_named(words)) for words in (fact.positive, fact.negative))
    name = marker.casefold()
    signs = {not dim for found, dim in positive if found == name}
    signs |= {False for found, _ in negative if found == name}
    return signs.pop() if len(signs) == 1 else None


def _named(words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each marker's bare name, and whether it is called dim: ``CD19 dim``, ``cCD79a``."""
    for word in words:
        plain = word.casefold().strip()
        dim = bool(_DIM.search(plain)) or bool(re.search(r"cd\d+[a-z]?(dim|low)$", plain))
        name = re.sub(r"[ (-]*(dim|weak|low|loss|lost|bright|partial|\+|\)).*$", "", plain)
        yield re.sub(r"^(c|cy|cyt|i|s)(?=cd|mpo)", "", name).strip(), dim


def lineage_switched(relapse: Relapse) -> tuple[Stated, Stated]:
    """Whether the blasts changed lineage, as their markers tell and as the source says."""
    facts = _facts(relapse)
    hidden = {f.id for f in facts if _masked(relapse, f, "CD22")}
    return _by_markers(facts, hidden), _by_word(facts)


def _by_markers(facts: tuple[Fact, ...], hidden: set[str]) -> Stated:
    """No where a B marker is positive; yes where none is and a myeloid one is; else open.

    A CD22-negative reading of the facts `hidden` may be masked and does not count.
    """
    positive, negative, ids = set[str](), set[str](), list[str]()
    for fact in facts:
        if isinstance(fact, Phenotype):
            positive |= {name for name, dim in _named(fact.positive) if not dim}
            dim = {name for name, dim in _named(fact.positive) if dim}
            positive |= dim & set(B_MARKERS)  # dim is still of the B lineage
            masked = {"cd22"} if fact.id in hidden else set()
            negative |= {name for name, _ in _named(fact.negative)} - masked
            ids.append(fact.id)
        elif isinstance(fact, AntigenReading) and _sign(fact, fact.marker) is not None:
            if fact.id in hidden and not _sign(fact, fact.marker):
                continue
            side = positive if _sign(fact, fact.marker) else negative
            side.add(fact.marker.casefold())
            ids.append(fact.id)
    return _lineage(positive, negative, tuple(ids))


def _lineage(positive: set[str], negative: set[str], ids: tuple[str, ...]) -> Stated:
    myeloid = sorted(positive & set(MYELOID))
    if positive & set(B_MARKERS):
        beside = ", ".join(name.upper() for name in myeloid)
        notes = (f"{beside} beside markers of the B lineage: no switch",) if myeloid else ()
        return Stated(False, ids, notes)
    if myeloid and negative >= B_NEEDED:
        return Stated(True, ids)
    return Stated(None, ids) if ids else UNSTATED


def _by_word(facts: tuple[Fact, ...]) -> Stated:
    """A source's own words for a switch, or its denial."""
    told: dict[str, bool] = {}
    for fact in facts:
        for text, present in _texts(fact):
            if _SWITCH.search(text.lower()):
                told[fact.id] = present and not denied(text)
    values = set(told.values())
    return Stated(values.pop(), tuple(told)) if len(values) == 1 else UNSTATED


def _texts(fact: Fact) -> Iterator[tuple[str, bool]]:
    if isinstance(fact, Assessment):
        yield from ((t, True) for t in (fact.response_reported, fact.context, fact.value) if t)
    elif isinstance(fact, Event) and fact.detail:
        yield fact.detail, True
    elif isinstance(fact, Finding) and fact.present is not None:
        yield fact.term, fact.present
