"""Models made by hand: a few Gaussians each, whose truth is known."""

import numpy as np

from residua.measures.blast_share.share import ShareModel
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture

D = 4


def mixture(*means, sd=0.2):
    means = np.array(means, dtype=float)
    k, d = means.shape
    return GaussianMixture(np.full(k, 1 / k), means, np.tile(sd**2 * np.eye(d), (k, 1, 1)))


def laip_of(blasts, *, sd=0.15, losable=()):
    d = blasts.channels
    low, high = blasts.means.min(axis=0) - 1.2, blasts.means.max(axis=0) + 1.2
    low[list(losable)] = -1.0
    return Laip(
        dimensions=tuple(f"CD{place}" for place in range(d)),
        mixture=blasts,
        drift=Drift(np.zeros(d), sd**2 * np.eye(d)),
        box=Box(low, high),
        held_out=blasts.means.astype(np.float32),
        losable=tuple(losable),
    )


def model_of(normal, blasts, *, open=(), sd=0.15):
    return ShareModel(laip_of(blasts, sd=sd, losable=open), normal, tuple(open))


def drawn(rng, made, n, shift=0.0):
    """n events of a mixture of `made`, float32."""
    which = rng.choice(made.components, n, p=made.weights)
    sd = np.sqrt(np.diagonal(made.covariances, axis1=1, axis2=2))
    x = made.means[which] + sd[which] * rng.normal(size=(n, made.channels)) + shift
    return x.astype(np.float32)
