"""Masks of gates as a Parquet table, for other programs."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray


def masks_parquet(masks: Mapping[str, NDArray[np.bool_]]) -> bytes:
    """One boolean column per gate, one row per event in file order."""
    stream = io.BytesIO()
    pl.DataFrame({name: pl.Series(name, mask) for name, mask in masks.items()}).write_parquet(
        stream
    )
    return stream.getvalue()
