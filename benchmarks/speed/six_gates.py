"""Six gates in one another, on logicle and linear scales: as flow.toml and for FlowKit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flow_files import dyes

LOGICLE = {"T": 262144, "W": 0.5, "M": 4.5, "A": 0}
ARCSINH = {"T": 262144, "M": 4.5, "A": 0}
# name, parent, limits on a logicle scale (light scatter: linear)
GATES = [
    ("cells", None, {"FSC-A": (30000, 250000), "SSC-A": (1000, 250000)}),
    ("singlets", "cells", {"FSC-H": (30000, 250000)}),
    ("dim CD45", "singlets", {"BV510-A": (0.3, 0.62)}),
    ("B", "dim CD45", {"PE-Cy7-A": (0.5, 1.1)}),
    ("CD10", "B", {"APC-A": (0.5, 1.1), "APC-H7-A": (-1, 0.6)}),
    ("blasts", "CD10", {"PerCP-A": (0.45, 1.1)}),
]


def strategy_text(channels: int) -> str:
    """The six gates as flow.toml, counted as MRD."""
    text = ""
    for name, parent, limits in GATES:
        pairs = ", ".join(f'"{dim}" = [{low}, {high}]' for dim, (low, high) in limits.items())
        kind = "range" if len(limits) == 1 else "rectangle"
        text += f'[[gate]]\nname = "{name}"\nkind = "{kind}"\nlimits = {{ {pairs} }}\n'
        text += f'parent = "{parent}"\n' if parent else ""
    text += "[scales]\n"
    values = ", ".join(f"{key} = {value}" for key, value in LOGICLE.items())
    for dye in dyes(channels):
        text += f'"{dye}" = {{ kind = "logicle", {values} }}\n'
    return text + '[mrd]\nnumerator = "blasts"\ndenominator = "singlets"\n'


def flowkit_strategy(sample: Any) -> Any:
    """The same gates, scales and matrix for FlowKit."""
    import flowkit as fk

    names = dyes(sample.channels.shape[0])
    strategy = fk.GatingStrategy()
    strategy.add_comp_matrix("m", fk.Matrix(sample.metadata["spillover"], names))
    strategy.add_transform("logicle", fk.transforms.LogicleTransform(*LOGICLE.values()))
    path: tuple[str, ...] = ("root",)
    for name, _, limits in GATES:
        dimensions = [
            fk.Dimension(
                dim,
                compensation_ref="m" if dim in names else "uncompensated",
                transformation_ref="logicle" if dim in names else None,
                range_min=low,
                range_max=high,
            )
            for dim, (low, high) in limits.items()
        ]
        strategy.add_gate(fk.gates.RectangleGate(name, dimensions=dimensions), path)
        path = (*path, name)
    return strategy


def write_strategy(folder: Path, channels: int = 12) -> Path:
    """flow.toml in `folder`."""
    path = folder / "flow.toml"
    path.write_text(strategy_text(channels))
    return path
