"""A tube of 5 million events x 12 float32 channels through `residua mrd` with six gates.

Prints seconds and peak memory of the command, and the ratio to FlowKit on the same file, matrix
and gates (each in a fresh process, so that peaks are their own). Fails where counts differ.

    python benchmarks/speed/mrd_5m.py [--events N] [--without-peer]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

DYES = ["FITC-A", "PE-A", "PerCP-A", "PE-Cy7-A", "APC-A", "APC-H7-A", "BV421-A", "BV510-A"]
MARKERS = ["CD81", "CD22", "CD34", "CD19", "CD10", "CD38", "CD20", "CD45"]
LOGICLE = {"T": 262144, "W": 0.5, "M": 4.5, "A": 0}
# name, parent, limits on a logicle scale (light scatter: linear)
GATES = [
    ("cells", None, {"FSC-A": (30000, 250000), "SSC-A": (1000, 250000)}),
    ("singlets", "cells", {"FSC-H": (30000, 250000)}),
    ("dim CD45", "singlets", {"BV510-A": (0.3, 0.62)}),
    ("B", "dim CD45", {"PE-Cy7-A": (0.5, 1.1)}),
    ("CD10", "B", {"APC-A": (0.5, 1.1), "APC-H7-A": (-1, 0.6)}),
    ("blasts", "CD10", {"PerCP-A": (0.45, 1.1)}),
]


def spec(events: int) -> str:
    """A spec of marrow-like populations over twelve channels."""
    text = f'kind = "residua.simulate.flow"\nversion = "1.0"\nevents = {events}\nseed = 3\n'
    text += "debris = 0.08\ndoublets = 0.03\n"
    for name, kind in (("FSC-A", "scatter"), ("SSC-A", "scatter"), ("Time", "time")):
        text += f'[[channel]]\nname = "{name}"\nkind = "{kind}"\n'
    text += '[[channel]]\nname = "FSC-H"\nkind = "height"\narea = "FSC-A"\n'
    for dye, marker in zip(DYES, MARKERS, strict=True):
        text += f'[[channel]]\nname = "{dye}"\nmarker = "{marker}"\n'
    populations = {
        "granulocytes": ("fraction = 0.7", "SSC-A = 90000", "CD45 = 3000", "CD10 = 4000"),
        "T cells": ("fraction = 0.2", "SSC-A = 20000", "CD45 = 20000"),
        "B cells": ("fraction = 0.1", "SSC-A = 20000", "CD45 = 15000", "CD19 = 9000"),
        "blasts": (
            f"count = {events // 20000}",
            *("SSC-A = 18000", "CD45 = 1500", "CD19 = 7000"),
            *("CD10 = 12000", "CD34 = 6000", "CD22 = 3000"),
        ),
    }
    for name, (share, *levels) in populations.items():
        text += f'[[population]]\nname = "{name}"\n{share}\n[population.levels]\n'
        text += "FSC-A = 70000\n" + "\n".join(levels) + "\n"
    text += "[spillover]\n"
    for dye, other in zip(DYES, DYES[1:] + DYES[:1], strict=True):
        text += f'"{dye}" = {{ "{other}" = 0.06 }}\n'
    return text


def strategy() -> str:
    """The six gates as flow.toml."""
    text = ""
    for name, parent, limits in GATES:
        pairs = ", ".join(f'"{dim}" = [{low}, {high}]' for dim, (low, high) in limits.items())
        kind = "range" if len(limits) == 1 else "rectangle"
        text += f'[[gate]]\nname = "{name}"\nkind = "{kind}"\nlimits = {{ {pairs} }}\n'
        text += f'parent = "{parent}"\n' if parent else ""
    text += "[scales]\n"
    values = ", ".join(f"{key} = {value}" for key, value in LOGICLE.items())
    for dye in DYES:
        text += f'"{dye}" = {{ kind = "logicle", {values} }}\n'
    return text + '[mrd]\nnumerator = "blasts"\ndenominator = "singlets"\n'


def ours(folder: Path) -> list[int]:
    """Blasts and cells by Residua."""
    from residua.main.mrd import measure_mrd

    result = measure_mrd([folder / "a.fcs"], gates=folder / "flow.toml", out=folder / "out")
    return [result.level.numerator, result.level.denominator.count]


def theirs(folder: Path) -> list[int]:
    """Blasts and cells by FlowKit."""
    import flowkit as fk

    sample = fk.Sample(str(folder / "a.fcs"), sample_id="a")
    matrix = fk.Matrix(sample.metadata["spillover"], DYES)
    strategy = fk.GatingStrategy()
    strategy.add_comp_matrix("m", matrix)
    transform = fk.transforms.LogicleTransform(
        LOGICLE["T"], LOGICLE["W"], LOGICLE["M"], LOGICLE["A"]
    )
    strategy.add_transform("logicle", transform)
    path = ("root",)
    for name, _, limits in GATES:
        dimensions = [
            fk.Dimension(
                dim,
                compensation_ref="m" if dim in DYES else "uncompensated",
                transformation_ref="logicle" if dim in DYES else None,
                range_min=low,
                range_max=high,
            )
            for dim, (low, high) in limits.items()
        ]
        strategy.add_gate(fk.gates.RectangleGate(name, dimensions=dimensions), path)
        path = (*path, name)
    result = strategy.gate_sample(sample)
    return [int(result.get_gate_count(name)) for name in ("blasts", "singlets")]


def timed(who: str, folder: Path) -> dict[str, Any]:
    """Run one side in a fresh process; its imports are not timed."""
    command = [sys.executable, __file__, "--run", who, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def run(who: str, folder: Path) -> None:
    """One side: import what it needs, then count and time."""
    module, count = {"ours": ("residua.main.mrd", ours), "theirs": ("flowkit", theirs)}[who]
    import_module(module)
    begin = time.perf_counter()
    counts = count(folder)
    seconds = time.perf_counter() - begin
    peak = peak_gb(resource.getrusage(resource.RUSAGE_SELF))
    print(json.dumps({"seconds": seconds, "peak_gb": peak, "counts": counts}))


def peak_gb(usage: resource.struct_rusage) -> float:
    """Peak memory in GB; macOS counts it in bytes, Linux in KiB."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


