"""The automatic reader as the benchmark calls it: normals, diagnosis, follow-up in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.measures.automatic.diagnosis import learn_blasts
from residua.measures.automatic.measured import measure_sample
from residua.measures.automatic.patient import PatientModel, fit_patient
from residua.measures.benchmark.tool import Outcome, Staged
from residua.measures.laip.fit import united
from residua.measures.novelty.novelty import Novelty, fit_novelty
from residua.measures.preflight.prepared import PreparedSample, in_order
from residua.measures.reference.build import build_reference
from residua.measures.reference.reference import NormalReference
from residua.standards.mrd_counting import find_policy


@dataclass(frozen=True, eq=False)
class Laboratory:
    """What is fitted once of a laboratory's normals."""

    reference: NormalReference
    novelty: Novelty


def _reference(normals: Sequence[PreparedSample]) -> Laboratory:
    reference = build_reference(normals, simulated=True)
    return Laboratory(reference, fit_novelty(reference, seed=1))


def _patient(
    laboratory: Laboratory, diagnosis: Sequence[PreparedSample], after: tuple[str, ...]
) -> PatientModel | ValueFault:
    """The model; a diagnosis that gives none is remembered, not tried for every follow-up."""
    reference = laboratory.reference
    try:
        given = [in_order(sample, reference.dimensions) for sample in diagnosis]
        laip = united([learn_blasts(sample, reference).laip for sample in given])
        aimed = (reference.dimensions.index(one) for one in after if one in reference.dimensions)
        opened = tuple(sorted(column for column in aimed if column in laip.losable))
        return fit_patient(laip, reference, open_=opened)
    except ValueFault as fault:
        return fault


def _measure(
    laboratory: Laboratory,
    patient: PatientModel | ValueFault,
    follow_up: PreparedSample,
    after: tuple[str, ...],  # noqa: ARG001 (the patient's model was fitted for them)
    reviewed: bool,
) -> Outcome:
    """The answer, with the flags of this follow-up only.

    Those of the diagnosis every follow-up of a patient carries alike; a leukaemia is no less missed
    for them.
    """
    if isinstance(patient, ValueFault):
        raise patient
    found = measure_sample(
        in_order(follow_up, laboratory.reference.dimensions),
        patient,
        laboratory.reference,
        policy=find_policy(None),
        novelty=laboratory.novelty,
        reviewed=reviewed,
    )
    said = found.level
    limits = [one for one in (said.level.lod, said.predicted_lod) if one is not None]
    cells, share = len(follow_up), found.share.blasts * len(found.rows)
    return Outcome(
        status=said.level.status,
        fraction=share / cells if cells else None,
        lod=max(limits) if limits else None,
        limit_of_blank=said.limit_of_blank,
        total_interval=said.total_interval,
        blasts=found.blasts,
        flags=said.level.flags,
        reason=said.level.reason,
    )


AUTOMATIC = Staged(_reference, _patient, _measure)
