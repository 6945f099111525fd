"""A simulated bead-array plate as a folder: FCS files, plate.csv, panel.toml and truth.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from residua import NOTICE
from residua.errors import UsageError
from residua.facts.bead_plate import BeadPlate
from residua.main.beads.array import open_panel
from residua.main.output import whole_folder
from residua.progress import Progress, silent
from residua.simulate.bead_plate import SimulatedPlate, simulate_bead_plate
from residua.standards.bead_panel_shelf import bead_panel_text
from residua.views.fcs_export import write_fcs

PANEL = "legendplex-13"
MOST_SAMPLES = 39
"""In two wells each, beside eight standards and a blank in two, on a plate of 96."""


def simulate_beads(
    out: Path | str, *, seed: int = 1, samples: int = 4, progress: Progress = silent
) -> Path:
    """Write the folder, whole or not at all, and return it; the same seed gives the same bytes.

    Raises `UsageError` for samples that no plate holds and for a seed out of range.
    """
    if not 1 <= samples <= MOST_SAMPLES:
        raise UsageError(f"--samples is a number from 1 to {MOST_SAMPLES}: more fill no plate")
    if not 0 <= seed < 2**63:
        raise UsageError("--seed is a number from 0 to 2^63 - 1")
    folder = Path(out)
    progress("making up the plate")
    made = simulate_bead_plate(open_panel(PANEL), seed=seed, samples=samples)
    with whole_folder(folder) as partial:
        for well in made.plate.wells:
            progress(f"writing {well.file}")
            write_fcs(made.wells[well.well], partial / well.file)
        (partial / "plate.csv").write_text(plate_text(made.plate), "utf-8")
        (partial / "panel.toml").write_text(bead_panel_text(PANEL), "utf-8")
        text = json.dumps(_truth(made), indent=2)
        (partial / "truth.json").write_text(f"{text}\n", "utf-8")
    return folder


def plate_text(plate: BeadPlate) -> str:
    """The table of a plate."""
    lines = ["well,file,sample,role,quantity,unit,dilution"]
    for well in plate.wells:
        quantity = "" if well.quantity is None else f"{well.quantity!r}"
        unit = plate.unit if well.quantity is not None else ""
        dilution = f"{well.dilution:g}" if well.role == "unknown" else ""
        row = (well.well, well.file, well.sample, well.role, quantity, unit, dilution)
        lines.append(",".join(row))
    return "\n".join([*lines, ""])


def _truth(made: SimulatedPlate) -> dict[str, Any]:
    names = ("bottom", "top", "middle", "slope", "skew")
    return {
        "kind": "residua.beads-truth",
        "version": "1.0",
        "simulated": True,
        "notice": NOTICE,
        "seed": made.seed,
        "unit": made.plate.unit,
        "curves": {
            analyte: {name: getattr(curve, name) for name in names}
            for analyte, curve in made.curves.items()
        },
        "concentrations": {sample: dict(held) for sample, held in made.concentrations.items()},
        "beads": {well: dict(counts) for well, counts in made.counts.items()},
    }
