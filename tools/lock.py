"""Write requirements/run.lock and requirements/dev.lock: one resolution, two parts.

Everything is resolved at once (the run-time set, the build tools and the development group,
for every Python from 3.11 on Linux and macOS), then divided: ``run.lock`` is what the package
and its installation need, ``dev.lock`` names ``run.lock`` and holds only what development
adds. So the two can never ask for different versions. Needs uv; where the packages come from
is uv's business (its environment variables), and no address enters the files.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHERE = ROOT / "requirements"
SOURCE_ONLY = ("flowcal", "flowio")  # no wheels exist; pure Python, built by the locked setuptools
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)==")
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links|(^|\s)-[if]\s|@ ")

HEAD = "# Made by `make lock` from pyproject.toml; do not edit. {what}\n"


class LockError(Exception):
    """The lock cannot be written; the message says why."""


def compile_lock(*groups: str, constraint: Path | None = None) -> str:
    """The pinned, hashed requirements of the package and `groups`, as uv writes them."""
    uv = shutil.which("uv")
    if uv is None:
        raise LockError("uv is not installed; see docs.astral.sh/uv (only `make lock` needs it)")
    command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version=3.11"]
    command += ["--fork-strategy=fewest", "--generate-hashes", "--no-emit-index-url", "--quiet"]
    command += ["--no-annotate", "--no-header", "--no-config", "--upgrade"]
    command += ["--only-binary=:all:", *(f"--no-binary={name}" for name in SOURCE_ONLY)]
    command += [f"--group={group}" for group in groups]
    if constraint is not None:
        command += ["--constraint", str(constraint)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LockError(f"uv could not resolve:\n{done.stderr.strip()}")
    return done.stdout


def blocks(lock: str) -> dict[str, str]:
    """Package name -> its lines (pin, marker and hashes), in the order of `lock`."""
    found: dict[str, str] = {}
    name = None
    for line in lock.splitlines(keepends=True):
        match = NAME.match(line)
        if match:
            name = match[1]
            if name in found:
                raise LockError(f"{name} is pinned twice: one version for every Python is wanted")
            found[name] = ""
        if name is not None:
            found[name] += line
    return found


def divide(full: dict[str, str], run: dict[str, str]) -> dict[str, str]:
    """What `full` adds to `run`; a package of both must be pinned alike in both."""
    differing = [name for name, block in run.items() if full.get(name) != block]
    if differing:
        raise LockError(f"pinned differently for run and development: {', '.join(differing)}")
    return {name: block for name, block in full.items() if name not in run}


def refuse_addresses(text: str) -> None:
    """Raise LockError when a lock names where packages come from."""
    for line in text.splitlines():
        if not line.startswith("#") and ADDRESS.search(line):
            raise LockError(f"an address would enter the lock: {line.strip()}")


def main() -> int:
    """Resolve, divide, write; 0, or 1 with a message and the old locks untouched."""
    try:
        full = compile_lock("build", "dev")
        with tempfile.TemporaryDirectory() as folder:
            pins = Path(folder) / "full.txt"
            pins.write_text(full)
            run = blocks(compile_lock("build", constraint=pins))
        extra = divide(blocks(full), run)
        texts = {
            "run.lock": HEAD.format(what="The run-time set and the build tools.")
            + "--only-binary :all:\n"
            + "".join(run.values()),
            "dev.lock": HEAD.format(what="What development adds.")
            + f"-r run.lock\n--no-binary {','.join(SOURCE_ONLY)}\n"
            + "".join(extra.values()),
        }
        for text in texts.values():
            refuse_addresses(text)
    except LockError as error:
        print(f"make lock: {error}", file=sys.stderr)
        return 1
    WHERE.mkdir(exist_ok=True)
    for name, text in texts.items():
        (WHERE / name).write_text(text)
    print(f"run.lock: {len(run)} packages; dev.lock: {len(extra)} more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
