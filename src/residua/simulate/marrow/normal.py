"""One person's normal marrow in one tube: a law per population, and the sample's composition."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from residua.simulate.assumptions import assumed, assumed_numbers
from residua.simulate.marrow.decades import to_decades
from residua.simulate.marrow.law import Law
from residua.simulate.marrow.populations import (
    HAEMATOGONES,
    Population,
    markers,
    medians_of,
    populations,
    spreads_of,
    stage_weights,
)
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.stain import places, stained
from residua.simulate.marrow.streams import stream
from residua.simulate.marrow.tubes import SCATTER, Tube

Floats = NDArray[np.float64]


def normal_laws(spec: MarrowSpec, tube: Tube, tandem: Floats) -> tuple[Law, ...]:
    """The laws of the populations in the order of `populations`; `tandem` (d,) is added skew."""
    random = stream(spec, "person")
    return tuple(_law(spec, tube, tandem, one, random) for one in populations())


def composition(spec: MarrowSpec) -> Floats:
    """Shares of the normal populations in this sample, which add up to 1.

    A share is log-normal about the usual one; the lowest and the highest of populations.toml are
    two standard deviations off, and no draw goes beyond them. All are then scaled to a sum of 1.
    Stated haematogones keep their share.
    """
    random = stream(spec, "sample")
    bounds = np.array([one.fractions[spec.condition] for one in populations()])
    usual, low, high = bounds.T
    shares = usual * np.exp(np.log(high / low) / 4 * random.standard_normal(len(usual)))
    shares = np.clip(shares, low, high)
    if spec.haematogones is None:
        return np.asarray(shares / shares.sum())
    stated = np.array([one.name == HAEMATOGONES for one in populations()])
    rest = shares * ~stated
    rest *= (1 - spec.haematogones) / rest.sum()
    return np.asarray(np.where(stated, spec.haematogones, rest))


def debris_law(spec: MarrowSpec, tube: Tube, tandem: Floats) -> Law:
    """Small particles without antigens."""
    count = len(markers())
    levels = np.zeros((1, count))
    size = to_decades(np.full((1, 2), assumed("flow", "debris_scatter") * 262144))
    wide = np.full((1, 2), assumed("flow", "debris_spread"))
    dark = spreads_of(levels, np.zeros(count, bool), 0.0)
    medians, spreads = stained(tube, np.hstack([medians_of(levels), size]), np.hstack([dark, wide]))
    none = np.zeros(medians.shape[1])
    return Law("debris", np.ones(1), medians, spreads, none, tandem, freedom_of(spec))


def freedom_of(spec: MarrowSpec) -> float:
    """Degrees of freedom of the family; infinite for a Gaussian."""
    return assumed("marrow_levels", "freedom") if spec.family == "skewed" else math.inf


def skew_of(spec: MarrowSpec, random: np.random.Generator) -> Floats:
    """(m + 2,) skew of a population; the draw is made in every family, used in the skewed one."""
    largest = assumed("marrow_levels", "skew")
    drawn = random.uniform(-largest, largest, len(markers()) + len(SCATTER))
    return np.asarray(drawn * (spec.family == "skewed"))


def loadings_of(random: np.random.Generator) -> Floats:
    """(m + 2,) loadings on the factor that the channels of a cell have in common."""
    low, high = assumed_numbers("marrow_levels", "loading")
    return random.uniform(low, high, len(markers()) + len(SCATTER))


def _law(
    spec: MarrowSpec, tube: Tube, tandem: Floats, one: Population, random: np.random.Generator
) -> Law:
    width = len(markers()) + len(SCATTER)
    shift = assumed("marrow_person", "shift") * random.standard_normal(width)
    edge = -math.log(assumed("marrow_person", "smallest_spread"))
    factor = np.exp(random.uniform(-edge, edge, width))
    loadings, skew = loadings_of(random), skew_of(spec, random)
    groups = len(one.levels)
    size = np.tile(to_decades(np.asarray(one.scatter, np.float64)), (groups, 1))
    flat = np.full((groups, len(SCATTER)), assumed("marrow_levels", "scatter"))
    present = np.hstack([np.minimum(one.levels, 1), np.full((groups, 2), 0.5)])
    medians, spreads = stained(
        tube,
        # What is not there does not vary: a shift counts in full from level 1 on.
        np.hstack([medians_of(one.levels), size]) + shift * present,
        np.hstack([spreads_of(one.levels, one.wide, one.spread), flat]) * factor,
    )
    weights = stage_weights(spec.condition) if groups > 1 else np.ones(1)
    seen = list(places(tube))
    return Law(
        one.name, weights, medians, spreads, loadings[seen], skew[seen] + tandem, freedom_of(spec)
    )
