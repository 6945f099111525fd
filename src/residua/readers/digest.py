"""The hash by which a result names the file that it came from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from residua.facts.mrd_result import FileDigest
from residua.readers.ordinary_file import ordinary_bytes


def sha256_of(path: Path | str) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits; raises `OSError`."""
    return hashlib.sha256(ordinary_bytes(path)).hexdigest()


def digest_of(folder: Path, file: str) -> FileDigest:
    """A file of the folder by its name in the strategy and the hash of its bytes."""
    return FileDigest(file, sha256_of(folder / file))
