"""The grade of one value by the cells of its term, or which grades what is unknown leaves open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from residua.errors import ValueFault, nearest
from residua.standards.grade_alike import outcome_alike
from residua.standards.grade_book import Cell, GradeBook, Term
from residua.standards.grade_completions import Outcome, grade_of
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grade_known import BASELINE, Known, known_of
from residua.standards.grading import Grading
from residua.standards.rulebook import weakest

ASKS = {
    "value": "the value",
    "lln": "the lower limit of normal",
    "uln": "the upper limit of normal",
    BASELINE: "the baseline",
}
NO_BASELINE = "there is no baseline: graded by the limits of normal alone, as admiral does"
NOTHING_MET = "no cell from grade 1 on is met"


@dataclass(frozen=True)
class _Said:
    """What follows from an outcome alone, whatever the value was."""

    grade: int | None
    possible: tuple[int, ...]
    text: str
    clause: str
    cite: str
    provenance: str
    missing: tuple[str, ...]
    readings: tuple[str, ...]
    decided: bool


def grade_by_cells(book: GradeBook, term_name: str, given: GradeInputs) -> Grading:
    """Grade one value; raises ValueFault for a term, unit or finding that does not fit."""
    term = find_term(book, term_name)
    known = known_of(term, given)
    found = outcome_alike(term, known)
    said = _said(term, found, bool(known.comparator))
    return Grading(
        standard=book.standard,
        version=book.version,
        term=term.id,
        grade=said.grade,
        possible=said.possible,
        reason=_reason(term, known, given, found, said),
        clause=said.clause,
        cite=said.cite,
        provenance=said.provenance,
        missing=said.missing,
        readings=_readings(term, known, given, said),
        flags=_flags(term, known, said),
    )


@cache
def find_term(book: GradeBook, name: str) -> Term:
    """The term by its id or its official name; raises ValueFault for one the book lacks."""
    asked = _plain(name)
    for term in book.terms:
        if asked in (term.id, _plain(term.name)):
            return term
    known = [term.id for term in book.terms]
    do = nearest(asked, known)  # what resembles no term may be anything, and is not repeated
    received = f"{name!r}" if name and do.startswith("write") else "another word"
    raise ValueFault(f"a term that is encoded of {book.name}", received, do, field="term")


def _plain(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=8192)
def _said(term: Term, found: Outcome, censored: bool) -> _Said:
    grades = sorted({grade_of(cell) for cell in found.cells})
    settled = len(grades) == 1
    cells = [cell for cell in found.cells if cell is not None]
    behind = cells or list(term.cells)
    missing = _missing(term, found, censored)
    return _Said(
        grade=grades[0] if settled and grades[0] >= 0 else None,
        possible=tuple(grade for grade in grades if grade >= 0),
        text=_texts(cells) if settled else f"not stated: {', '.join(missing)}; {_words(grades)}",
        clause="; ".join(dict.fromkeys(c.clause for c in cells)) or f"{term.name}: {NOTHING_MET}",
        cite="; ".join(dict.fromkeys(c.cite for c in behind)),
        provenance=weakest(c.provenance for c in behind),
        missing=missing,
        readings=tuple(dict.fromkeys(c.reading for c in cells if c.reading)),
        decided=settled,
    )


def _missing(term: Term, found: Outcome, censored: bool) -> tuple[str, ...]:
    """What would settle the grade, in words."""
    asks = ASKS | {kind.name: kind.asks for kind in term.findings}
    if censored:
        asks["value"] = "an exact value"
    return tuple(asks[name] for name in found.missing)


def _texts(cells: list[Cell]) -> str:
    texts = [c.text if c.grade is not None else f"{c.text}: {c.clause}" for c in cells]
    return " or ".join(dict.fromkeys(texts)) or NOTHING_MET


def _words(grades: list[int]) -> str:
    words = ["none printed" if grade < 0 else str(grade) for grade in grades]
    return f"grade {', '.join(words[:-1])} or {words[-1]}"


def _reason(term: Term, known: Known, given: GradeInputs, found: Outcome, said: _Said) -> str:
    shown = f"{term.id} {given.value}" if given.value else term.id
    if given.findings:
        shown += f" ({', '.join(f'{name} {word}' for name, word in given.findings.items())})"
    if not said.decided:
        return f"{shown}: {said.text}{_from_normal(term, known, found)}"
    stated = (("LLN", given.lln), ("ULN", given.uln), ("baseline", given.baseline))
    unit = given.value.unit if given.value else ""
    known_limits = [(name, q) for name, q in stated if q is not None]
    limits = ", ".join([f"{n} {q.value if q.unit == unit else q}" for n, q in known_limits])
    return f"{shown}: {limits}: {said.text}" if limits else f"{shown}: {said.text}"


def _from_normal(term: Term, known: Known, found: Outcome) -> str:
    """What the grade would be from a normal baseline, where only the baseline is missing."""
    if found.missing != (BASELINE,) or known.state:
        return ""
    normal = _said(term, outcome_alike(term, replace(known, state="normal")), False)
    return "" if normal.grade is None else f" (grade {normal.grade} from a normal baseline)"


def _readings(term: Term, known: Known, given: GradeInputs, said: _Said) -> tuple[str, ...]:
    more = [NO_BASELINE] if known.state == "none" else []
    if given.value is not None and term.conversion and given.value.unit in term.divided_by:
        more.append(term.conversion)
    return (*said.readings, *more)


def _flags(term: Term, known: Known, said: _Said) -> tuple[str, ...]:
    flags = [term.note] if term.note and set(said.possible) != {0} else []
    if term.confounded_by_baseline and known.baseline is not None:
        before = replace(known, value=known.baseline, comparator="", baseline=None)
        lowest = min(grade_of(cell) for cell in outcome_alike(term, before).cells)
        if lowest > 0:
            flags.append(
                f"baseline_confounded: the baseline was grade {lowest} already, so that the "
                "grade cannot be laid to a treatment"
            )
    return tuple(flags)
