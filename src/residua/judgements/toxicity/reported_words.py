"""What a source says of an adverse event: its grade, its words, what it lays the event to."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.judgements.judgement import Details
from residua.judgements.toxicity.window import window_of
from residua.judgements.unjudged import counted_under
from residua.standards.grade_book import Term
from residua.standards.rulebook import weakest

SAID_AS_GRADE = counted_under("CTCAE, the version in force at its date")
WORDS = {("nausea", "mild"): 1}
"""Term and word -> grade, where the record holds a word in place of a grade."""
_WORD_NOTE = "the word 'mild' is read as grade 1 (Residua's choice)"


@dataclass(frozen=True)
class Source:
    """The place of a reported grade in the standard."""

    clause: str
    cite: str
    provenance: str
    notes: tuple[str, ...] = ()


def said_grade(finding: Finding, term: Term) -> int | None:
    """The grade as reported; an event that is denied is grade 0."""
    if finding.grade_reported is not None:
        return finding.grade_reported
    if finding.present is False:
        return 0
    return WORDS.get((term.id, (finding.value or "").strip().lower()))


def quoted(finding: Finding) -> str:
    """The assertion as it stands in the record."""
    if finding.grade_reported is not None:
        return f"the source reports {finding.term!r} of grade {finding.grade_reported}"
    if finding.present is False:
        return f"the source reports no {finding.term}"
    words = f": {finding.value!r}" if finding.value else ""
    return f"the source reports {finding.term!r}{words}"


def source_of(term: Term, grade: int, finding: Finding) -> Source:
    """Clause, citation and provenance of a grade of a term."""
    cells = [cell for cell in term.cells if cell.grade == grade]
    behind = cells or list(term.cells)
    clause = "; ".join(dict.fromkeys(cell.clause for cell in cells))
    by_word = finding.grade_reported is None and finding.present is not False
    provenance = weakest(cell.provenance for cell in behind)
    return Source(
        clause or f"{term.name}: no cell from grade 1 on is met",
        "; ".join(dict.fromkeys(cell.cite for cell in behind)),
        weakest((provenance, "choice")) if by_word else provenance,
        (_WORD_NOTE,) if by_word else (),
    )


def details_of(course: Course, item: Placed, finding: Finding) -> Details:
    """Onset, recovery and attribution in the words of the record, and the window."""
    told = [
        ("onset", _onset(finding)),
        ("recovery", _recovery(finding)),
        ("attribution", f"the source lays it to {finding.attribution}"
         if finding.attribution else ""),
        *(window_of(course, item, item) if finding.present is not False else ()),
    ]  # fmt: skip
    return tuple((name, words) for name, words in told if words)


def _onset(finding: Finding) -> str:
    if finding.date is not None:
        return finding.date.text
    return f"day not stated; after {finding.after}" if finding.after else "day not stated"


def _recovery(finding: Finding) -> str:
    text = finding.value or ""
    if any(word in text.lower() for word in ("recover", "resol")):
        return f"as the source says: {text!r}"
    return f"by {finding.end.text}, as the source says" if finding.end else ""
