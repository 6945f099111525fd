"""All verdicts of a course: one for each occasion, standard and axis."""

from __future__ import annotations

from collections.abc import Iterable

from residua.course.course import Course
from residua.course.occasions import occasions
from residua.errors import UsageError, nearest
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_status import judge_mrd
from residua.judgements.readings import extramedullary
from residua.judgements.relapse import judge_relapse
from residua.judgements.reports import (
    REMISSION,
    Report,
    in_remission,
    of_haematological_relapse,
    of_progression,
    reports_of,
)
from residua.judgements.response import judge_response
from residua.judgements.setting import Setting, marrow_below_5
from residua.standards.response_books import BOOKS
from residua.standards.rulebook import load


def standard_names() -> tuple[str, ...]:
    """The standards of response, MRD and relapse, as ``name version``."""
    return tuple(load(book).name for book in BOOKS)


def judge(course: Course, standards: Iterable[str] | None = None) -> tuple[Judgement, ...]:
    """Every verdict of the standards (``name version``; default: all) over a course.

    In the order of the course, then of the standards, then by term. Raises `UsageError` for a
    standard that is not known.
    """
    asked = _known(standards) if standards is not None else standard_names()
    window = int(load("conventions")["count-window"].limit_number)
    listed = occasions(course, count_window_days=window)
    found: list[Judgement] = []
    remission = False
    before: dict[str, bool] = {}
    for place, occasion in enumerate(listed):
        # what one day is judged under several ids stands in the remission before that day
        twins = (before[other] for other in occasion.same_day if other in before)
        before[occasion.subject] = next(twins, remission)
        setting = Setting(course, listed, place, before[occasion.subject])
        here = _judge_occasion(setting)
        remission = _remission_after(setting, here)
        found += _ordered(here)
    return tuple(j for j in found if f"{j.standard} {j.version}" in asked)


def _known(standards: Iterable[str]) -> tuple[str, ...]:
    asked, known = tuple(standards), standard_names()
    for name in asked:
        if name not in known:
            raise UsageError(f"standard {name!r} is not known: {nearest(name, known)}")
    return asked


def _judge_occasion(setting: Setting) -> list[Judgement]:
    """Relapse first: where there is one, response is not judged."""
    relapse = list(judge_relapse(setting))
    found = [*judge_mrd(setting), *relapse]
    if not any(_is_relapse(judgement) for judgement in relapse):
        found += judge_response(setting)
    return found


def _is_relapse(judgement: Judgement) -> bool:
    word = (judgement.verdict or "").split(":", 1)[0]
    return word in ("haematological relapse", "MRD relapse", "molecular relapse")


def _remission_after(setting: Setting, found: list[Judgement]) -> bool:
    """Whether the patient is in remission after an occasion.

    By any standard, by a report that the marrow does not contradict, or by a treated marrow
    with less than 5 % blasts and no extramedullary disease stated.
    """
    words = {(j.verdict or "").split(":", 1)[0] for j in found}
    reports = reports_of(setting.occasion)
    if "haematological relapse" in words or any(_ends_remission(r) for r in reports):
        return False
    cleared = marrow_below_5(setting.course, setting.occasion)
    outside = extramedullary(setting.course, setting.occasion).given
    shown = cleared is True and bool(setting.occasion.therapies) and outside in (None, False)
    reported = cleared is not False and any(in_remission(r) for r in reports)
    return setting.remission or bool(words & set(REMISSION)) or reported or shown


def _ends_remission(report: Report) -> bool:
    return of_haematological_relapse(report) or of_progression(report)


def _ordered(found: list[Judgement]) -> list[Judgement]:
    rank = {load(book).standard: place for place, book in enumerate(BOOKS)}
    terms = ("response", "mrd", "relapse")

    def key(judgement: Judgement) -> tuple[int, int, str]:
        axis = judgement.term.split("-")[0]
        return (rank[judgement.standard], terms.index(axis), judgement.term)

    return sorted(found, key=key)
