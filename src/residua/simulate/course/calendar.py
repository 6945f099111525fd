"""When everything happens: whole days after the diagnosis, drawn by the seed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from residua.simulate.assumptions import drawn_day
from residua.simulate.course.spec import CourseSpec

INDUCTION = 2


@dataclass(frozen=True)
class Calendar:
    """Days after the diagnosis of the turns of the course."""

    diagnosis: date
    end_of_induction: int
    consolidation: int
    after_consolidation: int
    blinatumomab: int
    transplant: int
    relapse: int
    car_t: int
    mrd_relapse: int
    ino: int
    last_contact: int

    @property
    def after_blinatumomab(self) -> int:
        """The marrow after its 28 days."""
        return self.blinatumomab + 30

    @property
    def after_ino(self) -> int:
        """The marrow after the last dose."""
        return self.ino + 30

    @property
    def late_after_ino(self) -> int:
        """The last marrow."""
        return self.ino + 86

    def date(self, day: int) -> str:
        """The date of a day after the diagnosis."""
        return (self.diagnosis + timedelta(days=day)).isoformat()


def random_for(spec: CourseSpec, part: str) -> np.random.Generator:
    """Chance for one part of the course: the same whatever the other parts draw."""
    return np.random.default_rng([spec.seed, zlib.crc32(part.encode())])


def make_calendar(spec: CourseSpec) -> Calendar:
    """The days of one patient."""
    random = random_for(spec, "calendar")
    relapse = drawn_day("calendar", "relapse", random)
    car_t = relapse + drawn_day("calendar", "car_t", random)
    again = car_t + drawn_day("calendar", "mrd_relapse", random)
    ino = again + drawn_day("calendar", "ino", random)
    return Calendar(
        spec.diagnosis,
        drawn_day("calendar", "end_of_induction", random),
        drawn_day("calendar", "consolidation", random),
        drawn_day("calendar", "mrd_after_consolidation", random),
        drawn_day("calendar", "blinatumomab", random),
        drawn_day("calendar", "transplant", random),
        relapse,
        car_t,
        again,
        ino,
        ino + drawn_day("calendar", "last_contact", random),
    )
