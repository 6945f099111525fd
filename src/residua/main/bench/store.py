"""Lines of JSON that grow case by case, so that a run which is stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from residua.errors import UsageError


class Lines:
    """One file of lines; None keeps nothing on disk."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def read(self) -> Iterator[dict[str, Any]]:
        """Every whole line; the last may have been torn by a stop, and is left."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue

    def add(self, document: Mapping[str, Any]) -> None:
        """One line more, whole."""
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            torn = self._path.exists() and not self._path.read_bytes().endswith(b"\n")
            with self._path.open("a", encoding="utf-8") as handle:
                handle.write(("\n" if torn else "") + json.dumps(document) + "\n")
        except OSError as error:
            words = error.strerror or "no reason given"
            raise UsageError(f"{self._path.name}: cannot be written ({words})") from error
