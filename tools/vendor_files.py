"""Fetch the wheel of fcsparser 0.2.8, whose tests hold FCS files of many vendors (MIT licence).

The wheel is downloaded by this Python's own pip, never installed (its pins do not fit), and kept
whole, if its hash is right; the tests read the files inside it. It lies in the package index, so
a server that reaches nothing else still gets it.

    python tools/vendor_files.py FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import real_marrow

SHA256 = "833b02ceff18f34c9304681f5b6675039f5b39a31dfdd9640881f43223bcc2ab"
WHEEL = "vendor/fcsparser-0.2.8-py3-none-any.whl"


def fetch(folder: Path) -> bool:
    """Put the wheel at its place below `folder`; False where the right one already lies there.

    Raises FetchError, with nothing written, where the package index cannot be reached or what
    it gives is not the wheel of the known hash.
    """
    destination = folder / WHEEL
    if destination.is_file() and real_marrow.sha256(destination) == SHA256:
        return False
    with tempfile.TemporaryDirectory() as name:
        wheel = real_marrow.download_wheel(Path(name))
        found = real_marrow.sha256(wheel)
        if found != SHA256:
            raise real_marrow.FetchError(
                f"{wheel.name} has SHA-256 {found}, expected {SHA256}; nothing was written"
            )
        real_marrow.write_whole(destination, wheel.read_bytes())
    return True


def main(arguments: list[str]) -> int:
    """Fetch below the one argument: 0 done, 1 could not, 2 wrong use."""
    if len(arguments) != 1:
        print("usage: python tools/vendor_files.py FOLDER", file=sys.stderr)
        return 2
    try:
        fresh = fetch(Path(arguments[0]))
    except real_marrow.FetchError as error:
        print(f"vendor files: {error}", file=sys.stderr)
        return 1
    print(f"{WHEEL}: {'fetched' if fresh else 'already there'}, hash checked")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
