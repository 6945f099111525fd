"""SOS/VOD after every transplant and every course of inotuzumab ozogamicin.

Every set of criteria that fits the patient's age is judged: one diagnosis a set, and one severity
where the standard has one and the diagnosis is made. Where the record says nothing of the liver,
one judgement says so, under the set that was in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from residua.course.age import younger_than
from residua.course.course import Course
from residua.facts.quantity import Quantity
from residua.judgements.judgement import Judgement
from residua.judgements.liver.diagnosis import diagnosed, silent
from residua.judgements.liver.episode import Episode, episodes
from residua.judgements.liver.inputs import inputs_of
from residua.judgements.liver.reports import reports_of
from residua.judgements.liver.setting import Setting
from residua.judgements.liver.severe import severity_judgement
from residua.judgements.liver.verdict import judge_episode
from residua.standards.criteria_book import CriteriaBook, load_criteria

ADULT = ("ebmt_vod_2016", "ebmt_vod_2023")
CHILD = ("ebmt_vod_paediatric_2018",)
ANY_AGE = ("baltimore", "seattle")


def judge_vod(course: Course) -> tuple[Judgement, ...]:
    """Every judgement of SOS/VOD, in the order of the course, then of the sets."""
    listed = episodes(course)
    return tuple(one for episode in listed for one in _of_episode(course, episode, listed))


def _of_episode(
    course: Course, episode: Episode, listed: tuple[Episode, ...]
) -> Iterator[Judgement]:
    limit = load_criteria(CHILD[0]).rulebook["child"].limit
    assert isinstance(limit, Quantity)  # an age
    child = younger_than(course, episode.item, limit)
    books = _books(child)
    stated = [inputs_of(course, episode, book) for book in books]
    reports = reports_of(course, episode, listed)
    setting = Setting(course, episode, listed, child, reports, _in_force(episode, books))
    if not reports and not any(inputs.anything() for inputs in stated):
        book = next(book for book in books if book.name == setting.in_force)
        yield silent(setting, book)
        return
    for inputs in stated:
        found = judge_episode(course, episode, inputs)
        diagnosis = diagnosed(setting, inputs, found)
        severity = severity_judgement(setting, inputs.book, found, diagnosis)
        if severity is not None:
            words = severity.verdict or severity.outcome
            details = (*diagnosis.details, ("severity", words))
            diagnosis = replace(diagnosis, details=details)
        yield diagnosis
        if severity is not None:
            yield severity


def _books(child: bool | None) -> tuple[CriteriaBook, ...]:
    """The sets for adults, for children, or for both where the age is open."""
    names = {True: CHILD, False: ADULT, None: (*ADULT, *CHILD)}[child]
    return tuple(load_criteria(name) for name in (*names, *ANY_AGE))


def _in_force(episode: Episode, books: tuple[CriteriaBook, ...]) -> str:
    """The EBMT set of the day on which the episode began: the last one that was out."""
    day = episode.item.span.latest
    ebmt = [book for book in books if book.rulebook.published is not None]
    out = [book for book in ebmt if day is None or _published(book) <= day]
    adult = [book for book in out or ebmt[:1] if book.rulebook.standard == "ebmt-vod"]
    return (adult or out or ebmt)[-1].name


def _published(book: CriteriaBook) -> date:
    published = book.rulebook.published
    return (published.span.earliest if published else None) or date.min
