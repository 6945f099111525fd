"""What sources assert of SOS/VOD itself, and of which episode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.finding import Finding
from residua.judgements.liver.episode import Episode, began_before
from residua.judgements.liver.words import is_present, says_disease
from residua.standards.criteria_book import NONE, CriteriaBook
from residua.standards.severity_ruling import NAMES

VOD_STANDARDS = ("ebmt-vod", "ebmt-vod-paediatric", "baltimore", "seattle")


@dataclass(frozen=True)
class Report:
    """One assertion; ``standard`` is empty where it names no set of criteria of SOS/VOD."""

    fact: str
    present: bool
    quotation: str
    value: str
    grade: int | None
    standard: str
    version: str
    ended: str = ""

    def speaks_of(self, book: CriteriaBook, in_force: str) -> bool:
        """Whether an assertion counts under a standard: the one named, else that in force."""
        if not self.standard:
            return book.name == in_force
        same = self.standard == book.rulebook.standard
        return same and self.version in ("", book.rulebook.version)

    @property
    def severity(self) -> int | None:
        """The grade of severity that it names; 0 says nothing of one."""
        words = sorted(NAMES.items(), key=lambda named: -len(named[1]))
        named = (grade for grade, word in words if word in self.value.lower())
        return self.grade or next(named, None)


def reports_of(course: Course, episode: Episode, listed: tuple[Episode, ...]) -> tuple[Report, ...]:
    """The assertions about SOS/VOD of one episode, in the order of the course."""
    return tuple(
        _report(finding)
        for item, finding in course.of(Finding)
        if says_disease(finding)
        and is_present(finding) is not None
        and _episode_of(course, finding, listed) is episode
    )


def _episode_of(course: Course, finding: Finding, listed: tuple[Episode, ...]) -> Episode | None:
    """The episode that it names, else the last one before it; None where that is open."""
    named = [one for one in listed if one.id == finding.attribution]
    if named:
        return named[0]
    begun = [(one, began_before(course, one, finding.id)) for one in listed]
    may = [(one, before) for one, before in begun if before is not False]
    return may[-1][0] if may and (may[-1][1] or len(listed) == 1) else None


def _report(finding: Finding) -> Report:
    present = bool(is_present(finding))
    standard = (finding.standard or "").strip().lower()
    grade = f" grade {finding.grade_reported}" if finding.grade_reported is not None else ""
    value = f" ({finding.value})" if finding.value else ""
    words = f"{finding.term}{grade}{value}" if present else f"no {finding.term}"
    ours = standard in VOD_STANDARDS
    return Report(
        fact=finding.id,
        present=present,
        quotation=f"the source reports {words!r}",
        value=f"{finding.value or ''}" if ours or not standard else "",
        grade=finding.grade_reported if ours or not standard else None,
        standard=standard if ours else "",
        version=(finding.version or "") if ours else "",
        ended=finding.end.text if finding.end and present else "",
    )


def reported_word(
    reports: Iterable[Report], book: CriteriaBook, possible: tuple[str, ...], in_force: str
) -> tuple[str | None, tuple[Report, ...]]:
    """The verdict that the assertions support, with those behind it; None where they do not.

    A denial of the disease denies it under every set; an assertion gives a verdict only under the
    set that it names, or the one in force, and where it leaves one word.
    """
    listed = tuple(reports)
    denials = tuple(one for one in listed if not one.present)
    affirmed = tuple(one for one in listed if one.present)
    if denials and not affirmed:
        return (NONE, denials) if NONE in possible else (None, denials)
    told = tuple(one for one in affirmed if one.speaks_of(book, in_force))
    if denials or not told:
        return None, ()
    words = [word for word in possible if word != NONE]
    named = {word for one in told for word in words if word in one.value.lower()}
    left = named or set(words)
    return (left.pop() if len(left) == 1 else None), told
