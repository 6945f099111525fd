"""One key for the spellings of a cytokine's name: ``IL-6``, ``IL6`` and ``interleukin 6``."""

from __future__ import annotations

_PARTS = {
    "interleukin": "il", "interferon": "ifn", "α": "a", "β": "b", "γ": "g",
    "gamma": "g", "alpha": "a", "beta": "b", "c-reactive protein": "crp",
}  # fmt: skip


def cytokine_key(name: str) -> str:
    """Letters and digits in lower case, Greek letters as a, b, g.

    ``IFN-γ``, ``IFN-gamma`` and ``ifn g`` have one key; ``TNF`` and ``TNF-α`` have two, since the
    first does not say which.
    """
    text = name.lower()
    for part, short in _PARTS.items():
        text = text.replace(part, short)
    return "".join(letter for letter in text if letter.isalnum())
