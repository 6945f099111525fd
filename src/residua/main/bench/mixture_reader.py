"""The mixture of the automatic reader alone, for the real cells of one run without scatter.

Alignment and the finding of blasts need populations and scatter that 200 cells of a mass cytometer
do not have. All cells were measured alike, so they lie on one scale as they are; the blasts at
diagnosis are those of the suite's rule, as a person's gate would give them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.main.bench.ball_cytof import counts_of, is_blast
from residua.measures.automatic.folds import Field, field_among
from residua.measures.automatic.measured import limits_of
from residua.measures.automatic_level import Evidence, decide
from residua.measures.benchmark.tool import Outcome, Staged
from residua.measures.blast_share.estimate import estimate_share
from residua.measures.calibration.calibrate import BoxedNormal, calibrate
from residua.measures.calibration.calibration import Calibration
from residua.measures.calibration.limits import total_interval
from residua.measures.laip.box import Box, rows_in
from residua.measures.laip.fit import fit_laip
from residua.measures.laip.laip import Events
from residua.measures.preflight.prepared import PreparedSample
from residua.standards.mrd_counting import find_policy

SEED = 1
LIKELY = 0.5  # posterior from which a cell is a blast
ALIKE = 1.0  # misfit of cells that nothing was aligned of


@dataclass(frozen=True, eq=False)
class MixturePatient:
    """The blasts among the normal cells of their box, with the limits that follow."""

    field: Field
    calibration: Calibration


def _reference(normals: Sequence[PreparedSample]) -> Sequence[PreparedSample]:
    return normals


def _patient(
    normals: Sequence[PreparedSample],
    diagnosis: Sequence[PreparedSample],
    after: tuple[str, ...],  # noqa: ARG001 (the suite has no therapy)
) -> MixturePatient:
    if not diagnosis or not normals:
        raise ValueFault("a diagnosis and normals", "none", "give at least one of each")
    blasts = np.concatenate([one.events[is_blast(counts_of(one.events))] for one in diagnosis])
    dimensions = diagnosis[0].dimensions
    laip = fit_laip(blasts, dimensions, map_sd=np.zeros(len(dimensions)), seed=SEED)
    field = field_among(laip, tuple(_boxed(laip.box, one) for one in normals), seed=SEED)

    def read(place: int, events: Events) -> float:
        return estimate_share(events, field.unseen(place, ())).blasts

    found = calibrate(field.normals, laip, read, open=(), seed=SEED, normal=field.whole)
    return MixturePatient(field, found)


def _boxed(box: Box, sample: PreparedSample) -> BoxedNormal:
    return BoxedNormal(sample.events[rows_in(box, sample.events)], len(sample), ALIKE)


def _measure(
    _: Sequence[PreparedSample],
    patient: MixturePatient,
    follow_up: PreparedSample,
    after: tuple[str, ...],  # noqa: ARG001 (as above)
    reviewed: bool,
) -> Outcome:
    rows = rows_in(patient.field.laip.box, follow_up.events)
    found = estimate_share(follow_up.events[rows], patient.field.model(()))
    likely = np.zeros(len(follow_up), bool)
    likely[rows] = found.posterior > LIKELY
    cells, calibration = len(follow_up), patient.calibration
    exposure = len(rows) / cells
    fraction = found.blasts * exposure
    limits = limits_of(calibration, exposure, cells, reviewed=reviewed)
    total = total_interval(calibration, fraction, exposure, cells)
    policy = find_policy(None)
    said = decide(
        Evidence(fraction, cells, "nucleated", policy, limits, total, reviewed=reviewed)
    ).level
    return Outcome(
        status=said.status,
        fraction=fraction,
        lod=max(limits.lod, policy.lod / cells),
        limit_of_blank=limits.blank,
        total_interval=total,
        blasts=likely,
        flags=said.flags,
        reason=said.reason,
    )


MIXTURE = Staged(_reference, _patient, _measure)
