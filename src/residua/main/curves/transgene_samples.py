"""The transgene facts of a course, sorted into series that may be joined by a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from residua.course.course import Course
from residua.course.since_infusion import following
from residua.course.transgene_curve import Said, TransgeneSample
from residua.facts.laboratory import Transgene
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen, Tissue
from residua.facts.treatment import CellInfusion
from residua.measures.transgene_course import TransgeneValue, transgene_value

UNITS = {
    "copies per mass": "copies/ug",
    "copies per volume": "copies/mL",
    "copies per cell": "copies/cell",
}
NOTHING_SAID = "neither a value nor whether it was detected"


@dataclass(frozen=True)
class Sampled:
    """One fact with what it says, or the reason why nothing is measured from it."""

    fact: Transgene
    sample: TransgeneSample | None = None
    value: TransgeneValue | None = None
    reason: str = ""


@dataclass(frozen=True)
class Series:
    """Facts of one infusion, target and tissue; ``reason`` says why they cannot be joined."""

    infusion: str
    target: str
    tissue: str
    sampled: tuple[Sampled, ...]
    reason: str = ""


def series_of(
    course: Course, infusions: tuple[CellInfusion, ...], facts: Iterable[Transgene]
) -> tuple[Series, ...]:
    """The series in the order of infusions, then of their first facts."""
    groups: dict[tuple[str, str, str], list[tuple[Transgene, Sampled]]] = {}
    names: dict[str, str] = {}
    for fact in facts:
        aimed = _aimed(infusions, fact)
        follows = following(course, aimed, fact.id)
        target = fact.target or "not stated"
        key = (follows.infusion, target.casefold(), tissue_of(course, fact))
        names.setdefault(target.casefold(), target)
        read = Sampled(fact, reason=follows.reason)
        if follows.days is not None:
            read = _read(fact, follows.days)
        groups.setdefault(key, []).append((fact, read))
    place = [one.id for one in infusions]
    found = sorted(groups.items(), key=lambda group: place.index(group[0][0]))
    return tuple(_series(key, names[key[1]], listed) for key, listed in found)


def _series(
    key: tuple[str, str, str], target: str, listed: Sequence[tuple[Transgene, Sampled]]
) -> Series:
    units = sorted({unit for fact, _ in listed for unit in _units(fact)})
    sampled = [one for _, one in listed]
    reason = ""
    if len(units) > 1:
        reason = f"values of one target in {' and '.join(units)} are not joined"
        sampled = [replace(one, sample=None, value=None, reason=reason) for one in sampled]
    return Series(key[0], target, key[2], tuple(sampled), reason)


def _aimed(infusions: tuple[CellInfusion, ...], fact: Transgene) -> tuple[CellInfusion, ...]:
    """Infusions whose antigen the target names; all where it names that of none."""
    target = (fact.target or "").casefold()
    named = tuple(i for i in infusions if any(m.casefold() in target for m in i.target))
    return named or infusions


def tissue_of(course: Course, fact: Transgene) -> str:
    """The tissue of a value; blood where none is stated."""
    drawn = course.by_id.get(fact.specimen or "")
    if drawn is not None and isinstance(drawn.fact, Specimen):
        return drawn.fact.tissue or "blood"
    named = fact.specimen or ""
    return named if named in get_args(Tissue) else "blood"


def _units(fact: Transgene) -> Iterator[str]:
    for quantity in (fact.value, fact.lloq):
        if quantity is not None:
            yield UNITS.get(quantity.kind, quantity.unit)


def _in_usual_unit(quantity: Quantity | None) -> Quantity | None:
    return quantity.to(UNITS[quantity.kind]) if quantity and quantity.kind in UNITS else quantity


def _read(fact: Transgene, days: tuple[float, float]) -> Sampled:
    """What the fact says on these days; its numbers in the usual unit of their kind."""
    value, lloq = _in_usual_unit(fact.value), _in_usual_unit(fact.lloq)
    if len(set(_units(fact))) > 1:
        return Sampled(fact, reason="value and LLOQ in units of two kinds")
    plain = fact.model_copy(update={"value": value, "lloq": lloq})
    read = transgene_value(plain, *days)
    if isinstance(read, TransgeneValue):
        said: Said = (
            "quantified" if read.quantified else "below LLOQ" if read.lloq else "not detected"
        )
        number = read.value if read.quantified else None
        return Sampled(fact, TransgeneSample(fact.id, days, said, number, read.lloq), read)
    if read == NOTHING_SAID:
        return Sampled(fact, reason=read)
    limit = float(lloq.value) if lloq else None
    return Sampled(fact, TransgeneSample(fact.id, days, "detected", None, limit), reason=read)
