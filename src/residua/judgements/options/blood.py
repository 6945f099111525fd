"""Blood values at a decision: the last of each, within its look-back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from residua.course.lab_series import LabPoint, lab_series
from residua.course.placing import Placed
from residua.facts.quantity import Quantity
from residua.judgements.options.known import Known, dated, not_stated, too_old
from residua.judgements.options.point import BLOOD, Point
from residua.standards.truth import Given

_ENDLESS = Decimal("Infinity")
_NAMES = {"alt": "ALT", "ast": "AST", "qtcf": "QTcF", "blasts": "blasts in blood"}


def bilirubin_uln(point: Point) -> Known:
    """Total bilirubin as a multiple of the upper limit of normal."""
    return _multiple(point, "bilirubin")


def transaminases_uln(point: Point) -> Known:
    """The higher of ALT and AST as a multiple; with only one of them at least that."""
    both = (_multiple(point, "alt"), _multiple(point, "ast"))
    words = "; ".join(known.words for known in both)
    facts = tuple(fact for known in both for fact in known.facts)
    missing = tuple(name for known in both for name in known.missing)
    lows, highs = zip(*(_ends(known.given) for known in both), strict=True)
    return Known(words, _between(max(lows), max(highs)), facts, missing)


def _ends(given: Given) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that a multiple may be."""
    values = given if isinstance(given, tuple) else (given,)
    lows, highs = [], []
    for value in values:
        known = value if isinstance(value, Quantity) else Quantity(Decimal(0), "1", ">=")
        lows.append(Decimal(0) if "<" in known.comparator else known.value)
        highs.append(_ENDLESS if ">" in known.comparator else known.value)
    return min(lows), max(highs)


def _between(low: Decimal, high: Decimal) -> Given:
    if high == _ENDLESS:
        return Quantity(low, "1", ">=") if low else None
    ends = (Quantity(low), Quantity(high))
    return ends[0] if low == high else ends


def neutrophils(point: Point) -> Known:
    """The neutrophil count."""
    return _count(point, "neutrophils")


def platelets(point: Point) -> Known:
    """The platelet count."""
    return _count(point, "platelets")


def qtcf(point: Point) -> Known:
    """The QT interval by Fridericia, a row of labs.csv in ms."""
    return _value(point, "qtcf", "time")


def blood_blasts(point: Point) -> Known:
    """Blasts per volume of blood: as counted, or none where their share is zero.

    Else their share times the leucocytes of the same draw.
    """
    items = _latest(point, "blasts")
    if not items:
        return not_stated("blasts in blood")
    if not point.fresh(items[-1].item, BLOOD):
        return too_old(point, items[-1].item, "blasts in blood", BLOOD)
    leucocytes = [p for p in lab_series(point.course, "wbc") if p.item.span == items[-1].item.span]
    counts = [_as_count(item, leucocytes) for item in items]
    ids = tuple(item.id for item in (*items, *leucocytes))
    words = f"blasts in blood {items[-1].value} {dated(point, items[-1].item)}"
    if any(count is None for count in counts):
        return Known(words, None, ids, ("leucocytes of the same draw",))
    return Known(words, _one(count for count in counts if count is not None), ids)


def _as_count(blasts: LabPoint, leucocytes: list[LabPoint]) -> Quantity | None:
    value = blasts.value
    if value.kind == "count concentration":
        return value
    if value.value == 0 and not value.comparator:
        return Quantity(value.value, "/uL")
    if len(leucocytes) != 1 or leucocytes[0].value.comparator or not _one_draw(blasts, leucocytes):
        return None
    whole = leucocytes[0].value
    return Quantity(whole.to("/uL").value * value.to("1").value, "/uL", value.comparator)


def _one_draw(blasts: LabPoint, leucocytes: list[LabPoint]) -> bool:
    return blasts.day is not None and leucocytes[0].day == blasts.day


def _multiple(point: Point, analyte: str) -> Known:
    name = _NAMES.get(analyte, analyte)
    known = _value(point, analyte, None)
    if known.given is None:
        return known
    labs = [p for p in lab_series(point.course, analyte) if p.id in known.facts]
    if any(p.lab.upper is None or p.lab.upper.value <= 0 for p in labs):
        limit = f"upper limit of normal of {name}"
        return Known(f"{known.words}, {limit} not stated", None, known.facts, (limit,))
    ratios = [_ratio(p) for p in labs]
    words = f"{known.words}, {round(ratios[-1].value, 2)} x ULN"
    return Known(words, _one(ratios), known.facts)


def _ratio(point: LabPoint) -> Quantity:
    assert point.lab.upper is not None  # asked before
    upper = point.lab.upper.to(point.value.unit)
    return Quantity(point.value.value / upper.value, "1", point.value.comparator)


def _count(point: Point, analyte: str) -> Known:
    return _value(point, analyte, "count concentration")


def _value(point: Point, analyte: str, kind: str | None) -> Known:
    name = _NAMES.get(analyte, analyte)
    items = [p for p in _latest(point, analyte) if kind in (None, p.value.kind)]
    if not items:
        return not_stated(name)
    if not point.fresh(items[-1].item, BLOOD):
        return too_old(point, items[-1].item, name, BLOOD)
    ids = tuple(item.id for item in items)
    words = " and ".join(str(item.value) for item in items)
    missing = ("which value holds",) if len(items) > 1 else ()
    told = f"{name} {words} {dated(point, items[-1].item)}"
    return Known(told, _one(item.value for item in items), ids, missing)


def _latest(point: Point, analyte: str) -> list[LabPoint]:
    """The last values known by then; several where they are of one day."""
    known = [p for p in lab_series(point.course, analyte) if point.before(p.item)]
    return [p for p in known if _same(p.item, known[-1].item)]


def _same(a: Placed, b: Placed) -> bool:
    return a.id == b.id or (a.span == b.span and a.dated and b.dated)


def _one(values: Iterable[Quantity]) -> Given:
    listed = tuple(dict.fromkeys(values))
    return listed[0] if len(listed) == 1 else listed
