"""Corner files x FCS readers: runs every reader over every file and writes the table.

    python benchmarks/accuracy/fcs_readers.py [--page docs/reference/fcs-readers.md]
                                              [--environments FOLDER] [--installed]

Residua, FlowCal, FlowIO and FlowKit are those of this environment. The others, whose pins do
not fit, are installed by pip into environments of their own, thrown away afterwards unless
--environments names where to keep them. --installed leaves them out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests" / "corners")]

from reader_page import page  # noqa: E402

INSTALLED = ("Residua", "FlowCal", "FlowIO", "FlowKit")
FETCHED = {
    "fcsparser": ("fcsparser==0.2.8", "numpy<2", "pandas<3", "six"),
    "fcsy": ("fcsy==0.10.0",),
    "readfcs": ("readfcs==2.1.1",),
}


@dataclass(frozen=True)
class Column:
    """One reader of the table: its version and, file by file, verdict and reason."""

    name: str
    version: str
    verdicts: dict[str, tuple[str, str]]

    @property
    def totals(self) -> Counter[str]:
        """How often each verdict fell."""
        return Counter(word for word, _ in self.verdicts.values())


def column(name: str, python: Path) -> Column:
    """Run one reader over all files with the Python of its environment."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    if name not in INSTALLED:
        del environment["PYTHONPATH"]
    command = [str(python), str(HERE / "read_with.py"), name]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found = json.loads(done.stdout.splitlines()[-1])
    verdicts = {file: (word, why) for file, (word, why) in found["verdicts"].items()}
    return Column(name, found["version"], verdicts)


def install(name: str, folder: Path) -> Path | None:
    """The Python of an environment with the reader, or None where pip cannot install it."""
    place = folder / name
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    done = subprocess.run([*command, *FETCHED[name]], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return python
    print(f"{name} could not be installed: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return None


def columns(folder: Path, *, installed_only: bool) -> list[Column]:
    """Every reader that can be had, in the order of the table."""
    found = [column(name, Path(sys.executable)) for name in INSTALLED]
    for name in () if installed_only else FETCHED:
        python = install(name, folder)
        found.append(
            Column(name, "not installable", {}) if python is None else column(name, python)
        )
    return found


def main() -> None:
    """Run the readers, print the totals, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--environments", type=Path)
    parser.add_argument("--installed", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.environments or Path(name)
        found = columns(folder, installed_only=options.installed)
    for one in found:
        totals = ", ".join(f"{count} {word}" for word, count in sorted(one.totals.items()))
        print(f"{one.name} {one.version}: {totals or 'not run'}")
    if options.page:
        options.page.write_text(page([(c.name, c.version, c.verdicts) for c in found]))


if __name__ == "__main__":
    main()
