"""What each side of a comparison does, called as its manual says.

A side is made for a folder of benchmark files (that is not timed) and gives back the call that
is timed, which returns numbers to be compared: values at fixed places, or counts.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from flow_files import DATA_AT, dyes
from six_gates import ARCSINH, GATES, LOGICLE, flowkit_strategy

warnings.simplefilter("ignore")
Run = Callable[[], list[float]]
Side = Callable[[Path], Run]
PAGE = 1024  # float32 values of a page of memory
SPAN = (-0.6, 1.4)


def fingerprint(events: Any) -> list[float]:
    """Shape and 60 values; touches every page, so that what is mapped is really read."""
    rows = len(events)
    table = np.asarray(events)
    table.ravel(order="K")[::PAGE].sum()
    chosen = table[:: max(1, rows // 5)][:5]
    return [float(rows), *chosen.astype(float).ravel()]


def read_ours(folder: Path, name: str = "float.fcs") -> Run:
    """`residua.read_fcs`."""
    from residua.readers.fcs import read_fcs

    return lambda: fingerprint(read_fcs(folder / name).events)


def read_flowcal(folder: Path, name: str = "float.fcs") -> Run:
    """`FlowCal.io.FCSData`."""
    import FlowCal

    return lambda: fingerprint(FlowCal.io.FCSData(str(folder / name)))


def read_flowio(folder: Path, name: str = "float.fcs") -> Run:
    """`flowio.FlowData(...).as_array()`."""
    import flowio

    return lambda: fingerprint(flowio.FlowData(str(folder / name)).as_array())


def read_flowkit(folder: Path, name: str = "float.fcs") -> Run:
    """`flowkit.Sample`, raw events."""
    import flowkit

    return lambda: fingerprint(flowkit.Sample(str(folder / name)).get_events(source="raw"))


def read_numpy(folder: Path) -> Run:
    """The floor: `np.fromfile` of the same bytes."""
    path = folder / "float.fcs"
    columns = len(dyes(12)) + 4

    def run() -> list[float]:
        return fingerprint(np.fromfile(path, "<f4", offset=DATA_AT).reshape(-1, columns))

    return run


def masked_numpy(folder: Path) -> Run:
    """The floor: `np.fromfile` of the bytes of the integer file, unmasked."""
    path = folder / "masked.fcs"

    def run() -> list[float]:
        np.fromfile(path, "<u4", offset=DATA_AT).ravel()[::PAGE].sum()
        return []

    return run


def masked_ours(folder: Path) -> Run:
    """As `read_ours`, of the integer file."""
    return read_ours(folder, "masked.fcs")


def masked_flowcal(folder: Path) -> Run:
    """As `read_flowcal`, of the integer file."""
    return read_flowcal(folder, "masked.fcs")


def masked_flowio(folder: Path) -> Run:
    """As `read_flowio`, of the integer file."""
    return read_flowio(folder, "masked.fcs")


def _load_loops() -> None:
    """The compiled loops are loaded as the other imports are: not timed."""
    from residua.main.warm_up import warm_up

    warm_up()


def scaled_ours(folder: Path, scale: Any) -> Run:
    """Read, compensate and scale every dye."""
    from residua.facts.gating import Strategy
    from residua.measures.planes import scale_events
    from residua.measures.readout import read_out
    from residua.readers.fcs import read_fcs

    _load_loops()
    names = dyes(12)
    strategy = Strategy(scales=tuple((name, scale) for name in names))

    def run() -> list[float]:
        found = read_fcs(folder / "float.fcs")
        readout = read_out(found, strategy, compensation=found.spillover)
        return fingerprint(scale_events(readout, names).T)

    return run


def scaled_flowkit(folder: Path, transform: Any) -> Run:
    """Read, compensate and transform every dye."""
    import flowkit as fk

    names = dyes(12)

    def run() -> list[float]:
        sample = fk.Sample(str(folder / "float.fcs"))
        sample.apply_compensation(fk.Matrix(sample.metadata["spillover"], names))
        sample.apply_transform(dict.fromkeys(names, transform))
        return fingerprint(sample.get_events(source="xform")[:, 4:])

    return run


def logicle_ours(folder: Path) -> Run:
    """On the logicle scale."""
    from residua.facts.scales import Logicle

    return scaled_ours(folder, Logicle(**LOGICLE))


def logicle_flowkit(folder: Path) -> Run:
    """On the logicle scale."""
    import flowkit as fk

    return scaled_flowkit(folder, fk.transforms.LogicleTransform(*LOGICLE.values()))


def arcsinh_ours(folder: Path) -> Run:
    """On the arcsinh scale of Gating-ML."""
    from residua.facts.scales import ScaledArcsinh

    return scaled_ours(folder, ScaledArcsinh(**ARCSINH))


def arcsinh_flowkit(folder: Path) -> Run:
    """On the arcsinh scale of Gating-ML."""
    import flowkit as fk

    return scaled_flowkit(folder, fk.transforms.AsinhTransform(*ARCSINH.values()))


def gates_ours(folder: Path) -> Run:
    """Six gates with compensation and scales, of a file already read."""
    from residua import apply_gates, read_fcs, read_gates

    _load_loops()
    found, strategy = read_fcs(folder / "float.fcs"), read_gates(folder / "flow.toml")

    def run() -> list[float]:
        masks = apply_gates(found, strategy)
        return [float(np.count_nonzero(masks[name])) for name, _, _ in GATES]

    return run


def gates_flowkit(folder: Path) -> Run:
    """The same gates of a sample already read."""
    import flowkit as fk

    sample = fk.Sample(str(folder / "float.fcs"))
    strategy = flowkit_strategy(sample)

    def run() -> list[float]:
        result = strategy.gate_sample(sample)
        return [float(result.get_gate_count(name)) for name, _, _ in GATES]

    return run


def read_and_gates_ours(folder: Path) -> Run:
    """Read, then the six gates; the compiled loops are among the imports."""
    _load_loops()

    def run() -> list[float]:
        return gates_ours(folder)()

    return run


def read_and_gates_flowkit(folder: Path) -> Run:
    """Read, then the six gates."""

    def run() -> list[float]:
        return gates_flowkit(folder)()

    return run


def _plane(folder: Path) -> Any:
    """Two scaled dimensions, float32, for the pictures."""
    stored = np.fromfile(folder / "float.fcs", "<f4", offset=DATA_AT).reshape(-1, 12)
    return np.arcsinh(np.ascontiguousarray(stored[:, [11, 7]].T) / 150) / 10


def picture_ours(folder: Path) -> Run:
    """Density of 256 x 256 bins as PNG."""
    from residua.measures.density import count_density
    from residua.views.density_png import density_png

    x, y = _plane(folder)

    def run() -> list[float]:
        density = count_density(x, y, x_span=SPAN, y_span=SPAN)
        assert density_png(density).startswith(b"\x89PNG")
        return [float(density.events)]

    return run


def picture_matplotlib(folder: Path) -> Run:
    """`hist2d` of as many bins, saved as PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.colors import LogNorm

    x, y = _plane(folder)

    def run() -> list[float]:
        figure, axes = plt.subplots()
        counts, *_ = axes.hist2d(x, y, bins=256, range=[SPAN, SPAN], norm=LogNorm())
        figure.savefig(io.BytesIO(), format="png")
        plt.close(figure)
        return [float(counts.sum())]

    return run


SIDES: dict[str, Side] = {
    name: side
    for name, side in globals().items()
    if name.startswith(("read_", "masked_", "logicle_", "arcsinh_", "gates_", "picture_"))
}
