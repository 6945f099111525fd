"""What is judged of SOS/VOD beside the signs themselves: the episode, the age, the assertions."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import own_day
from residua.judgements.judgement import Judgement
from residua.judgements.liver.episode import Episode
from residua.judgements.liver.reports import Report
from residua.judgements.unjudged import unjudged
from residua.standards.criteria_book import CriteriaBook


@dataclass(frozen=True)
class Setting:
    """One episode; ``child`` None where the age is open, ``in_force`` the set of its day."""

    course: Course
    episode: Episode
    listed: tuple[Episode, ...]
    child: bool | None
    reports: tuple[Report, ...]
    in_force: str

    def base(self, book: CriteriaBook, term: str) -> Judgement:
        """A judgement of the episode under a standard, without an outcome yet."""
        item = self.episode.item
        return unjudged(book.rulebook, item.id, term, day=own_day(item.fact), span=item.span)

    def day_words(self, day: int) -> str:
        """A day of the episode as people read it."""
        if self.episode.kind == "transplant":
            return f"day {day}"
        if day < 0:
            return f"{-day} {'day' if day == -1 else 'days'} before the last dose"
        return f"day {day} after the last dose"
