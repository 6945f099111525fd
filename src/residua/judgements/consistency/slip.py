"""One place where a record contradicts itself, or lacks what it needs, as a judgement."""

from __future__ import annotations

from collections.abc import Iterable

from residua.course.course import Course
from residua.judgements.judgement import Judgement
from residua.judgements.unjudged import date_words
from residua.standards.rulebook import load

BOOK = "consistency"


def slip(
    course: Course,
    name: str,
    subject: str,
    reason: str,
    *,
    facts: Iterable[str] = (),
    missing: Iterable[str] = (),
    contradicts: bool = True,
    term: str = "",
) -> Judgement:
    """A judgement of the rule `name` on `subject`.

    Where the record `contradicts` itself the verdict is "not supported: ..."; where it only
    lacks what would tell, it is not assessable.
    """
    book = load(BOOK)
    rule = book[name]
    item = course.by_id.get(subject)
    return Judgement(
        standard=book.standard,
        version=book.version,
        subject=subject,
        term=term or rule.term,
        date=date_words(item.fact.date if item is not None else None),
        outcome="verdict" if contradicts else "not assessable",
        verdict=f"not supported: {rule.term} in conflict" if contradicts else None,
        basis="computed" if contradicts else None,
        reason=reason,
        clause=rule.clause,
        cite=rule.cite,
        provenance=rule.provenance,
        facts=tuple(dict.fromkeys((*((subject,) if item else ()), *facts))),
        missing=tuple(dict.fromkeys(missing)),
        notes=(rule.reading,) if rule.reading else (),
    )
