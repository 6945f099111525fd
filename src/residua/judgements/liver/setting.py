"""What is judged of SOS/VOD beside the signs themselves: the episode, the age, the assertions."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import own_day
from residua.judgements.judgement import Judgement
from residua.judgements.liver.episode import Episode
from residua.judgements.liver.reports import Report
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
        day, published = own_day(item.fact), book.rulebook.published
        first, latest = published.span.earliest if published else None, item.span.latest
        return Judgement(
            standard=book.rulebook.standard,
            version=book.rulebook.version,
            subject=item.id,
            term=term,
            date=day.text if day else "",
            outcome="not assessable",
            reason="",
            clause="",
            cite="",
            provenance="",
            published_after_event=bool(first and latest and first > latest),
        )

    def day_words(self, day: int) -> str:
        """A day of the episode as people read it."""
        if self.episode.kind == "transplant":
            return f"day {day}"
        if day < 0:
            return f"{-day} {'day' if day == -1 else 'days'} before the last dose"
        return f"day {day} after the last dose"
