"""The relapses of a course, and the therapies aimed at an antigen that came before each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.occasions import Occasion, occasions
from residua.course.relapse_words import denied
from residua.course.targets import Targeting, targeting
from residua.facts.assessment import Assessment
from residua.facts.treatment import CellInfusion
from residua.judgements.judgement import Judgement
from residua.judgements.reports import RELAPSE, of_relapse, reports_of
from residua.standards.rulebook import load


@dataclass(frozen=True)
class Relapse:
    """One relapse after one targeted therapy, with every occasion of its day."""

    course: Course
    occasion: Occasion
    together: tuple[Occasion, ...]
    therapy: Targeting
    ordered: bool
    """Whether the record puts the therapy before the relapse."""

    @property
    def cells(self) -> bool:
        """Whether the therapy was an infusion of cells."""
        return isinstance(self.course.by_id[self.therapy.treatment].fact, CellInfusion)


def relapses(course: Course, said: Iterable[Judgement]) -> Iterator[tuple[Relapse, ...]]:
    """For each relapse after targeted therapy, the last therapy against each antigen."""
    judged = {j.subject for j in said if (j.verdict or "").split(":")[0] in RELAPSE}
    window = int(load("conventions")["count-window"].limit_number)
    listed = occasions(course, count_window_days=window)
    done: set[str] = set()
    for occasion in listed:
        if occasion.subject in done or not (occasion.subject in judged or _says_so(occasion)):
            continue
        together = (occasion, *(o for o in listed if o.subject in occasion.same_day))
        done |= {o.subject for o in together}
        found = tuple(_after(course, occasion, together))
        if found:
            yield found


def _says_so(occasion: Occasion) -> bool:
    contexts = [a.context.lower() for a in occasion.of(Assessment) if a.context]
    named = any("relapse" in text and not denied(text) and _at(text) for text in contexts)
    return named or any(of_relapse(report) for report in reports_of(occasion))


def _at(text: str) -> bool:
    """Whether a context is the relapse itself and not what follows or precedes it."""
    return not any(word in text.split() for word in ("after", "post", "before", "since", "pre"))


def _after(course: Course, occasion: Occasion, together: tuple[Occasion, ...]) -> Iterator[Relapse]:
    before = {p.id: True for p in occasion.therapies} | {p.id: False for p in occasion.unordered}
    last: dict[str, Targeting] = {}
    for therapy in targeting(course):
        if therapy.treatment in before:
            last[therapy.marker] = therapy
    for therapy in last.values():
        yield Relapse(course, occasion, together, therapy, before[therapy.treatment])
