"""What panel C draws of every MRD reading and blast count, decided before any drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen
from residua.views.course_words import series_name
from residua.views.places import host_of
from residua.views.wording import short_fraction

Strip = Literal[
    "positive, no number", "not detected, sensitivity not stated", "not assessable, no number"
]
STRIP_ABOVE: Strip = "positive, no number"
STRIPS_BELOW: tuple[Strip, ...] = (
    "not detected, sensitivity not stated",
    "not assessable, no number",
)


@dataclass(frozen=True)
class Series:
    """Readings that may be compared: one method, target, denominator, tissue."""

    name: str
    modality: str
    mrd: bool


@dataclass(frozen=True)
class MrdPoint:
    """One reading: at `level` on the log axis, or on a `strip` where it has no number.

    `short` is printed beside it, `value` says all in words. A point `not_detected` stands at its
    limit of detection; `arrow` says which way a censored value may lie. `interval` is counting
    uncertainty.
    """

    label: str
    fact: str
    host: str
    series: Series
    value: str
    short: str = ""
    level: float | None = None
    strip: Strip | None = None
    not_detected: bool = False
    arrow: Literal["", "up", "down"] = ""
    interval: tuple[float, float] | None = None
    lod: float | None = None
    lloq: float | None = None
    simulated: bool = False

    @property
    def text(self) -> str:
        """The whole reading in words."""
        lod = "" if self.lod is None else f", LOD {short_fraction(self.lod)}"
        lloq = "" if self.lloq is None else f", LLOQ {short_fraction(self.lloq)}"
        return f"{self.series.name}: {self.value or self.strip}{lod}{lloq}"


def mrd_points(course: Course) -> tuple[MrdPoint, ...]:
    """Every MRD reading and blast count, in the order of the course, labelled C1, C2, ...

    None where no MRD was read: counts of blasts alone are no course of MRD.
    """
    drawn = _unlabelled(course)
    if not any(point.series.mrd for _, point in drawn):
        return ()
    drawn.sort(key=lambda pair: (course.position[pair[0].id], course.position[pair[1].fact]))
    return tuple(_labelled(point, f"C{number}") for number, (_, point) in enumerate(drawn, start=1))


def _labelled(point: MrdPoint, label: str) -> MrdPoint:
    return MrdPoint(**{**vars(point), "label": label})


def _unlabelled(course: Course) -> list[tuple[Placed, MrdPoint]]:
    found = []
    for placed, fact in course.of(MrdReading):
        found.append((host_of(course, fact), _of_reading(course, placed, fact)))
    for placed, occasion in course.of(Assessment):
        if occasion.blasts is not None:
            found.append((host_of(course, occasion), _of_blasts(placed, occasion, occasion.blasts)))
    return found


def _of_blasts(placed: Placed, fact: Assessment, blasts: Quantity) -> MrdPoint:
    how = fact.kind or "method not stated"
    level = blasts.number
    return MrdPoint(
        label="",
        fact=fact.id,
        host=placed.id,
        series=Series(f"blasts by {how} (not MRD)", how, mrd=False),
        value=blasts.comparator + short_fraction(level) if level else "no blasts seen",
        short=blasts.comparator + short_fraction(level) if level else "no blasts",
        level=level or None,
        strip=None if level else "not detected, sensitivity not stated",
        arrow=_arrow(blasts.comparator),
        simulated=fact.simulated,
    )


def _arrow(comparator: str) -> Literal["", "up", "down"]:
    return "down" if comparator.startswith("<") else "up" if comparator.startswith(">") else ""


def _of_reading(course: Course, placed: Placed, fact: MrdReading) -> MrdPoint:
    level, strip, not_detected, arrow, value = _where(fact)
    short = _short(fact, not_detected=not_detected, value=value) if level or strip else ""
    return MrdPoint(
        label="",
        fact=fact.id,
        host=host_of(course, fact).id,
        series=Series(series_name(fact, _tissue(course, fact)), fact.modality, mrd=True),
        value=value,
        short=short,
        level=level,
        strip=strip,
        not_detected=not_detected,
        arrow=arrow,
        interval=fact.interval if level and not not_detected else None,
        lod=fact.lod.number if fact.lod else None,
        lloq=fact.lloq.number if fact.lloq else None,
        simulated=fact.simulated or placed.fact.simulated,
    )


def _short(fact: MrdReading, *, not_detected: bool, value: str) -> str:
    """A number where there is one; what the strip already says is not repeated."""
    if not_detected and fact.lod:
        return f"LOD {short_fraction(fact.lod.number)}"
    if fact.status == "negative" and not fact.level:
        return "negative"
    if fact.status == "detected below LLOQ" and not fact.level:
        return "<LLOQ"
    return value if fact.level else ""


Where = tuple[float | None, Strip | None, bool, Literal["", "up", "down"], str]


def _where(fact: MrdReading) -> Where:
    """Level, strip, whether not detected, arrow, value in words."""
    level = fact.level or None
    if fact.status in ("not detected", "negative") or fact.level == 0:
        lod = fact.lod.number if fact.lod else None
        words = "not detected" if fact.status != "negative" else "negative, as reported"
        if lod:
            return lod, None, True, "", words
        return None, "not detected, sensitivity not stated", False, "", words
    if level is not None:
        comparator = fact.fraction.comparator if fact.fraction else ""
        return level, None, False, _arrow(comparator), comparator + short_fraction(level)
    if fact.status == "detected below LLOQ" and fact.lloq:
        return fact.lloq.number, None, False, "down", "detected, below LLOQ"
    if fact.status in ("positive", "quantified", "detected below LLOQ"):
        return None, "positive, no number", False, "", fact.status
    return None, "not assessable, no number", False, "", "not assessable"


def _tissue(course: Course, fact: MrdReading) -> str | None:
    if fact.tissue or fact.specimen not in course.by_id:
        return fact.tissue
    specimen = course.by_id[fact.specimen].fact
    return specimen.tissue if isinstance(specimen, Specimen) else None
