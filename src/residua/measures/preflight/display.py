"""Compensated values on the display scale of the automatic reader: asinh(value / 150) / ln 10."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.measures.compensation.spillover import columns_of, unmixing

COFACTOR = 150.0  # usual for 18-bit conventional cytometers, and that of the gate templates
_LN_10 = np.float32(math.log(10))
_BLOCK = 1 << 16
Floats = NDArray[np.float32]
Rows = NDArray[np.intp]


def to_linear(decades: NDArray[np.floating]) -> NDArray[np.float64]:
    """The compensated linear values behind display decades."""
    return np.asarray(np.sinh(np.asarray(decades, np.float64) * math.log(10)) * COFACTOR)


def displayed(acquisition: Acquisition, columns: tuple[int, ...], rows: Rows) -> Floats:
    """The display decades (r, d) of `columns` of an acquisition, of its `rows` (r,).

    The file's matrix is applied where its values still need it. Raises `ValueFault` where that
    has no inverse or does not fit the channels.
    """
    weights = _weights(acquisition, columns)
    made = np.empty((len(rows), len(columns)), np.float32)
    for first in range(0, len(rows), _BLOCK):
        part = acquisition.events[rows[first : first + _BLOCK]].astype(np.float32, copy=False)
        values = part @ weights
        values /= np.float32(COFACTOR)
        np.arcsinh(values, out=values)
        values /= _LN_10
        made[first : first + _BLOCK] = values
    return made


def _weights(acquisition: Acquisition, columns: tuple[int, ...]) -> Floats:
    """(c, d): how much of each of c channels is in each of `columns`, compensated."""
    every = np.eye(len(acquisition.channels))
    matrix = acquisition.to_compensate
    if matrix is not None:
        seen = columns_of(acquisition.names, matrix)
        made = unmixing(matrix)
        for dye, weight in zip(matrix.names, made.T, strict=True):
            if dye in acquisition.names:
                own = acquisition.names.index(dye)
                every[:, own] = 0
                every[seen, own] = weight
    return np.ascontiguousarray(every[:, list(columns)], np.float32)
