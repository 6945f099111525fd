"""What is looked up in long courses is what walking every fact finds. Oracles: the plain walks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.course.candidates import Candidates
from residua.course.course import arrange
from residua.course.occasions import _belongs, _mains
from residua.judgements.liver.episode import Where, days_in, episodes, followed_to
from residua.judgements.liver.timeline import Mark, Timeline, state
from residua.readers.case import read_case

ROOT = Path(__file__).parents[1] / "patients"
PATIENTS = sorted(path.parent.name for path in ROOT.glob("*/case.toml"))
days = st.integers(-4, 12)


def _course(name):
    return arrange(read_case(ROOT / name))


@pytest.mark.parametrize("name", PATIENTS)
def test_no_fact_that_belongs_to_an_occasion_is_left_out(name):
    course = _course(name)
    for window in (0, 3, 30):
        candidates = Candidates(course, window)
        for main in _mains(course):
            plain = [p.id for p in course.placed if _belongs(course, p, main, window)]
            near = [p for p in candidates.near(main) if _belongs(course, p, main, window)]
            assert [p.id for p in near] == plain


@pytest.mark.parametrize("name", PATIENTS)
def test_an_episode_is_followed_to_the_last_day_of_any_fact(name):
    course = _course(name)
    for episode in episodes(course):
        one_by_one = (days_in(course, episode, p.id).shortest for p in course.placed if p.dated)
        reached = [day for day in one_by_one if day is not None]
        some = (days_in(course, episode, p.id).shortest for p in course.days)
        assert max(reached, default=None) == max((d for d in some if d is not None), default=None)
        assert (followed_to(course, episode) is None) == (not reached)


@st.composite
def marks(draw):
    low = draw(days)
    high = draw(st.none() | st.integers(low, 14) | st.just(low))
    return Mark(
        Where(low, high, draw(st.booleans())),
        draw(st.booleans()),
        "fact",
        "a sign",
        draw(st.integers(1, 3)),
        draw(st.sampled_from([False, False, False, True])),
    )


@given(st.lists(marks(), max_size=8))
def test_the_sorted_marks_say_of_every_day_what_the_plain_walk_says(listed):
    line = Timeline(listed)
    for day in range(-6, 18):
        assert line.state(day) == state(listed, day)
