"""Every way in which what is unknown may turn out, and the cell that each way meets.

For an unknown number one point is tried between (and on) every two limits that it may pass, so
a grade stands exactly where it does not depend on what is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from residua.standards.grade_book import Bound, Cell, Term
from residua.standards.grade_known import BASELINE, Known, whole, words_of
from residua.standards.rulebook import COMPARISONS

Point = Decimal | str | None
Way = dict[str, Point]
NUMBERS = ("value", "uln", "lln", BASELINE)
_BOUNDS = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
_RATIOS = ("uln", "lln", BASELINE)
_ONE, _HUNDRED = Decimal(1), Decimal(100)


@dataclass(frozen=True, eq=False)
class Outcome:
    """The cells that may decide (None: no cell is met), and the unknown inputs that matter."""

    cells: tuple[Cell | None, ...]
    missing: tuple[str, ...]


def outcome(term: Term, known: Known) -> Outcome:
    """All that `term` may say of what is known."""
    names = _order(term)
    found = [(way, met(term, way)) for way in _ways(term, known, names, {})]
    cells = tuple(dict.fromkeys(cell for _, cell in found))
    open_names = tuple(name for name in names if _unknown(name, known, term))
    grades = {grade_of(cell) for cell in cells}
    missing = tuple(n for n in open_names if _matters(n, names, found)) if len(grades) > 1 else ()
    return Outcome(cells, missing)


def met(term: Term, way: Mapping[str, Point]) -> Cell | None:
    """The worst cell that is met where everything is known; None where none is."""
    for cell in term.cells:
        if _meets(cell, way):
            return cell
    return None


def grade_of(cell: Cell | None) -> int:
    """The grade, 0 without a cell, and -1 where the text refers elsewhere."""
    return 0 if cell is None else -1 if cell.grade is None else cell.grade


def _meets(cell: Cell, way: Mapping[str, Point]) -> bool:
    if cell.baseline and not _baseline_is(cell.baseline, way):
        return False
    for bound in cell.bounds:
        if not _within(bound, way):
            return False
    return all(way[name] in words for name, words in cell.findings)


def _within(bound: Bound, way: Mapping[str, Point]) -> bool:
    number, limit = way[bound.of], bound.limit
    if bound.scale == "":
        return COMPARISONS[bound.comparison](number, limit)
    if bound.scale in ("uln", "lln"):
        return COMPARISONS[bound.comparison](number, limit * way[bound.scale])  # type: ignore[operator]
    baseline = way[BASELINE]
    if baseline is None or number is None:
        return False
    assert isinstance(baseline, Decimal)
    assert isinstance(number, Decimal)
    if bound.scale == BASELINE:
        return COMPARISONS[bound.comparison](number, limit * baseline)
    if bound.scale == "rise":
        return COMPARISONS[bound.comparison](number - baseline, limit)
    return COMPARISONS[bound.comparison]((baseline - number) * _HUNDRED, limit * baseline)


def _baseline_is(state: str, way: Mapping[str, Point]) -> bool:
    baseline = way[BASELINE]
    if baseline is None:
        return state in ("not high", "not low")
    if state in ("low", "not low"):
        return bool(baseline < way["lln"]) == (state == "low")  # type: ignore[operator]
    return bool(baseline > way["uln"]) == (state == "high")  # type: ignore[operator]


@cache
def _order(term: Term) -> tuple[str, ...]:
    """The inputs of the term in the order in which they are tried."""
    names = term.names
    numbers = tuple(name for name in NUMBERS if name in names)
    return (*numbers, *(kind.name for kind in term.findings))


def _unknown(name: str, known: Known, term: Term) -> bool:
    if name == "value":
        return known.value is None or bool(known.comparator)
    if name == BASELINE:
        return known.baseline is None and known.state != "none"
    if name in NUMBERS:
        return getattr(known, name) is None
    kind = next(kind for kind in term.findings if kind.name == name)
    stated = dict(known.findings).get(name)
    if stated is None:
        return not kind.absent
    return isinstance(stated, tuple) and len(stated) > 1


def _ways(term: Term, known: Known, names: tuple[str, ...], way: Way) -> Iterator[Way]:
    if len(way) == len(names):
        yield way
        return
    name = names[len(way)]
    for point in _points(term, known, name, way):
        yield from _ways(term, known, names, {**way, name: point})


def _points(term: Term, known: Known, name: str, way: Way) -> Iterable[Point]:
    if name == "value":
        return _values(term, known)
    if name in NUMBERS:
        stated = getattr(known, name)
        if stated is not None:
            return (stated,)
        if name == BASELINE and known.state == "none":
            return (None,)
        return _references(term, known, name, way)
    return _findings(term, known, name)


def _values(term: Term, known: Known) -> tuple[Decimal, ...]:
    """The value, or one for each way in which it may lie among the limits."""
    if known.value is not None and not known.comparator:
        return (known.value,)
    marks = set()
    for bound in (b for cell in term.cells for b in cell.bounds if b.of == "value"):
        marks |= _value_marks(bound, known)
    if known.value is not None:
        marks.add(known.value)
    points = _between(marks)
    if any(b.of == "value" and not b.scale and not b.limit for c in term.cells for b in c.bounds):
        points = (Decimal(0), *points)  # a cell that begins above 0 is not met at 0
    if known.value is not None:
        admits: Callable[..., bool] = COMPARISONS[_BOUNDS[known.comparator]]
        points = tuple(point for point in points if admits(point, known.value))
    return tuple(dict.fromkeys(map(whole, points))) if term.whole else points


def _value_marks(bound: Bound, known: Known) -> set[Decimal]:
    """Where the bound lies; an unknown reference may lie anywhere about the known ones."""
    if bound.scale == "":
        return {bound.limit}
    own = getattr(known, bound.scale if bound.scale in _RATIOS else BASELINE)
    others = (known.lln, known.uln, known.baseline) if own is None else (own,)
    references = {reference for reference in others if reference is not None}
    if bound.scale == "rise":
        return {reference + bound.limit for reference in references}
    factor = bound.limit if bound.scale in _RATIOS else _ONE - bound.limit / _HUNDRED
    return {factor * reference for reference in references}


def _between(marks: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Every mark and a point below, between and above them; all above 0."""
    ordered = sorted(mark for mark in marks if mark > 0)
    if not ordered:
        return (_ONE,)
    middle = [(a + b) / 2 for a, b in pairwise(ordered)]
    return tuple(sorted({ordered[0] / 2, *ordered, *middle, ordered[-1] * 2}))


