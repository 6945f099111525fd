"""One name for each cytokine, however a plate or a table writes it, so that curves join."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_GREEK = {"α": "a", "β": "b", "γ": "g", "κ": "k", "λ": "l"}
_SPELT = {"alpha": "a", "beta": "b", "gamma": "g"}
_SPECIES = re.compile(r"(human|hu)[\s_-]+(?=\w)")
_BEAD = re.compile(r"\s*\(\s*(?:[a-e]\d{1,2}|\d{1,3})\s*\)\s*\Z", re.IGNORECASE)
"""The bead in brackets after a name, as LEGENDplex (B4) and Bio-Plex (44) write it."""


@lru_cache(maxsize=4096)
def canonical_cytokine(raw: str) -> str:
    """The name under which Residua knows a cytokine; an unknown one keeps its own, trimmed.

    A laboratory value that stands among cytokines (ferritin) has its name too.
    The number of the bead in brackets, as in ``IL-6 (B4)``, is no part of the name.
    """
    name = without_bead(raw)
    cytokines, laboratory = _known()
    plain = _plain(name)
    return cytokines.get(plain) or laboratory.get(plain) or name


@lru_cache(maxsize=4096)
def laboratory_name(raw: str) -> str | None:
    """The name of a laboratory value (ferritin, CRP) that stands among cytokines; else None."""
    return _known()[1].get(_plain(without_bead(raw)))


def is_known_cytokine(raw: str) -> bool:
    """Whether the table of names holds it, as a cytokine or as a laboratory value."""
    cytokines, laboratory = _known()
    plain = _plain(without_bead(raw))
    return plain in cytokines or plain in laboratory


def without_bead(raw: str) -> str:
    """The name without the number of its bead and with single spaces."""
    return " ".join(_BEAD.sub("", raw).split())


def spelt_out(name: str) -> str:
    """The name with its Greek letters spelt out, for ids: ``IFN-gamma``."""
    spelt = {"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "λ": "lambda"}
    return "".join(spelt.get(letter, letter) for letter in name)


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Plain spelling -> name, of the cytokines and of the laboratory values."""
    text = resources.files("residua.facts").joinpath("cytokine_names.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return _spellings(table["names"]), _spellings(table["laboratory"])


def _spellings(names: dict[str, list[str]]) -> dict[str, str]:
    return {_plain(word): name for name, others in names.items() for word in (name, *others)}


def _plain(raw: str) -> str:
    """Letters and digits only, Greek letters and their names as Latin ones."""
    text = _SPECIES.sub("", unicodedata.normalize("NFKC", raw).casefold().strip())
    for letter, latin in (_GREEK | _SPELT).items():
        text = text.replace(letter, latin)
    text = re.sub(r"[^a-z0-9]", "", text)
    return re.sub(r"\Ainterleukin", "il", text)
