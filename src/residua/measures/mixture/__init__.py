"""Mixtures of Gaussians over events: their densities, and how they are fitted."""

from residua.measures.mixture.fit import fit_mixture
from residua.measures.mixture.gaussian import (
    GaussianMixture,
    log_densities,
    log_density,
    marginal,
    moved,
)
from residua.measures.mixture.proportion import (
    FixedDensities,
    Proportion,
    fit_proportion,
    fixed_densities,
)
from residua.measures.mixture.proportion_interval import proportion_interval

__all__ = [
    "FixedDensities",
    "GaussianMixture",
    "Proportion",
    "fit_mixture",
    "fit_proportion",
    "fixed_densities",
    "log_densities",
    "log_density",
    "marginal",
    "moved",
    "proportion_interval",
]
