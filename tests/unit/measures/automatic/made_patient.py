"""A simulated patient of a small laboratory, and the reference of that laboratory."""

import hashlib
from functools import cache

import numpy as np

from residua.measures.automatic.diagnosis import learn_blasts
from residua.measures.automatic.patient import fit_patient
from residua.measures.preflight.prepare import prepare
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.build import build_reference
from residua.simulate.marrow.drawn import BLASTS, draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec

COMMON = {"laboratory": 5, "events": 75_000, "clone": "4"}
CONDITIONS = ("adult", "regenerating", "adult", "child") * 2


def made(**given) -> tuple[PreparedSample, np.ndarray]:
    drawn = draw_marrow(MarrowSpec(**COMMON | given))
    flow = simulate_marrow(drawn)
    sample = prepare(flow.acquisition).sample
    digest = hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()
    sample = PreparedSample(sample.dimensions, sample.events, sample.rows, sample.total, digest)
    return sample, (flow.labels == flow.names.index(BLASTS))[sample.rows]


@cache
def reference():
    normals = [made(patient=50 + n, condition=c)[0] for n, c in enumerate(CONDITIONS)]
    return build_reference(normals, simulated=True)


@cache
def patient():
    sample, truth = made(patient=7, blast_fraction=0.7)
    diagnosis = learn_blasts(sample, reference())
    assert abs(len(diagnosis.blasts) - truth.sum()) < 0.01 * truth.sum()
    return fit_patient(diagnosis.laip, reference())
