"""Every quantity that the gates and flags of the options ask for, and who answers."""

from __future__ import annotations

from collections.abc import Callable

from residua.judgements.options.antigens import cd19_positive, cd22_percent, cd22_positive
from residua.judgements.options.blood import (
    bilirubin_uln,
    blood_blasts,
    neutrophils,
    platelets,
    qtcf,
    transaminases_uln,
)
from residua.judgements.options.disease import (
    extramedullary,
    haematological_relapse,
    lost_persistence,
    marrow_blasts,
    mrd_level,
    refractory,
    relapsed_or_refractory,
    relapses,
    remission_number,
)
from residua.judgements.options.grafts import (
    donor_on_record,
    earlier_allograft,
    haploidentical_donor,
    months_off_immunosuppression,
    months_since_allograft,
    on_immunosuppression,
)
from residua.judgements.options.history import (
    age,
    dli_first_dose,
    dual_alkylators,
    ino_cycles,
    planned_transplant,
    prior_cd19,
    salvage,
    thiotepa,
)
from residua.judgements.options.known import Known
from residua.judgements.options.point import Point
from residua.judgements.options.states import (
    cns_active,
    gvhd_active,
    gvhd_limiting,
    infection_active,
    liver_disease,
    neuro_disorder,
    vod_history,
)

_ANSWERS: tuple[Callable[[Point], Known], ...] = (
    age, bilirubin_uln, blood_blasts, cd19_positive, cd22_percent, cd22_positive, cns_active,
    dli_first_dose, donor_on_record, dual_alkylators, earlier_allograft, extramedullary,
    gvhd_active, gvhd_limiting, haematological_relapse, haploidentical_donor, infection_active,
    ino_cycles, liver_disease, lost_persistence, marrow_blasts, months_off_immunosuppression,
    months_since_allograft, mrd_level, neuro_disorder, neutrophils, on_immunosuppression,
    planned_transplant, platelets, prior_cd19, qtcf, refractory, relapsed_or_refractory, relapses,
    remission_number, salvage, thiotepa, transaminases_uln, vod_history,
)  # fmt: skip
QUANTITIES: dict[str, Callable[[Point], Known]] = {a.__name__: a for a in _ANSWERS}
"""Name of a quantity in ``standards/options`` -> what is known of it at a point."""
