"""A made-up validation series: simulated files whose blasts are drawn by a known law."""

import numpy as np

from residua.main.simulate_flow import simulate_flow

CELLS = 20_000
LEVELS = (5e-5, 1e-4, 2e-4, 4e-4, 1e-3, 1e-2)
SPEC = """
kind = "residua.simulate.flow"
version = "1.0"
events = {events}
seed = {seed}
[[channel]]
name = "FSC-A"
kind = "scatter"
[[channel]]
name = "PE-Cy7-A"
marker = "CD19"
[[population]]
name = "cells"
fraction = 1.0
[population.levels]
"FSC-A" = {{ median = 60000, spread = 0.05 }}
"""
BLASTS = """
[[population]]
name = "blasts"
count = {count}
[population.levels]
"FSC-A" = {{ median = 70000, spread = 0.05 }}
CD19 = {{ median = 20000, spread = 0.1 }}
"""
GATES = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [10000, inf] }
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { "CD19" = [6000, inf] }
[mrd]
numerator = "blasts"
denominator = "cells"
denominator_kind = "nucleated"
policy = { lod = 3, lloq = 10 }
"""
HEADER = "file,expected,run,operator,instrument,date,replicate,reference\n"


def write_file(folder, name, blasts, *, seed, cells=CELLS):
    """An FCS file with exactly so many blasts among `cells`."""
    text = SPEC.format(events=cells, seed=seed) + BLASTS.format(count=blasts) * bool(blasts)
    spec = folder / f"{name}.spec.toml"
    spec.write_text(text)
    simulate_flow(spec, out=folder / f"{name}.fcs")
    return f"{name}.fcs"


def write_series(folder, *, blanks=20, runs=3, replicates=2, run_sd=0.05, levels=LEVELS, seed=7):
    """series.csv and flow.toml in `folder`: blasts are Poisson about level x cells x run effect."""
    rng = np.random.default_rng(seed)
    (folder / "flow.toml").write_text(GATES)
    rows = []
    for blank in range(blanks):
        count = int(rng.poisson(0.3))
        file = write_file(folder, f"blank-{blank}", count, seed=1000 + blank)
        rows.append(f"{file},blank,{blank % runs},A,X,2024-02-{blank % runs + 1:02d},,0")
    for run in range(runs):
        effect = 10 ** rng.normal(0, run_sd)
        who, where = "AB"[run % 2], "XY"[run // 2 % 2]
        for place, level in enumerate(levels):
            for replicate in range(replicates):
                mean = level * CELLS * effect
                seed_of = 2000 + 100 * run + 10 * place + replicate
                name = f"run{run}-level{place}-{replicate}"
                file = write_file(folder, name, int(rng.poisson(mean)), seed=seed_of)
                reference = level * 10 ** rng.normal(0.03, 0.08)
                known = f"2024-03-{run + 1:02d},{replicate},{reference:.3g}"
                rows.append(f"{file},{level},{run},{who},{where},{known}")
    (folder / "series.csv").write_text(HEADER + "\n".join(rows) + "\n")
    return folder / "series.csv"
