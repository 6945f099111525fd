"""Risk at baseline and by response to treatment, each scheme by itself.

Nothing here is read by the judgements of response, which come before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from residua.course.course import Course
from residua.facts.finding import Claim
from residua.facts.quantity import Quantity
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.judgements.risk import at_diagnosis
from residua.judgements.risk.at_diagnosis import diagnosis_of
from residua.judgements.risk.by_response import by_response
from residua.judgements.risk.genetic_class import adverse_genetics, judge_genetics
from residua.judgements.risk.recorded_lesions import recorded_lesions
from residua.judgements.risk.scheme_verdict import BASELINE, DYNAMIC, Inputs, base_of, ruled
from residua.standards import clinical_risk
from residua.standards.quantities import WORDS
from residua.standards.truth import UNAVAILABLE

ADULT = Quantity.parse("18 a")
OF_ADULTS = "a scheme of adults and adolescents: paediatric schemes are not encoded"
NOT_COUNTED = "not stated and not counted"
_NAMES_CR = re.compile(r"\bCR\b|remission|induction")
CR_KINETICS = "no CR after induction 1 is itself adverse"


def judge_risk(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Baseline by clinical elements and by genetics, then by response to the first line.

    Only a course with a diagnosis of lymphoblastic leukaemia has a risk to judge; risk by
    response only one that was treated.
    """
    if diagnosis_of(course) is None:
        return ()
    treated = bool(course.of(Treatment, Transplant, CellInfusion))
    dynamic = (_dynamic(course, said),) if treated else ()
    return (*_baseline(course), *dynamic)


def _baseline(course: Course) -> Iterator[Judgement]:
    found = diagnosis_of(course)
    assert found is not None  # asked above
    recorded = recorded_lesions(course)
    stated = {
        "age": at_diagnosis.age(course),
        **at_diagnosis.white_cells(course),
        "cns_disease": at_diagnosis.cns(course),
        "extramedullary_at_diagnosis": at_diagnosis.extramedullary(course),
        "adverse_genetics": adverse_genetics(recorded),
    }
    silent = ("cns_disease", "extramedullary_at_diagnosis")
    missing = tuple(WORDS[q] for q in silent if stated[q].given == UNAVAILABLE)
    quiet = tuple(f"{name}: {NOT_COUNTED}" for name in missing)
    years = stated["age"].given
    young = isinstance(years, Quantity) and years.number < ADULT.number
    for term in clinical_risk.BASELINE:
        base = base_of(clinical_risk.book(), BASELINE, term, found[0])
        base = replace(base, notes=(*quiet, *((OF_ADULTS,) if young else ()), *base.notes))
        said = ruled(partial(clinical_risk.baseline, age=term), Inputs(stated), base)
        low = (said.verdict or "").startswith("standard")
        yield _not_counted(said, missing) if low and missing else said
    yield from judge_genetics(recorded, found[0], at_diagnosis.lineage(found[1]))


def _not_counted(said: Judgement, missing: tuple[str, ...]) -> Judgement:
    """The verdict says itself which elements it was reached without."""
    names = " and ".join(name.removesuffix(" at diagnosis") for name in missing)
    return replace(said, verdict=f"{said.verdict}: {names} not stated", missing=missing)


def _dynamic(course: Course, said: tuple[Judgement, ...]) -> Judgement:
    inputs = by_response(course, said)
    base = base_of(clinical_risk.book(), DYNAMIC, clinical_risk.DYNAMIC, None)
    last = [f for s in inputs.stated.values() for f in s.facts if f in course.by_id]
    day = next((d for f in sorted(last, key=course.position.__getitem__, reverse=True)
                if (d := course.by_id[f].fact.date)), None)  # fmt: skip
    base = replace(base, date=str(day) if day else base.date)
    judgement = ruled(clinical_risk.dynamic, inputs, base)
    late = inputs.stated["cr_after_first_induction"].given is False
    notes = (CR_KINETICS, *_claims(course)) if late else ()
    return replace(judgement, notes=(*notes, *judgement.notes))


def _claims(course: Course) -> tuple[str, ...]:
    """Claims of the source that put risk down to MRD alone."""
    return tuple(
        f"{claim.id} attributes the risk to MRD alone"
        for claim in course.case.of(Claim)
        if claim.predicate == "high" and str(claim.value).lower() == "high risk"
        and "MRD" in claim.text and not _NAMES_CR.search(claim.text)
    )  # fmt: skip
