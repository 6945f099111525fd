"""Mixtures of Gaussians over events: their densities, and how they are fitted."""

from residua.measures.mixture.fit import fit_mixture
from residua.measures.mixture.gaussian import (
    GaussianMixture,
    log_densities,
    log_density,
    marginal,
    moved,
)

__all__ = ["GaussianMixture", "fit_mixture", "log_densities", "log_density", "marginal", "moved"]
