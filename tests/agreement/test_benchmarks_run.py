"""The benchmarks run, and their counts equal the peer's. Oracle: FlowKit; no time is checked."""

import os
import re
import subprocess
import sys
from pathlib import Path

SPEED = Path(__file__).parents[2] / "benchmarks" / "speed"


def test_six_gates_count_as_those_of_flowkit():
    """The benchmark fails where the counts differ, and 20 000 events hold one blast."""
    command = [sys.executable, SPEED / "mrd_5m.py", "--events", "20000"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    cells = re.search(r"1 blasts of (\d+) cells", done.stdout)
    assert cells
    assert 0 < int(cells[1]) < 20_000
    assert "flowkit / residua: " in done.stdout
