"""Grades against values, doses against regimens, and results against their own limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from residua.course.course import Course
from residua.facts.drug_names import spelled_out
from residua.facts.finding import Finding
from residua.facts.genetics import Genetics
from residua.facts.mrd import MrdReading
from residua.facts.treatment import Transplant, Treatment
from residua.judgements.consistency.slip import slip
from residua.judgements.judgement import Judgement

Said = tuple[Judgement, ...]
_GRADE = re.compile(r"grade (\d)\b")
_DOSES = re.compile(r"\d\s*(mg|g|U|IU|Gy)\b")
OTHER_UNITS = "given and planned in different units"


def grades(course: Course, said: Said) -> Iterator[Judgement]:
    """A grade reported that the values of the same finding do not give."""
    reported = {f.id: f for _, f in course.of(Finding) if f.grade_reported is not None}
    for judgement in said:
        finding = next((reported[i] for i in _named(judgement) if i in reported), None)
        found = _GRADE.match(judgement.verdict or "")
        if finding is None or found is None or judgement.basis != "computed":
            continue
        if judgement.published_after_event or int(found[1]) == finding.grade_reported:
            continue
        scale = f"{judgement.standard} {judgement.version}"
        if finding.standard and finding.standard != judgement.standard:
            continue
        reason = f"grade {finding.grade_reported} is reported, {scale} gives {judgement.verdict}"
        yield slip(
            course, "grade-against-value", finding.id, reason, facts=judgement.facts,
            term=f"grade-{judgement.standard}-{judgement.version}",
        )  # fmt: skip


def _named(judgement: Judgement) -> tuple[str, ...]:
    return (judgement.subject, *judgement.facts)


def doses(course: Course, said: Said) -> Iterator[Judgement]:
    """Doses that differ from those of the regimen named, in amount or in kind."""
    for judgement in said:
        if not judgement.term.startswith("dose-"):
            continue
        word = (judgement.verdict or "").split(":")[0]
        if word in ("below plan", "above plan"):
            reason = f"{judgement.standard} {judgement.version}: {judgement.reason} ({word})"
            yield slip(
                course, "dose-against-regimen", judgement.subject, reason, facts=judgement.facts,
                term=judgement.term,
            )  # fmt: skip
        elif OTHER_UNITS in judgement.reason:
            reason = (
                f"{judgement.standard} {judgement.version} says: {judgement.clause}; recorded: "
                f"{_recorded(course, judgement)}; {judgement.reason}"
            )
            yield slip(
                course, "dose-against-regimen", judgement.subject, reason, facts=judgement.facts,
                missing=judgement.missing, contradicts=False, term=judgement.term,
            )  # fmt: skip


def _recorded(course: Course, judgement: Judgement) -> str:
    """The doses of the course of the drug that a judgement is about."""
    treatment = course.by_id[judgement.subject].fact
    assert isinstance(treatment, Treatment)  # adherence judges courses of drugs
    drugs = treatment.drugs
    own = [d for d in drugs if spelled_out(d.name) in judgement.reason and d.dose is not None]
    return ", ".join(str(drug.dose) for drug in own) or "no dose"


def conditioning(course: Course) -> Iterator[Judgement]:
    """A conditioning by its name alone."""
    for item, transplant in course.of(Transplant):
        told = transplant.conditioning
        if told and not _DOSES.search(told):
            reason = "it is named without doses; its name stands for several schedules"
            yield slip(
                course, "conditioning-without-doses", item.id, reason,
                missing=("doses of the conditioning",), contradicts=False,
            )  # fmt: skip


def philadelphia(course: Course) -> Iterator[Judgement]:
    """Philadelphia status against the lesions found."""
    diagnosis = course.case.diagnosis
    if diagnosis is None or diagnosis.philadelphia != "negative":
        return
    for item, test in course.of(Genetics):
        if any(_is_bcr_abl(lesion) for lesion in test.lesions):
            reason = "the disease is called Philadelphia-negative, BCR::ABL1 was found"
            yield slip(
                course, "philadelphia-against-lesion", diagnosis.id, reason, facts=(item.id,),
                term=f"philadelphia-{item.id}",
            )  # fmt: skip


def _is_bcr_abl(lesion: str) -> bool:
    plain = re.sub(r"[^a-z0-9;]", "", lesion.lower())
    return plain.startswith(("bcrabl", "t(9;22", "t9;22"))


def mrd_limits(course: Course) -> Iterator[Judgement]:
    """A result that its own limits do not allow."""
    for item, reading in course.of(MrdReading):
        reason = _against_limits(reading)
        if reason:
            yield slip(course, "mrd-against-its-limits", item.id, reason)


def _against_limits(reading: MrdReading) -> str:
    level, lod, lloq = reading.level, reading.lod, reading.lloq
    exact = reading.fraction is None or not reading.fraction.censored
    if level is None or not exact:
        return ""
    if reading.status in ("not detected", "negative") and lod and level >= lod.number:
        return f"called {reading.status}, with a level not below its LOD"
    if reading.status == "quantified" and lloq and level < lloq.number:
        return "called quantified, with a level below its LLOQ"
    if lod and lloq and lloq.number < lod.number:
        return "its LLOQ lies below its LOD"
    return ""
