"""Oracles: the modules that a process has loaded; the cache folder that numba was given."""

import os
import subprocess
import sys

from residua.measures.compiled import jit
from residua.measures.compiled.warm import COMPILING

GATE = """
import sys
import numpy as np
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import Limit, RectangleGate
from residua.facts.gating import Strategy
from residua.measures.gates import apply_gates
import residua.main.mrd
events = np.ones((100_000, 1), np.float32)
gate = RectangleGate(name="g", limits=(Limit("A", 0, 2),))
masks = apply_gates(Acquisition(events, (Channel("A"),), {}), Strategy(gates=(gate,)))
assert masks["g"].all()
print(sorted({"numba", "scipy.stats", "scipy.optimize", "matplotlib"} & sys.modules.keys()))
"""
WITHOUT = """
import sys
sys.modules["numba"] = None  # as where it is not installed
import numpy as np
from residua.measures.density import count_density
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.plain import PLAIN
x = np.repeat(np.float32([0.25, 0.75, 0.75, np.nan]), 500_000)
print(count_density(x, x, x_span=(0, 1), y_span=(0, 1), bins=2).counts.tolist())
print(kernels_for(10**9, saved=1.0) is PLAIN)
"""
WARM = """
from residua.main.warm_up import warm_up
from residua.measures.compiled import warm
warm._LOOPS = warm._LOOPS[:1]  # one loop shows what all do, in a tenth of the time
warm_up(print)
"""

WORK = """
import sys
from pathlib import Path
import numpy as np
from residua.facts.acquisition import Acquisition, Channel
from residua.main.gate import gate_file
from residua.main.mrd import measure_mrd
from residua.views.fcs_export import write_fcs
folder = Path(sys.argv[1])
rng = np.random.default_rng(3)
names = ("FSC-A", "SSC-A", "CD10", "CD19")
events = rng.normal(20_000, 8_000, (400_000, 4)).astype(np.float32)
channels = tuple(Channel(name, range=262144) for name in names)
write_fcs(Acquisition(events, channels, {}), folder / "a.fcs")
(folder / "flow.toml").write_text(sys.argv[2])
gate_file(folder / "a.fcs", gates=folder / "flow.toml", out=folder / "gated")
measure_mrd([folder / "a.fcs"], gates=folder / "flow.toml", out=folder / "mrd.json")
"""
STRATEGY = """
[scales]
CD10 = { kind = "logicle", T = 262144, W = 0.5, M = 4.5, A = 0 }
CD19 = { kind = "arcsinh", cofactor = 150 }
[[gate]]
name = "cells"
kind = "polygon"
x = "FSC-A"
y = "SSC-A"
points = [[5000, 0], [60000, 0], [60000, 60000], [5000, 60000]]
[[gate]]
name = "B"
parent = "cells"
kind = "range"
limits = { CD19 = [3, inf] }
[[gate]]
name = "blasts"
parent = "B"
kind = "ellipse"
x = "CD10"
y = "CD19"
center = [0.75, 5.5]
covariance = [[0.01, 0], [0, 0.1]]
distance2 = 1
[mrd]
numerator = "blasts"
denominator = "cells"
"""


def python(code, *words, **settings):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | settings
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_few_events_are_gated_without_a_compiler():
    assert python(GATE) == "[]"


def test_all_is_counted_plainly_where_numba_cannot_be_imported():
    """Count by hand: half a million events below the middle of both axes, a million above."""
    assert python(WITHOUT) == "[[500000, 0], [0, 1000000]]\nTrue"


def test_compiling_is_said_once_and_kept(tmp_path):
    """The first process compiles into an empty cache and says so; the second finds it there."""
    assert python(WARM, NUMBA_CACHE_DIR=str(tmp_path)) == COMPILING
    kept = list(tmp_path.rglob("*.nbi"))
    assert kept
    assert python(WARM, NUMBA_CACHE_DIR=str(tmp_path)) == ""


def test_work_after_warming_up_compiles_nothing(tmp_path):
    """Gating, counting and drawing 400 000 events take loops from the cache and add none."""
    python("from residua.main.warm_up import warm_up; warm_up()")
    told = python(WORK, tmp_path, STRATEGY, NUMBA_DEBUG_CACHE="1")
    assert "data loaded" in told
    assert "data saved" not in told


def test_a_loop_compiles_where_nothing_can_be_kept(monkeypatch):
    """numba refuses `cache=True` with a RuntimeError where it finds no folder to write to."""
    real = jit.njit

    def refuse(**options):
        if options.pop("cache", False):
            raise RuntimeError("no locator available")
        return real(**options)

    monkeypatch.setattr(jit, "njit", refuse)
    assert jit.compiled(lambda value: value + 1)(2) == 3
