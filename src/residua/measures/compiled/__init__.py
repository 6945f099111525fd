"""Loops over events, compiled by numba; the only place that knows it."""
