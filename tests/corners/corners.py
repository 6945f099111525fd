"""All corner files, by group. As a program: write them into a folder.

python tests/corners/corners.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from corner import Corner
from integer_corners import integer_corners
from place_corners import place_corners
from text_corners import text_corners
from value_corners import value_corners

GROUPS = {
    "Integers": integer_corners,
    "Floats, ASCII, mixed types, amplification": value_corners,
    "TEXT": text_corners,
    "Places and counts": place_corners,
}


def all_corners() -> dict[str, list[Corner]]:
    """Group -> its corner files, in the order of the table."""
    return {group: make() for group, make in GROUPS.items()}


def listed() -> list[Corner]:
    """Every corner file, whatever its group."""
    return [one for group in all_corners().values() for one in group]


def main() -> int:
    """Write every file; 2 where no folder is named."""
    if len(sys.argv) != 2:
        print("usage: python tests/corners/corners.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for one in listed():
        one.write(folder)
    print(f"{len(listed())} corner files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
