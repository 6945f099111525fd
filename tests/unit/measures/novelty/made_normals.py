"""Normals of seven channels whose cells are known: granulocytes, T, erythroid, B and precursors."""

import numpy as np

from residua.measures.reference.reference import NormalReference, NormalSample

DIMENSIONS = ("FSC-A", "SSC-A", "CD45", "CD19", "CD10", "CD34", "CD38")
CENTRES = np.array(
    [
        [3.2, 3.1, 1.4, 0.1, 0.1, 0.2, 0.6],
        [2.9, 2.3, 2.4, 0.0, 0.0, 0.1, 0.2],
        [2.8, 2.3, 0.5, 0.1, 0.1, 0.2, 0.5],
        [2.9, 2.3, 1.9, 1.8, 0.0, 0.1, 0.2],
        [2.9, 2.3, 1.2, 1.2, 1.5, 0.2, 1.9],
        [2.9, 2.3, 0.8, 1.0, 1.8, 1.8, 1.9],
    ]
)
SHARES = np.array([0.6, 0.15, 0.1, 0.05, 0.07, 0.03])
SPREAD = np.array([0.06, 0.06, 0.15, 0.15, 0.15, 0.15, 0.15])
CLONE = np.array([2.95, 2.35, 0.4, 1.2, 2.3, 0.1, 0.9])
"""Brighter CD10, dimmer CD45 and CD38 than precursors of the same maturity."""
CELLS = 12_000


def random_of(seed):
    return np.random.Generator(np.random.PCG64(seed))


def normal(seed, cells=CELLS):
    """Cells (n, d) of one person, whose populations are off by 0.03 decade."""
    random = random_of(seed)
    kind = random.choice(len(SHARES), cells, p=random.dirichlet(200 * SHARES))
    own = CENTRES + random.normal(0, 0.03, CENTRES.shape)
    return (own[kind] + random.normal(size=(cells, 7)) * SPREAD).astype(np.float32)


def blasts(seed, cells):
    return (CLONE + random_of(seed).normal(size=(cells, 7)) * 1.3 * SPREAD).astype(np.float32)


def reference(normals):
    samples = [NormalSample(each, len(each), 1.0, str(place)) for place, each in enumerate(normals)]
    return NormalReference(DIMENSIONS, None, tuple(samples), True, "made")
