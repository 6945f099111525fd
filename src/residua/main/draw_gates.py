"""From an FCS file and stated gates to a picture of the gating."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from residua.main.flow.opened import open_file
from residua.main.flow.plan import counted, plan_files
from residua.measures.gates import gate_events
from residua.readers.gates import read_gates
from residua.views.gates_figure import draw_gates
from residua.views.write_figure import write_figure


def draw_gating(file: Path | str, *, gates: Path | str, out: Sequence[Path | str]) -> None:
    """Write the gating of one file as PNG, SVG or PDF, by the names in `out`.

    Raises `InputError` as measuring the file would.
    """
    strategy = read_gates(gates)
    (planned,) = (plan := plan_files(strategy, Path(gates), [file])).files
    tube = planned.entry.tube
    opened = open_file(plan, planned, tube=tube)
    masks = gate_events(opened.readout, tube=tube)
    spec = counted(strategy, tube)
    blasts = spec.numerator if spec else None
    figure = draw_gates(opened.readout, masks, tube=tube, blasts=blasts)
    for path in out:
        write_figure(figure, Path(path))
