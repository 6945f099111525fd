"""A fault of an FCS file, at a named place of it."""

from __future__ import annotations

from residua.errors import ValueFault


class FcsFault(ValueFault):
    """What is wrong at `where` (HEADER, a keyword, the data); the file is added by the reader."""

    def __init__(self, where: str, expected: str, received: str, do: str) -> None:
        self.where = where
        super().__init__(expected, received, do)
