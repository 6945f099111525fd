"""Anchors of facts and verdicts within a page."""

from __future__ import annotations

import re


def fact_anchor(fact_id: str) -> str:
    """The anchor of a fact."""
    return f"fact-{_safe(fact_id)}"


def verdict_anchor(judgement_id: str) -> str:
    """The anchor of a judgement's explanation."""
    return f"verdict-{_safe(judgement_id)}"


def _safe(name: str) -> str:
    return re.sub(r"[^a-z0-9.-]", "_", name.lower().replace("/", "--"))
