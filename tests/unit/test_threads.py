"""Oracle: what the matrix library itself would read, in a process of its own."""

import os
import subprocess
import sys

import pytest

ASK = """
import os, sys
from residua.cli.door import THREADS, main
assert "numpy" not in sys.modules
sys.argv = ["residua", "--version"]
try:
    main()
except SystemExit:
    pass
print([os.environ[name] for name in THREADS])
"""


@pytest.mark.parametrize(("given", "told"), [(None, "1"), ("3", "3")])
def test_the_matrix_library_has_one_thread_unless_the_user_says_otherwise(given, told):
    known = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    if given:
        known |= dict.fromkeys(
            ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), given
        )
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        env=known | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stdout.splitlines()[-1] == str([told] * 3)
