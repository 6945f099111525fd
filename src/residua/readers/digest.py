"""The hash by which a result names the file that it came from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from residua.facts.mrd_result import FileDigest


def sha256_of(path: Path | str) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def digest_of(folder: Path, file: str) -> FileDigest:
    """A file of the folder by its name in the strategy and the hash of its bytes."""
    return FileDigest(file, sha256_of(folder / file))
