"""NIH 2014: the global severity of chronic GVHD (1 mild, 2 moderate, 3 severe) by organ scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from residua.errors import ValueFault, nearest
from residua.standards.grade_book import Cell, GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import NOTHING_MET, find_term
from residua.standards.grade_completions import grade_of, met
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import weakest
from residua.standards.stated_conventions import conventions_of

OVERALL = "chronic-gvhd"
LUNGS, SKIN = "lungs", "skin"
ORGANS = (SKIN, "mouth", "eyes", "gi", "liver", LUNGS, "joints", "genital")
SKIN_SCORES = ("skin_bsa", "skin_features")
OTHER_CAUSE = "other-cause"
SCORES = ("0", "1", "2", "3")
SEVERITY = {1: "mild", 2: "moderate", 3: "severe"}
_LEFT_OUT = frozenset({0})

Scores = Mapping[str, frozenset[int]]
Way = tuple[int, int, int]


@dataclass(frozen=True)
class _Found:
    """The cells that may decide (None: none is met), and the organs that would settle which."""

    cells: tuple[Cell | None, ...]
    missing: tuple[str, ...]

    @property
    def grades(self) -> tuple[int, ...]:
        return tuple(sorted({grade_of(cell) for cell in self.cells}))


def book() -> GradeBook:
    """The cells of the global rule."""
    return load_grades("nih_cgvhd")


def grade(term: str, given: GradeInputs) -> Grading:
    """The global severity from the organ scores (0-3) among the findings.

    An organ that is not named was not assessed, which is not 0; ``other-cause`` leaves one out.
    ``skin_bsa`` and ``skin_features`` may stand for ``skin``, which is the higher of them;
    ``lungs`` is the score of FEV1. Raises ValueFault for a term, value or finding that does not
    fit.
    """
    find_term(book(), term or OVERALL)
    if given.value is not None:
        do = "state the scores with --finding"
        raise ValueFault(f"no value for {OVERALL}", "a value", do, field="value")
    scores = _scores(given.findings)
    return _grading(_found(scores), _shown(given.findings, scores))


def _scores(findings: Mapping[str, str]) -> Scores:
    """Organ -> the scores that it may have."""
    stated = {}
    for name, raw in findings.items():
        known = (*ORGANS, *SKIN_SCORES)
        if name not in known:
            expected = f"an organ that {OVERALL} asks for"
            do = nearest(name, known)
            raise ValueFault(expected, f"finding {name!r}", do, field="finding")
        stated[name] = _score(name, raw)
    if SKIN in stated and set(SKIN_SCORES) & stated.keys():
        do = "leave the one or the others out"
        raise ValueFault("the skin score or its two scores", "both", do, field="finding")
    if SKIN not in stated:
        parts = [stated.get(name, _any()) for name in SKIN_SCORES]
        stated[SKIN] = frozenset(max(pair) for pair in product(*parts))
    return {organ: stated.get(organ, _any()) for organ in ORGANS}


def _any() -> frozenset[int]:
    return frozenset(map(int, SCORES))


def _score(name: str, raw: str) -> frozenset[int]:
    word = _word(raw)
    if word == OTHER_CAUSE:
        return _LEFT_OUT
    if word not in SCORES:
        expected = f"{name}: one of {', '.join((*SCORES, OTHER_CAUSE))}"
        raise ValueFault(expected, "another word", "correct it", field="finding")
    return frozenset({int(word)})


def _word(raw: str) -> str:
    return raw.strip().lower().replace(" ", "-")


def _found(scores: Scores) -> _Found:
    cells = _cells(scores)
    grades = {grade_of(cell) for cell in cells}
    if len(grades) == 1:
        return _Found(cells, ())
    missing = tuple(organ for organ, possible in scores.items() if len(possible) > 1)
    return _Found(cells, missing)


def _cells(scores: Scores) -> tuple[Cell | None, ...]:
    term = find_term(book(), OVERALL)
    found = []
    for worst, organs, lungs in sorted(_ways(scores)):
        way: dict[str, Decimal | str | None]
        way = {"worst": str(worst), "organs": Decimal(organs), "lungs": str(lungs)}
        found.append(met(term, way))
    return tuple(dict.fromkeys(found))


def _ways(scores: Scores) -> set[Way]:
    """Every worst score, number of organs with a score, and lung score that may go together."""
    ways: set[Way] = {(0, 0, lungs) for lungs in scores[LUNGS]}
    for organ, possible in scores.items():
        if organ != LUNGS:
            ways = {_with(way, score) for way in ways for score in possible}
    return ways


def _with(way: Way, score: int) -> Way:
    worst, organs, lungs = way
    return (max(worst, score), organs + (score > 0), lungs)


def _grading(found: _Found, shown: str) -> Grading:
    cells = [cell for cell in found.cells if cell is not None]
    grades, standard = found.grades, book()
    behind = cells or list(find_term(standard, OVERALL).cells)
    conventions = conventions_of("nih_cgvhd").values()
    return Grading(
        standard=standard.standard,
        version=standard.version,
        term=OVERALL,
        grade=grades[0] if len(grades) == 1 else None,
        possible=grades,
        reason=_reason(found, shown),
        clause=_joined(cell.clause for cell in cells) or f"{OVERALL}: {NOTHING_MET}",
        cite=_joined(cell.cite for cell in behind),
        provenance=weakest(cell.provenance for cell in behind),
        missing=tuple(f"{organ} score" for organ in found.missing),
        readings=tuple(convention.clause for convention in conventions),
    )


def _shown(findings: Mapping[str, str], scores: Scores) -> str:
    """The scores that are settled, and the organs that are left out."""
    out = {name for name, raw in findings.items() if _word(raw) == OTHER_CAUSE}
    settled = [(organ, min(possible)) for organ, possible in scores.items() if len(possible) == 1]
    return ", ".join(f"{o} left out" if o in out else f"{o} {score}" for o, score in settled)


def _reason(found: _Found, shown: str) -> str:
    words = [f"{g} ({SEVERITY[g]})" if g else "0" for g in found.grades]
    said = f"grade {' or '.join(words)}"
    if found.missing:
        said = f"not assessed: {', '.join(found.missing)}; {said}"
    return f"{shown}: {said}" if shown else said


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
