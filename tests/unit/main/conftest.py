"""Small simulated tubes whose counts are known exactly."""

import pytest
from mrd_by_hand import gates as gates
from mrd_by_hand import made as made

from residua.main.simulate_flow import simulate_flow

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
[[channel]]
name = "PE-A"
marker = "{marker}"
[[population]]
name = "other"
fraction = 1.0
levels = {{ "FSC-A" = 60000 }}
[[population]]
name = "blasts"
count = {blasts}
[population.levels]
"FSC-A" = 80000
CD19 = {{ median = 30000, spread = 0.05 }}
{marker} = {{ median = 20000, spread = 0.05, positive = {positive} }}
[spillover]
"PE-A" = {{ "PE-Cy7-A" = 0.05 }}
"""

GATES = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [0, inf] }
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { "CD19" = [3, inf] }
[scales]
CD19 = { kind = "arcsinh", cofactor = 150 }
CD22 = { kind = "arcsinh", cofactor = 150 }
[mrd]
numerator = "blasts"
denominator = "cells"
denominator_kind = "nucleated"
"""

ANTIGEN = """
[[antigen]]
marker = "CD22"
of = "blasts"
threshold = 3
"""


@pytest.fixture
def tube(tmp_path):
    """Makes one simulated tube in flow/ and returns its path."""

    def make(name, *, events=120_000, blasts=60, seed=1, marker="CD22", positive=0.5):
        spec = tmp_path / f"{name}.spec.toml"
        values = {"events": events, "blasts": blasts, "seed": seed}
        spec.write_text(SPEC.format(**values, marker=marker, positive=positive))
        return simulate_flow(spec, out=tmp_path / "flow" / f"{name}.fcs")[0]

    return make


@pytest.fixture
def flow(tmp_path):
    """Writes flow/flow.toml with the given tables before the common gates."""

    def write(head="", tail=ANTIGEN, gates=GATES):
        folder = tmp_path / "flow"
        folder.mkdir(exist_ok=True)
        file = folder / "flow.toml"
        file.write_text(head + gates + tail)
        return file

    return write
