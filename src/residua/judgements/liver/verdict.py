"""The verdict of one standard over one episode, from the state of its criteria on every day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from residua.course.course import Course
from residua.facts.quantity import Quantity
from residua.judgements.liver.episode import Episode, followed_to
from residua.judgements.liver.inputs import Inputs
from residua.judgements.liver.timeline import Mark, Timeline, points, state_at_some_day
from residua.standards.criteria_book import NONE, CriteriaBook
from residua.standards.criteria_ruling import (
    DAY,
    CriteriaRuling,
    Options,
    rule_on_criteria,
    strongest,
)
from residua.standards.rulebook import Rule
from residua.standards.truth import holdings

SOME_DAY = None
"""The day of what happened on a day that the record does not tell."""


@dataclass(frozen=True)
class Found:
    """What a standard says of an episode.

    ``word`` is None where the unknown leaves several words in ``possible``. ``onset`` is the day
    on which a set was first met (None: not known), ``criteria`` the marks behind it, each with the
    day by which the record shows that sign gone in ``gone`` (None where it does not).
    """

    word: str | None
    possible: tuple[str, ...]
    ruling: CriteriaRuling
    onset: int | None
    criteria: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    gone: tuple[int | None, ...] = ()

    @property
    def met(self) -> bool:
        """Whether some set is met."""
        return self.word not in (None, NONE)


def judge_episode(course: Course, episode: Episode, inputs: Inputs) -> Found:
    """Try every day of the episode; a set is met on the first day that leaves no doubt."""
    marks = {rule.id: inputs.marks(rule) for rule in inputs.book.criteria if rule.quantity != DAY}
    behind = _Marks(inputs, {name: Timeline(one) for name, one in marks.items()}, _pain(inputs))
    days = _days(behind, episode, followed_to(course, episode))
    rulings = [(day, _ruling(behind, episode, day)) for day in days]
    met = [(day, ruling) for day, ruling in rulings if ruling.met]
    return _made(behind, met) if met else _not_made(behind, [ruling for _, ruling in rulings])


def _not_made(behind: _Marks, rulings: list[CriteriaRuling]) -> Found:
    """No set on any day, or what the day nearest to a verdict leaves open."""
    possible = _possible(behind.inputs.book, rulings)
    open_ones = [ruling for ruling in rulings if ruling.verdict is None]
    ruling = min(open_ones or rulings[:1], key=lambda one: len(one.missing))
    word = None if open_ones else NONE
    return Found(word, possible, ruling, None, (), behind.everything, ruling.missing)


def _made(behind: _Marks, met: list[tuple[int | None, CriteriaRuling]]) -> Found:
    """The first set that was met, or the strongest where the standard has levels."""
    onset, named, ruling = met[0][0], *met[0]
    if behind.inputs.book.levels:
        best = strongest(behind.inputs.book, [one.verdict or "" for _, one in met])
        named, ruling = next((day, one) for day, one in met if one.verdict == best)
    criteria = behind.holding(named, ruling)
    if not all(mark.exact for mark in criteria):
        onset = None  # a sign of an open day may have come earlier
    gone = tuple(behind.gone_by(mark) for mark in criteria)
    return Found(
        ruling.verdict, ruling.possible, ruling, onset, criteria, behind.everything,
        ruling.missing, gone,
    )  # fmt: skip


@dataclass(frozen=True)
class _Marks:
    """The marks by criterion, and those of what painful hepatomegaly is made of."""

    inputs: Inputs
    by_rule: dict[str, Timeline]
    pain: tuple[Timeline, Timeline]

    @cached_property
    def everything(self) -> tuple[Mark, ...]:
        """Every mark once."""
        return tuple(dict.fromkeys(mark for one in self._lines for mark in one.marks))

    @property
    def _lines(self) -> tuple[Timeline, ...]:
        return (*self.by_rule.values(), *self.pain)

    def state(self, rule: Rule, day: int | None) -> bool | None:
        """Whether a criterion held on a day; a test that is never on record was not done."""
        known = _state(self.by_rule[rule.id], day)
        if known is None and rule.quantity == "painful_hepatomegaly":
            large, pain = (_state(line, day) for line in self.pain)
            known = False if large is False else (pain if large else None)
        if known is None and rule.if_unavailable is not None:
            silent = all(one.given is False for one in self.inputs.seen[rule.quantity])
            return rule.if_unavailable if silent else None
        return known

    def holding(self, day: int | None, ruling: CriteriaRuling) -> tuple[Mark, ...]:
        """The marks of the criteria of the deciding sets that held on a day: how each began."""
        named = {rule for one in ruling.deciding for rule in one.rules}
        found: list[Mark] = []
        for rule in self.inputs.book.criteria:
            if rule.quantity == DAY or rule.id not in named or not self.state(rule, day):
                continue
            made_of = [self.by_rule[rule.id]]
            if rule.quantity == "painful_hepatomegaly":
                made_of += self.pain
            for line in made_of:
                found += _run(line.marks, day)[:1]
        return tuple(dict.fromkeys(found))

    def gone_by(self, mark: Mark) -> int | None:
        """The day by which the record shows the sign of a mark gone; None where it does not."""
        alike = (line.marks for line in self._lines if mark in line.marks)
        listed = [m for marks in alike for m in marks if m.exact]
        held = max((m.end for m in listed if m.holds), default=None)
        gone = [m.where.lo for m in listed if not m.holds]
        return min((d for d in gone if held is not None and d > held), default=None)


def _pain(inputs: Inputs) -> tuple[Timeline, Timeline]:
    """The marks of hepatomegaly and of pain, for what asks for both together."""
    rule = next((r for r in inputs.book.criteria if r.quantity == "painful_hepatomegaly"), None)
    if rule is None:
        return Timeline(()), Timeline(())
    large, pain = (
        Timeline(Inputs(inputs.book, {"painful_hepatomegaly": inputs.seen[sign]}).marks(rule))
        for sign in ("hepatomegaly", "ruq_pain")
    )
    return large, pain


def _run(marks: tuple[Mark, ...], day: int | None) -> list[Mark]:
    """The marks, up to a day, since the sign was last known not to hold, in their order."""
    listed = sorted(
        (m for m in marks if not m.general and (day is None or m.where.lo <= day)),
        key=lambda mark: mark.where.lo,
    )
    gone = max((m.end for m in listed if not m.holds and m.exact), default=None)
    held = [m for m in listed if m.holds]
    return [m for m in held if gone is None or m.where.lo > gone] or held[-1:]


def _state(line: Timeline, day: int | None) -> bool | None:
    return state_at_some_day(line.marks) if day is SOME_DAY else line.state(day)


def _days(behind: _Marks, episode: Episode, last: int | None) -> tuple[int | None, ...]:
    """Days that stand for all of the episode, and "some day" where a fact has no day."""
    undated = any(not m.exact and (m.holds or m.general) for m in behind.everything)
    if last is None:
        return (SOME_DAY,)
    limits = [int(_limit(rule)) for rule in behind.inputs.book.rules_on(DAY)]
    steps = {limit + 1 for limit in limits if episode.first <= limit + 1 <= last}
    found = sorted({*points(behind.everything, episode.first, last), *steps})
    return (*found, SOME_DAY) if undated or not found else tuple(found)


def _limit(rule: Rule) -> Decimal:
    assert isinstance(rule.limit, Quantity)  # a day is a number
    return rule.limit.to("d").value


def _ruling(behind: _Marks, episode: Episode, day: int | None) -> CriteriaRuling:
    book = behind.inputs.book
    options: dict[str, Options] = {}
    carried = _carried_into_late(behind, day)
    for quantity in book.quantities:
        if quantity == DAY:
            options[quantity] = _day_options(book, day)
            continue
        (rule,) = book.rules_on(quantity)
        held = behind.state(rule, day)
        held = None if held and carried else held
        ways = {True: [{rule.id}], False: [set[str]()], None: [{rule.id}, set()]}[held]
        options[quantity] = tuple(frozenset(way) for way in ways)
    return rule_on_criteria(book, options, anchored=episode.kind == "transplant")


def _carried_into_late(behind: _Marks, day: int | None) -> bool:
    """Whether a set that begins after a day rests on signs that were all last seen before it.

    They make no late onset: whether they lasted is not known.
    """
    begins = [rule for rule in behind.inputs.book.rules_on(DAY) if rule.comparison == "above"]
    if day is SOME_DAY or not begins or day <= (limit := int(_limit(begins[0]))):
        return False
    seen = [mark for mark in behind.everything if mark.holds and mark.where.lo <= day]
    latest = [mark.end if mark.exact else mark.where.hi for mark in seen]
    return all(end is not None and end <= limit for end in latest)


def _day_options(book: CriteriaBook, day: int | None) -> Options:
    given = None if day is SOME_DAY else Quantity(Decimal(day), "d")
    return holdings(book.rules_on(DAY), given)


def _possible(book: CriteriaBook, rulings: list[CriteriaRuling]) -> tuple[str, ...]:
    named = {word for ruling in rulings for word in ruling.possible}
    return tuple(dict.fromkeys(one.verdict for one in book.sets if one.verdict in named))
