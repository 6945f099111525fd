"""Which transplants and infusions may cause GVHD, and which finding belongs to which of them."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.before import therapies_before
from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.facts.fact import Fact
from residua.facts.finding import Finding, Link
from residua.facts.treatment import CellInfusion, Transplant


@dataclass(frozen=True)
class Told:
    """A finding as one of a graft's; ``sure`` is False where it may be another graft's."""

    item: Placed
    finding: Finding
    sure: bool = True


def grafts_of(course: Course) -> tuple[Placed, ...]:
    """Transplants that are not autologous and donor lymphocyte infusions, in order."""
    return tuple(p for p, fact in course.of(Transplant, CellInfusion) if _brings_gvhd(fact))


def _brings_gvhd(fact: Fact) -> bool:
    if isinstance(fact, Transplant):
        return fact.donor != "autologous"
    return isinstance(fact, CellInfusion) and fact.kind == "dli"


def donor_unknown(graft: Placed) -> bool:
    """Whether the record leaves open that the transplant was autologous."""
    fact = graft.fact
    return isinstance(fact, Transplant) and fact.donor is None and fact.relation is None


def grafts_of_finding(course: Course, item: Placed, grafts: tuple[Placed, ...]) -> tuple[str, ...]:
    """Ids of the grafts that a finding may be of: one where the record says or the order tells.

    Of several grafts before it the latest counts; those that may have come between stay possible.
    """
    ids = [graft.id for graft in grafts]
    named = _named(course, item, ids)
    if named is not None:
        return (named,)
    certain, maybe = therapies_before(course, item)
    before = [p.id for p in certain if p.id in ids]
    between = [p.id for p in maybe if p.id in ids]
    return tuple(dict.fromkeys((*before[-1:], *between)))


def _named(course: Course, item: Placed, ids: list[str]) -> str | None:
    """The graft that the record itself ties the finding to."""
    fact = item.fact
    links = [link for _, link in course.of(Link) if link.from_ == item.id]
    tied = [link.to for link in links if link.kind == "caused by"]
    if isinstance(fact, Finding) and fact.attribution:
        tied.append(fact.attribution)
    day = own_day(fact)
    if day is None and fact.after:
        tied.append(fact.after)
    return next((name for name in tied if name in ids), None)
