"""CD19 and CD22 at a decision: the latest reading, and what therapy since says of it.

A negative reading after therapy against the antigen holds until it is read again; a positive one
from before such therapy, or older than its look-back, no longer counts. Both are Residua's
choice, on the safe side.
"""

from __future__ import annotations

from decimal import Decimal

from residua.course.placing import Placed
from residua.course.targets import targeting
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Phenotype
from residua.facts.fact import Fact
from residua.facts.quantity import Quantity
from residua.judgements.antigen_masking import may_mask
from residua.judgements.options.known import Known, dated, not_stated, too_old
from residua.judgements.options.point import STATE, Point
from residua.standards.antigen_positivity import is_positive, positivity_rule


def cd19_positive(point: Point) -> Known:
    """Whether the blasts carry CD19."""
    return _positive(point, "CD19")


def cd22_positive(point: Point) -> Known:
    """Whether the blasts carry CD22."""
    return _positive(point, "CD22")


def cd22_percent(point: Point) -> Known:
    """On how many of the blasts CD22 was read, where that reading counts."""
    if cd22_positive(point).given is None:
        return not_stated("CD22 on how many of the blasts")
    values = [item for item in _latest(point, "CD22") if _percent(item.fact) is not None]
    if not values:
        return not_stated("CD22 on how many of the blasts")
    given = tuple(Quantity(Decimal(str(_percent(item.fact))), "%") for item in values)
    ids = tuple(item.id for item in values)
    return Known(f"{given[0]} of the blasts", given[0] if len(set(given)) == 1 else given, ids)


def _positive(point: Point, marker: str) -> Known:
    latest = _latest(point, marker)
    if not latest:
        return not_stated(f"{marker} on the blasts")
    signs = dict.fromkeys(_sign(item.fact, marker) for item in latest)
    ids = tuple(item.id for item in latest)
    words = "; ".join(_words(point, item, marker) for item in latest)
    if len(signs) > 1:
        missing = (f"which reading of {marker} holds",)
        return Known(f"readings in conflict: {words}", tuple(map(bool, signs)), ids, missing)
    known = Known(words, next(iter(signs)), ids, provenance=_provenance(latest))
    return _positive_now(point, marker, known) if known.given else _negative(point, marker, known)


def _positive_now(point: Point, marker: str, known: Known) -> Known:
    """A positive reading counts where no therapy against the antigen and no long time followed."""
    item = point.course.by_id[known.facts[-1]]
    since = _therapies(point, marker, since=item)
    if since:
        words = f"{known.words}; since then {', '.join(since)} against {marker}"
        return Known(f"{words}: not read again", None, known.facts, (f"{marker} read again",))
    if not point.fresh(item, STATE):
        return too_old(point, item, marker, STATE)
    return known


def _negative(point: Point, marker: str, known: Known) -> Known:
    """A negative reading holds until the next where therapy against the antigen came before it."""
    item = point.course.by_id[known.facts[-1]]
    after = [name for name in _therapies(point, marker) if not _follows(point, name, item)]
    if after:
        mask = may_mask(point.course, marker, item.id)
        note = (str(mask),) if mask is not None else ()
        words = f"{known.words}, after {', '.join(after)} against it: until re-tested"
        return Known(words, False, known.facts, (), note, known.provenance)
    return known if point.fresh(item, STATE) else too_old(point, item, marker, STATE)


def _latest(point: Point, marker: str) -> tuple[Placed, ...]:
    """The readings of what was decided at, else the last ones before; all of one occasion."""
    known = [item for item in point.course.placed if _sign(item.fact, marker) is not None]
    here = tuple(item for item in known if point.here(item))
    before = [item for item in known if point.before(item)]
    return here or tuple(item for item in before if _together(item, before[-1]))


def _together(a: Placed, b: Placed) -> bool:
    same = a.fact.assessment is not None and a.fact.assessment == b.fact.assessment
    return same or a.id == b.id or (a.dated and b.dated and a.span == b.span)


def _therapies(point: Point, marker: str, *, since: Placed | None = None) -> list[str]:
    """Therapies against the marker that began, or may have, before the point."""
    begun = {item.id for items in point.therapies for item in items}
    given = [t.treatment for t in targeting(point.course) if t.marker == marker]
    given = [name for name in dict.fromkeys(given) if name in begun]
    return [n for n in given if since is None or _follows(point, n, since)]


def _follows(point: Point, therapy: str, item: Placed) -> bool:
    return point.course.position[therapy] > point.course.position[item.id]


def _sign(fact: Fact, marker: str) -> bool | None:
    if isinstance(fact, Phenotype):
        if marker in fact.positive and marker in fact.negative:
            return None
        return marker in fact.positive if marker in (*fact.positive, *fact.negative) else None
    if not isinstance(fact, AntigenReading) or fact.marker != marker:
        return None
    if fact.positive is not None:
        return fact.positive
    return is_positive(fact.percent) if fact.percent is not None else None


def _percent(fact: Fact) -> float | None:
    return fact.percent if isinstance(fact, AntigenReading) else None


def _words(point: Point, item: Placed, marker: str) -> str:
    percent = _percent(item.fact)
    sign = "positive" if _sign(item.fact, marker) else "negative"
    value = f"{marker} {sign}" if percent is None else f"{marker} on {percent:g} % of the blasts"
    return f"{value} {dated(point, item)}"


def _provenance(latest: tuple[Placed, ...]) -> str:
    """That of the rule of positivity where only a percentage was given."""
    named = any(_percent(i.fact) is None or getattr(i.fact, "positive", None) for i in latest)
    return "" if named else positivity_rule().provenance