def _references(term: Term, known: Known, name: str, way: Way) -> tuple[Decimal, ...]:
    """What an unknown limit of normal or baseline may be beside the numbers so far."""
    value = way.get("value")
    marks = {n for n in (known.lln, known.uln, known.baseline) if n is not None}
    marks |= {p for key, p in way.items() if key in ("uln", "lln") and isinstance(p, Decimal)}
    if isinstance(value, Decimal):
        for bound in (b for cell in term.cells for b in cell.bounds if b.of == "value"):
            marks |= _reference_marks(bound, name, value)
    numbers = {**{key: getattr(known, key) for key in NUMBERS}, **way}
    points = _between(marks)
    fitting = tuple(p for p in points if _agree({**numbers, name: p}, known.state))
    # a point on a mark meets the same cells as one beside it: only the latter are tried
    return tuple(p for p in fitting if p not in marks) or fitting


def _reference_marks(bound: Bound, name: str, value: Decimal) -> set[Decimal]:
    """Where a reference would put `value` exactly on the bound.

    Those of the other references count too, as the references are compared with each other.
    """
    if bound.scale in _RATIOS and bound.limit:
        return {value / bound.limit}
    if name == BASELINE and bound.scale == "rise":
        return {value - bound.limit}
    if bound.scale == "fall" and bound.limit < _HUNDRED:
        return {value / (_ONE - bound.limit / _HUNDRED)}
    return set()


def _agree(numbers: Mapping[str, Point], state: str) -> bool:
    """Whether limits and baseline fit each other and what was said of the baseline."""
    low, high, baseline = (numbers.get(name) for name in ("lln", "uln", BASELINE))
    if low is not None and high is not None and low > high:  # type: ignore[operator]
        return False
    if baseline is None or not state:
        return True
    over = high is not None and baseline > high  # type: ignore[operator]
    under = low is not None and baseline < low  # type: ignore[operator]
    if state == "normal":
        return not over and not under
    return (over or high is None) if state == "high" else (under or low is None)


def _findings(term: Term, known: Known, name: str) -> tuple[Point, ...]:
    kind = next(kind for kind in term.findings if kind.name == name)
    stated = dict(known.findings).get(name)
    if isinstance(stated, Decimal):
        return (stated,)
    if stated is not None:
        return stated
    if kind.unit:
        return _between(b.limit for cell in term.cells for b in cell.bounds if b.of == name)
    return (kind.absent,) if kind.absent else words_of(term, kind)


def _matters(name: str, names: tuple[str, ...], found: list[tuple[Way, Cell | None]]) -> bool:
    """Whether what is found changes with this input, those before it being the same."""
    before = names[: names.index(name)]
    groups: dict[tuple[Point, ...], dict[Point, set[int]]] = {}
    for way, cell in found:
        group = groups.setdefault(tuple(way[n] for n in before), {})
        group.setdefault(way[name], set()).add(grade_of(cell))
    return any(len({frozenset(s) for s in group.values()}) > 1 for group in groups.values())
