"""Whether an occasion belongs to the setting of INO-VATE: after inotuzumab ozogamicin."""

from __future__ import annotations

from residua.course.course import Course
from residua.course.occasions import Occasion
from residua.course.targets import targeting

INO = "inotuzumab ozogamicin"
WITHOUT_INO = f"no {INO} before this in the line of therapy"
INO_UNKNOWN = f"whether {INO} was given before"


def after_ino(course: Course, occasion: Occasion) -> bool | None:
    """Whether the drug was given before, in the line of therapy in force; None if not known."""
    given = _treatments(course)
    before = [p.id for p in occasion.therapies if p.id in given]
    lines = [course.line_of(treatment) for treatment in before]
    if any(line is not None and line.number == occasion.line for line in lines):
        return True
    return None if any(p.id in given for p in occasion.unordered) else False


def since_ino(course: Course, occasion: Occasion) -> tuple[str, ...]:
    """A remark where other therapy was given after the drug: the response is not its alone."""
    given = _treatments(course)
    names = [p.id for p in occasion.therapies]
    last = max((place for place, name in enumerate(names) if name in given), default=-1)
    others = names[last + 1 :] if last >= 0 else []
    return (f"{', '.join(others)} was given since {INO}",) if others else ()


def _treatments(course: Course) -> set[str]:
    return {t.treatment for t in targeting(course) if t.therapy == INO}
