"""Supports given again and again within days, as one bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from residua.course.course import Course, duration
from residua.facts.support import Support
from residua.views.timeline_item import TimelineItem

_LONGEST_GAP = 14  # days between two of one kind that are drawn together


def join_supports(course: Course, items: Sequence[TimelineItem]) -> list[TimelineItem]:
    """`items` in the order of the course; dated supports of one kind within 14 days are joined."""
    joined: list[TimelineItem] = []
    open_runs: dict[str, int] = {}
    for item in items:
        fact = course.by_id[item.ids[0]].fact
        if not isinstance(fact, Support) or fact.end or not course.by_id[fact.id].dated:
            joined.append(item)
            continue
        at = open_runs.get(fact.kind)
        if at is not None and _near(course, joined[at].ids[-1], fact.id):
            joined[at] = _with(joined[at], item, fact.kind)
        else:
            open_runs[fact.kind] = len(joined)
            joined.append(item)
    return joined


def _near(course: Course, first: str, second: str) -> bool:
    gap = duration(course.by_id[first].span, course.by_id[second].span)
    return gap.longest is not None and gap.longest <= _LONGEST_GAP


def _with(run: TimelineItem, item: TimelineItem, kind: str) -> TimelineItem:
    ids = (*run.ids, *item.ids)
    title = f"{kind[:1].upper()}{kind[1:]}, {len(ids)} times"
    simulated = run.simulated or item.simulated
    return replace(run, ids=ids, last=item.ids[0], title=title, simulated=simulated)
