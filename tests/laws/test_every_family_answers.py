"""Whatever a valid case says, every family, table and page answers it, whole and alike.

Oracle: the same case told in another way; what every judgement must have.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from odd_cases import odd_case, without

from residua.course.course import Course, arrange
from residua.facts.case import Case
from residua.facts.laboratory import Lab, Vital
from residua.facts.quantity import unit_table
from residua.judgements.care import care_answers
from residua.judgements.evidence import evidence_of
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.judgements.options.options import option_tables
from residua.judgements.toxicity.graded import grade_course
from residua.readers.case import gather_case
from residua.views.course_json import course_document, course_text
from residua.views.grades_export import grades_parquet
from residua.views.report import write_report

SVG = "<svg xmlns='http://www.w3.org/2000/svg'></svg>"
SOFTWARE = {"name": "residua", "version": "0", "python": "3", "libraries": {"numpy": "2"}}
SEEDS = st.integers(0, 2**32)


def read(files: dict[str, str]) -> Case | None:
    """The case of the files, without the rows that the reader refuses; None where none is left."""
    for _ in range(12):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                (Path(folder) / name).write_text(text, "utf-8")
            gathered = gather_case(Path(folder))
        if not gathered.faults:
            return gathered.case
        if any(fault.received == "an empty case" for fault in gathered.faults):
            return None
        files = without(files, [(Path(f.file).name, f.line or 0) for f in gathered.faults])
    raise AssertionError(gathered.faults)


def course_of(seed: int) -> Course | None:
    case = read(odd_case(Random(seed)))
    return arrange(case) if case else None


def check(judgement: Judgement, course: Course) -> None:
    """What every judgement has, and what it cannot have."""
    told = (judgement.clause, judgement.cite, judgement.provenance, judgement.reason)
    assert all(text.strip() for text in told), judgement
    is_verdict = judgement.outcome == "verdict"
    assert is_verdict == bool(judgement.verdict) == (judgement.basis is not None), judgement
    assert judgement.facts or judgement.outcome != "verdict", judgement
    assert set(judgement.facts) <= course.by_id.keys(), judgement
    for listed in (judgement.facts, judgement.missing, judgement.notes, dict(judgement.details)):
        assert len(set(listed)) == len(listed), judgement
        assert all(text.strip() for text in listed), judgement
    assert len(dict(judgement.details)) == len(judgement.details), judgement
    assert all(words.strip() for _, words in judgement.details), judgement


def pages(course: Course) -> tuple[str, str, bytes]:
    """course.json, report.html and grades.parquet."""
    families = judge_families(course)
    said = tuple(j for judged in families.values() for j in judged)
    rows, tables = evidence_of(course), option_tables(course, said)
    document = course_document(course, said, [], SOFTWARE, evidence=rows, options=tables)
    report = write_report(
        course, families, evidence=rows, options=tables, figure=SVG, software=SOFTWARE
    )
    return course_text(document), report, grades_parquet(course, grade_course(course))


@settings(max_examples=40)
@given(SEEDS)
def test_every_family_judges_every_case(seed: int) -> None:
    course = course_of(seed)
    if course is None:
        return
    families = judge_families(course)
    said = tuple(j for judged in families.values() for j in judged)
    for judgement in said:
        check(judgement, course)
    assert [i for i, n in Counter(j.id for j in said).items() if n > 1] == []
    assert len(care_answers(course, families)) > 0


@settings(max_examples=15)
@given(SEEDS)
def test_every_case_is_written_whole_and_alike(seed: int) -> None:
    course = course_of(seed)
    if course is None:
        return
    text, report, grades = pages(course)
    assert (text, report, grades) == pages(course)
    assert "\ufffd" not in report
    assert json.loads(text)["kind"] == "residua.course"


def said_of(case: Case) -> dict[str, object]:
    """Id -> what is said, but for the pairs of readings in conflict, whose first one names them."""
    families = judge_families(arrange(case))
    return {
        j.id: (j.outcome, j.verdict, j.basis, frozenset(j.missing))
        for name, judged in families.items()
        for j in judged
        if name != "consistency"
    }


@settings(max_examples=12)
@given(SEEDS)
def test_rows_and_units_of_the_tables_change_nothing(seed: int) -> None:
    """INR and ICE apart: a percentage of them is another quantity."""
    case, random = read(odd_case(Random(seed))), Random(seed)
    if case is None:
        return
    measured = [told_otherwise(f, random) for f in case.facts if isinstance(f, (Lab, Vital))]
    random.shuffle(measured)
    others = [f for f in case.facts if not isinstance(f, (Lab, Vital))]
    assert said_of(replace(case, facts=(*others, *measured))) == said_of(case)


def told_otherwise(fact: Lab | Vital, random: Random) -> Lab | Vital:
    """The same value in any unit of its kind."""
    name = fact.analyte if isinstance(fact, Lab) else fact.item
    if fact.value is None or name in ("inr", "ice"):
        return fact
    units = [unit for unit, (kind, _) in unit_table().items() if kind == fact.value.kind]
    return fact.model_copy(update={"value": fact.value.to(random.choice(units))})
