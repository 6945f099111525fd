"""From a diagnosis or relapse sample to the patient's LAIP."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from residua.errors import ValueFault
from residua.measures.automatic.map_uncertainty import map_sd_for
from residua.measures.laip.box import Rows
from residua.measures.laip.find import FoundBlasts, find_blasts
from residua.measures.laip.fit import fit_laip
from residua.measures.laip.laip import Events, Laip, Values
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.placing import Placed, place, region_of
from residua.measures.reference.reference import NormalReference


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """A sample that the blasts are known from: `blasts` (m, d) on the scale of the references.

    `rows` (m,) are their places among the cells of the sample, `map_sd` (d,) how well it is placed
    where they are.
    """

    laip: Laip
    placed: Placed
    blasts: Events
    flags: tuple[str, ...]
    rows: Rows
    map_sd: Values


def learn_blasts(
    sample: PreparedSample,
    reference: NormalReference,
    *,
    gated: Rows | None = None,
    seed: int = 1,
) -> Diagnosis:
    """The LAIP of a sample with many blasts, found without labels or in a person's gate.

    `gated` are the cells of the sample in that gate. Raises `ValueFault` where nothing leukaemic,
    or too little of it, is found, where the sample cannot be placed, and where two of its markers
    look exchanged.
    """
    placed = place(sample.events, reference, blasts=region_of(reference.dimensions))
    if placed.unfit:
        received, do = placed.unfit[0].split(": ", 1)
        raise ValueFault("a diagnosis whose markers are named right", received, do)
    found = find_blasts(placed.events, reference) if gated is None else FoundBlasts(gated)
    blasts = placed.events[found.rows]
    middle = np.median(blasts.astype(np.float64), axis=0)
    sd = map_sd_for(placed.alignment.map, middle)
    laip = fit_laip(blasts, reference.dimensions, map_sd=sd, seed=seed)
    alarms = tuple(f"diagnosis: {alarm}" for alarm in placed.alarms)
    notes = tuple(f"diagnosis: {note}" for note in placed.notes)
    laip = replace(laip, alarms=alarms, flags=(*laip.flags, *notes), sources=(sample.digest,))
    return Diagnosis(laip, placed, blasts, (*found.flags, *alarms, *notes), found.rows, sd)
