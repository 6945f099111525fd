"""flow.toml in, a gating `Strategy` out; every fault of the file in one pass, by line."""

from __future__ import annotations

from pathlib import Path

from residua.errors import InputError
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest
from residua.readers.digest import sha256_of
from residua.readers.flow_toml.counts import read_antigens, read_mrd
from residua.readers.flow_toml.dimensions import read_dimensions, read_matrices, read_scales
from residua.readers.flow_toml.files import read_files
from residua.readers.flow_toml.quality import read_haemodilution, read_quality
from residua.readers.flow_toml.shapes import read_gate_tables
from residua.readers.foreign_gates import read_foreign_gates
from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table

_KEYS = (
    *("gates", "file", "scales", "matrix", "dimension", "gate", "mrd", "antigen"),
    *("strategy", "quality", "haemodilution"),
)


def read_flow_toml(path: Path | str, *, name: str | None = None) -> Strategy:
    """The gating strategy of a flow.toml, with the gates of the file that it names.

    `name` is how faults call the file (default: `path`). Raises `InputError` with every fault
    of the file: unknown tables, keys and values, gates that name unknown gates or build a
    cycle, dimensions of unknown matrices, counts of gates that do not exist; and with those
    of the file that ``gates`` names.
    """
    called = name or str(path)
    data, places = read_toml(path, name=called)
    faults = Faults(called, places)
    strategy = _strategy(Table(data, (), faults), called, Path(path))
    faults.raise_any()
    return strategy


def _strategy(top: Table, called: str, path: Path) -> Strategy:
    top.only(*_KEYS)
    other = _other(top, path.parent)
    matrices, beside = read_matrices(top, path.parent, above=other.matrices)
    matrices = (*other.matrices, *matrices)
    dimensions = read_dimensions(top, matrices, above=other.dimensions)
    gates = (*other.gates, *read_gate_tables(top, above=other.gates))
    scales, files = (*other.scales, *read_scales(top)), read_files(top, samples=other.files)
    mrd, antigens = read_mrd(top, gates), read_antigens(top, gates)
    quality, haemodilution = read_quality(top, gates), read_haemodilution(top, gates)
    if not top.faults.none():  # what does not fit together cannot be made; the faults tell why
        return Strategy(path=called)
    return Strategy(
        gates=gates,
        scales=scales,
        files=files,
        mrd=mrd,
        antigens=antigens,
        dimensions=(*other.dimensions, *dimensions),
        matrices=matrices,
        quality=quality,
        haemodilution=haemodilution,
        path=called,
        sha256=sha256_of(path),
        sources=(*other.sources, *beside),
        validated=_validated(top),
    )


def _other(top: Table, folder: Path) -> Strategy:
    """The strategy of the Gating-ML document or workspace that ``gates`` names, or an empty one."""
    file = top.text("gates")
    if file is None:
        return Strategy()
    try:
        read = read_foreign_gates(folder / file, name=file)
    except InputError as error:
        top.faults.found += [(("gates",), fault) for fault in error.faults]
        return Strategy()
    return Strategy(
        files=read.files,
        gates=read.gates,
        scales=read.scales,
        dimensions=read.dimensions,
        matrices=read.matrices,
        sources=(FileDigest(file, read.sha256), *read.sources),
    )


def _validated(top: Table) -> bool:
    """``[strategy] validated``, true where nothing is said."""
    table = top.table("strategy")
    if table is None:
        return True
    table.only("validated")
    return table.truth("validated", unstated=True)
