"""Quantiles of the laws that intervals of a validation rest on, from `scipy.special`."""

from __future__ import annotations

import math

from scipy.special import bdtr, betainc, chdtri, ndtri, stdtr, stdtrit

from residua.facts.interval import Interval


def normal_point(probability: float) -> float:
    """The point of the normal law below which `probability` lies."""
    return float(ndtri(probability))


def t_point(freedom: float, probability: float) -> float:
    """The point of Student's law with `freedom` degrees."""
    return float(stdtrit(freedom, probability))


def two_sided_t(t: float, freedom: float) -> float:
    """The two-sided p of Student's t."""
    return float(2 * stdtr(freedom, -abs(t)))


def chi_square_point(freedom: float, probability: float) -> float:
    """The point of the chi-square law below which `probability` lies."""
    return float(chdtri(freedom, 1 - probability))


def binomial_below(count: int, total: int, share: float) -> float:
    """The probability of at most `count` of `total`, each with probability `share`."""
    return 0.0 if count < 0 else float(bdtr(count, total, share))


def f_beyond(f: float, above: float, below: float) -> float:
    """The probability of more than `f` under Fisher's law of `above` and `below` degrees."""
    return float(betainc(below / 2, above / 2, below / (below + above * f)))


def sd_interval(sd: float, freedom: float, *, level: float, kind: str) -> Interval:
    """The interval of a standard deviation whose square has `freedom` degrees (chi-square)."""
    tail = (1 - level) / 2
    low, high = chi_square_point(freedom, 1 - tail), chi_square_point(freedom, tail)
    top = sd * math.sqrt(freedom / high) if high > 0 else math.inf
    return Interval(level, sd * math.sqrt(freedom / low), top, kind)
