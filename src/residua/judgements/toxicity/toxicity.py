"""CTCAE grades of a course: one judgement per episode, term and version."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.episode_judgements import judge_episode
from residua.judgements.toxicity.episodes import episodes_of
from residua.judgements.toxicity.febrile import febrile_series
from residua.judgements.toxicity.graded import grade_course
from residua.judgements.toxicity.not_graded import judge_not_graded
from residua.judgements.toxicity.reported import judge_reported
from residua.judgements.toxicity.support import given_support


def judge_toxicity(course: Course) -> tuple[Judgement, ...]:
    """Every episode of grade 1 or worse, adverse events as reported, and what is not assessable.

    Both versions of CTCAE judge; the one published after the event is marked. No judgement
    lays an episode to a treatment: the window lists all that come into question.
    """
    series = (*grade_course(course), *febrile_series(course))
    given = given_support(course)
    found: list[Judgement] = []
    episodes = [(one, episodes_of(one)) for one in series]
    for one, listed in episodes:
        found += [judge_episode(course, one, episode, given) for episode in listed]
    return (*found, *judge_reported(course, series), *judge_not_graded(episodes))
