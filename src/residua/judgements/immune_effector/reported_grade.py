"""Which reported grades speak of a scale, and whether they settle it."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.placing import Placed
from residua.judgements.immune_effector.episodes import Reported
from residua.judgements.unjudged import counted_under
from residua.standards.grade_book import GradeBook

USUAL = {"astct-crs", "astct-icans"}
"""The scales under which a grade without a scale counts, from their publication on."""
_CALLED = {"astct": USUAL, "asbmt": USUAL, "lee": {"lee"}, "lee-2014": {"lee"}, "penn": {"penn"}}
UNSCALED = counted_under("ASTCT, the scale usual from 2019 on")


@dataclass(frozen=True)
class Told:
    """The reports that count under a scale, and remarks on all that there are."""

    counting: tuple[Reported, ...]
    notes: tuple[str, ...]

    @property
    def grades(self) -> tuple[int, ...]:
        """The grades reported, each once."""
        found = (report.grade for report in self.counting if report.grade is not None)
        return tuple(dict.fromkeys(found))


def told(book: GradeBook, infusion: Placed, reports: tuple[Reported, ...]) -> Told:
    """The reports that speak of the scale.

    A syndrome denied without a scale is grade 0 on each; a grade without a scale counts under
    ASTCT where the infusion was surely in 2019 or later.
    """
    counting = tuple(r for r in reports if _speaks(book, infusion, r))
    notes = [report.quotation for report in reports if report.grade is not None or report.present]
    notes += [f"the source adds: {report.value}" for report in reports if report.value]
    if any(not r.standard and r.present is not False for r in counting if r.grade is not None):
        notes.append(UNSCALED)
    return Told(counting, tuple(dict.fromkeys(notes)))


def _speaks(book: GradeBook, infusion: Placed, report: Reported) -> bool:
    if report.standard:
        named = {report.standard} | _CALLED.get(report.standard, set())
        return book.standard in named and report.version in ("", book.version)
    if report.present is False:
        return True
    begins = book.published.span.earliest if book.published else None
    earliest = infusion.span.earliest
    recent = earliest is not None and begins is not None and earliest >= begins
    return book.standard in USUAL and recent