def residua(*words: str | Path) -> float:
    """The command line in a process of its own; its peak memory in GB."""
    words = (sys.executable, "-m", "residua", *map(str, words))
    pid = os.posix_spawn(sys.executable, words, os.environ)
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, words
    return peak_gb(usage)


def command(folder: Path) -> list[int]:
    """The command itself, start and imports included; prints seconds and peak memory."""
    begin = time.perf_counter()
    out = folder / "mrd.json"
    peak = residua("mrd", folder / "a.fcs", "--gates", folder / "flow.toml", "-o", out)
    seconds = time.perf_counter() - begin
    print(f"residua mrd {seconds:.2f} s, peak {peak:.2f} GB")
    found = json.loads(out.read_text())
    return [found["numerator"], found["denominator"]["count"]]


def main() -> None:
    """Simulate, run the command and both sides, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000_000)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--run", choices=["ours", "theirs"])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.run:
        run(options.run, options.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), options.events, peer=not options.without_peer)


def compare(folder: Path, events: int, *, peer: bool) -> None:
    """One file, the command and both sides in processes of their own; counts must be equal."""
    (folder / "spec.toml").write_text(spec(events))
    (folder / "flow.toml").write_text(strategy())
    residua("simulate", "flow", folder / "spec.toml", "-o", folder / "a.fcs")
    counts = command(folder)
    print(f"{events} events x 12: {counts[0]} blasts of {counts[1]} cells")
    mine = timed("ours", folder)
    print(f"residua {mine['seconds']:.2f} s, peak {mine['peak_gb']:.2f} GB (imports not timed)")
    assert mine["counts"] == counts, (mine["counts"], counts)
    if not peer:
        return
    other = timed("theirs", folder)
    print(f"flowkit {other['seconds']:.2f} s, peak {other['peak_gb']:.2f} GB (imports not timed)")
    assert mine["counts"] == other["counts"], (mine["counts"], other["counts"])
    print(f"flowkit / residua: {other['seconds'] / mine['seconds']:.1f} x the time, ", end="")
    print(f"{other['peak_gb'] / mine['peak_gb']:.1f} x the memory, counts equal")


if __name__ == "__main__":
    main()
