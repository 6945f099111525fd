"""Who the made-up patient is."""

from __future__ import annotations

from dataclasses import dataclass

from residua.simulate.assumptions import drawn, drawn_day
from residua.simulate.course.calendar import random_for
from residua.simulate.course.spec import CourseSpec, Sex


@dataclass(frozen=True)
class Person:
    """``age`` in years at diagnosis, ``height`` in cm, ``weight`` in kg."""

    id: str
    sex: Sex
    age: int
    height: float
    weight: float


def make_person(spec: CourseSpec) -> Person:
    """Sex, age and size: as asked for, or drawn."""
    random = random_for(spec, "person")
    sex: Sex = spec.sex or ("female" if random.random() < 0.5 else "male")
    age = drawn_day("person", "age", random)
    height = round(drawn("person", f"height_{sex}", random))
    tall = spec.height or height
    weight = round(drawn("person", "body_mass_index", random) * (tall / 100) ** 2, 1)
    return Person(f"sim-course-{spec.seed}", sex, spec.age or age, tall, spec.weight or weight)
