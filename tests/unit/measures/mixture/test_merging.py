"""Oracle: every pair's cost worked out anew for each merge."""

import numpy as np

from residua.measures.mixture import GaussianMixture
from residua.measures.mixture.merging import merged


def by_hand(mixture, components):
    parts = [
        (w, m, c)
        for w, m, c in zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    ]
    while len(parts) > components:
        found = []
        for i, (v, m, c) in enumerate(parts):
            for j, (w, n, e) in enumerate(parts[:i]):
                both = v + w
                joint = (v * c + w * e) / both + v * w / both**2 * np.outer(m - n, m - n)
                logs = [np.linalg.slogdet(one)[1] for one in (joint, c, e)]
                cost = both * logs[0] - v * logs[1] - w * logs[2]
                found.append((cost, i, j, (both, (v * m + w * n) / both, joint)))
        _, i, j, joint = min(found, key=lambda one: one[0])
        parts = [one for place, one in enumerate(parts) if place not in (i, j)] + [joint]
    return sorted(parts, key=lambda one: one[0])


def test_the_pair_that_costs_least_is_merged_each_time():
    rng = np.random.default_rng(3)
    roots = rng.normal(0, 0.3, (14, 3, 3))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.05 * np.eye(3)
    mixture = GaussianMixture(rng.dirichlet(np.ones(14)), rng.normal(0, 1, (14, 3)), covariances)
    ours, plain = merged(mixture, 5), by_hand(mixture, 5)
    order = np.argsort(ours.weights)
    assert np.allclose(ours.weights[order], [one[0] for one in plain])
    assert np.allclose(ours.means[order], [one[1] for one in plain])
    assert np.allclose(ours.covariances[order], [one[2] for one in plain])
