"""What tools/venv.sh says where no virtual environment can be made, and that it leaves none.

Oracle: the wording of the remedy for each system. The Pythons are real or fail as a version
manager's placeholders do; PATH holds nothing else but the few tools that the script calls.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ("sh", "dirname", "cat", "cksum", "rm", "mkdir")
RUNS_AS = '#!/bin/sh\nexec "{python}" "$@"\n'
PLACEHOLDER = '#!/bin/sh\necho "command not found" >&2\nexit 127\n'
OLD = '#!/bin/sh\ncase "$2" in *platform*) echo 3.9.18 ;; *) exit 1 ;; esac\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; *) exec "{python}" "$@" ;; esac\n'


@pytest.fixture
def checkout(tmp_path):
    """A checkout in a path with a space, and a PATH of its own beside it."""
    folder = tmp_path / "my checkout"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/venv.sh", folder / "tools")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return folder


def run(checkout, *arguments, settings=None, **pythons):
    """The finished process of venv.sh with `pythons` (name without dot -> script) in PATH."""
    bin_folder = checkout.parent / "bin"
    for name, script in pythons.items():
        file = bin_folder / name.replace("_", ".")
        file.write_text(script.replace("{python}", sys.executable))
        file.chmod(0o755)
    return subprocess.run(
        [checkout / "tools/venv.sh", *arguments],
        env={"PATH": str(bin_folder), "HOME": str(checkout.parent), **(settings or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_python_at_all_names_the_remedies(checkout):
    done = run(checkout, "run", python3=PLACEHOLDER)
    assert done.returncode == 1
    assert "No python3 that runs was found" in done.stderr
    assert "sudo apt install python3.11 python3.11-venv" in done.stderr
    assert "brew install" in done.stderr
    assert "sudo dnf install" in done.stderr


def test_a_python_too_old_is_named(checkout):
    done = run(checkout, "run", python3_12=PLACEHOLDER, python3=OLD)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer. Found: python3 is 3.9.18." in done.stderr


def test_a_python_without_ensurepip_names_its_package_and_leaves_no_venv(checkout):
    done = run(checkout, "dev", python3_13=PLACEHOLDER, python3=WITHOUT_VENV)
    minor = f"3.{sys.version_info[1]}"
    assert done.returncode == 1
    assert f"sudo apt install python{minor}-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_unknown_set_is_wrong_use(checkout):
    assert run(checkout, "all").returncode == 2


def test_an_index_that_gives_nothing_leaves_a_venv_that_the_next_call_makes_anew(checkout):
    """The lock needs an index once; where pip finds none the message says so, without a trace."""
    offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1"}
    done = run(checkout, "run", settings=offline, python3=RUNS_AS)
    assert done.returncode == 1
    assert "run the same command again when the cause is gone" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / ".venv/residua.run").exists()
    assert (checkout / ".venv/residua.unfinished").exists()
