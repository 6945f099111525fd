"""Events as a table: parquet or CSV, one row an event, one column a channel."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from residua import NOTICE, __version__
from residua.facts.acquisition import Acquisition
from residua.views.whole_file import whole_file


def write_parquet(acquisition: Acquisition, path: Path) -> None:
    """Write the events, with what is known of them as metadata of the file, whole or not at all.

    The metadata name no person: channels, markers, instrument, date, hash, matrix and flags.
    """
    table = _table(acquisition)
    about = {f"residua.{key}": json.dumps(value) for key, value in _about(acquisition).items()}
    with whole_file(path) as partial, _refusals():
        table.write_parquet(partial, metadata=about)


def write_csv(acquisition: Acquisition, path: Path) -> None:
    """Write the events with a line of column names, whole or not at all; a CSV keeps no flags."""
    table = _table(acquisition)
    with whole_file(path) as partial, _refusals():
        table.write_csv(partial)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the file system refuses, which polars reports as an error of its own computing."""
    try:
        yield
    except pl.exceptions.ComputeError as error:
        raise OSError(errno.EIO, "no space, or an error of the file system") from error


def column_names(acquisition: Acquisition) -> tuple[str, ...]:
    """The channel names; one that stands twice is counted, ``FITC-A_2``."""
    found: list[str] = []
    taken = set(acquisition.names)
    seen: set[str] = set()
    for name in acquisition.names:
        unique, number = name, 1
        while unique in seen or (number > 1 and unique in taken):
            number += 1
            unique = f"{name}_{number}"
        seen.add(unique)
        found.append(unique)
    return tuple(found)


def _table(acquisition: Acquisition) -> pl.DataFrame:
    names = column_names(acquisition)
    columns = {name: acquisition.events[:, place] for place, name in enumerate(names)}
    return pl.DataFrame({name: pl.Series(name, column) for name, column in columns.items()})


def _about(acquisition: Acquisition) -> dict[str, object]:
    spillover = acquisition.spillover
    return {
        "notice": NOTICE,
        "version": __version__,
        "source": {"sha256": acquisition.sha256, "data_set": acquisition.data_set},
        "fcs": acquisition.version,
        "channels": list(acquisition.names),
        "markers": [channel.marker for channel in acquisition.channels],
        "ranges": [channel.range for channel in acquisition.channels],
        "instrument": acquisition.instrument,
        "acquired": acquisition.acquired,
        "spillover": None
        if spillover is None
        else {"channels": list(spillover.channels), "matrix": spillover.matrix.tolist()},
        "compensated": acquisition.compensated,
        "flags": list(acquisition.flags),
    }
