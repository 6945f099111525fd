"""Blood is not marrow: rows whose tissue contradicts the specimen that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from residua.errors import Fault, ValueFault
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Link
from residua.facts.laboratory import Lab, Transgene
from residua.facts.mrd import MrdReading
from residua.facts.specimen import Specimen
from residua.readers.case_rows import Row

_WORDS = ("marrow", "blood", "csf")
_DO = "name the specimen that was read, or correct the tissue"


def tissue_faults(rows: Iterable[Row], index: Mapping[str, Row]) -> Iterator[Fault]:
    """Rows that name a specimen of one tissue and say another."""
    for row in rows:
        fact = row.fact
        if isinstance(fact, MrdReading):
            yield from _mrd(row, fact, index)
        elif isinstance(fact, Assessment):
            yield from _assessment(row, fact, index)
        elif isinstance(fact, Link) and fact.kind == "same specimen":
            yield from _same_specimen(row, fact, index)


def tissue_of(fact: Fact | None, index: Mapping[str, Row]) -> str | None:
    """The tissue of what a fact was read from, by its own word or its specimen's row."""
    if isinstance(fact, Specimen):
        return fact.tissue
    if isinstance(fact, MrdReading) and fact.tissue:
        return fact.tissue
    if isinstance(fact, MrdReading | Assessment | Lab | Transgene) and fact.specimen:
        if fact.specimen in _WORDS:
            return fact.specimen
        named = index.get(fact.specimen)
        return tissue_of(named.fact, index) if named and named.table is Specimen else None
    return None


def _fault(row: Row, field: str, said: str | None, other: str | None, who: str) -> Iterator[Fault]:
    if said and other and said != other:
        problem = ValueFault(f"the tissue of {who} ({other})", said, _DO)
        yield row.place.fault((field,), problem)


def _mrd(row: Row, fact: MrdReading, index: Mapping[str, Row]) -> Iterator[Fault]:
    if fact.specimen:
        named = index.get(fact.specimen)
        held = tissue_of(named.fact, index) if named else None
        yield from _fault(row, "tissue", fact.tissue, held, "its specimen")
    elif fact.assessment:
        named = index.get(fact.assessment)
        held = tissue_of(named.fact, index) if named else None
        yield from _fault(row, "tissue", fact.tissue, held, "its assessment's specimen")


def _assessment(row: Row, fact: Assessment, index: Mapping[str, Row]) -> Iterator[Fault]:
    held = tissue_of(fact, index)
    if fact.kind == "csf":
        yield from _fault(row, "specimen", held, "csf", "a csf assessment")
    said = {word for word in _WORDS if fact.context and word in fact.context.lower().split()}
    if len(said) == 1:
        yield from _fault(row, "context", said.pop(), held, "its specimen")


def _same_specimen(row: Row, fact: Link, index: Mapping[str, Row]) -> Iterator[Fault]:
    ends = [index[end].fact if end in index else None for end in (fact.from_, fact.to)]
    one, other = (tissue_of(end, index) for end in ends)
    yield from _fault(row, "to", other, one, "the other end of the link")
