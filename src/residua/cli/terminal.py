"""What a terminal shows: progress, faults, documents."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from residua.errors import InputError


def count(faults: int) -> str:
    """``no faults``, ``1 fault``, ``2 faults``."""
    return f"{faults or 'no'} fault{'' if faults == 1 else 's'}"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """One line on stderr that says what is being done, where a person looks at a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return

    def show(step: str) -> None:
        width = shutil.get_terminal_size().columns - 5
        print(f"\r\x1b[K{step[:width]} ...", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def faults_too(as_json: bool) -> Iterator[None]:
    """Where the answer is JSON, faults are an answer too, besides the lines on stderr."""
    try:
        yield
    except InputError as error:
        if as_json:
            faults = [asdict(fault) for fault in error.faults]
            print_json({"kind": "residua.faults", "version": "1.0", "faults": faults})
        raise


def print_json(document: dict[str, Any]) -> None:
    """A document to stdout."""
    print(json.dumps(document, indent=2, ensure_ascii=False))
