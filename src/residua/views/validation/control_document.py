"""control.json: a control chart as text that programs read, and that Residua adds to."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import residua
from residua.measures.validation.chart import Chart, Judged
from residua.measures.validation.control_rules import WARNING, Target
from residua.views.fcs_words import printable
from residua.views.json_numbers import digits
from residua.views.validation.words import fraction_words

KIND, VERSION = "residua.control-chart", "1.0"


def chart_document(chart: Chart) -> dict[str, Any]:
    """The fields of control.json, in their order."""
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "simulated": chart.simulated,
        "controls": [
            {
                "control": name,
                "target": _target(chart.targets.get(name)),
                "results_missing": chart.missing.get(name),
            }
            for name in chart.controls
        ],
        "points": [_point(point) for point in chart.points],
        "added": chart.added,
        "notes": list(chart.notes),
    }


def chart_text(chart: Chart) -> str:
    """control.json as text."""
    return json.dumps(chart_document(chart), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "fraction": digits(10**target.mean),
        "log10": digits(target.mean),
        "sd_log10": digits(target.sd),
        "from_results": target.points,
    }


def _point(point: Judged) -> dict[str, Any]:
    result = point.kept.result
    return {
        **asdict(result),
        "fraction": digits(result.fraction),
        "sets_target": point.sets_target,
        "rules": list(point.rules),
        "chain": point.kept.chain,
    }


def chart_words(chart: Chart) -> str:
    """Each control with its target, and the newest results that break a rule."""
    lines = [f"added   {chart.added} of {len(chart.points)} results"]
    for name in chart.controls:
        target = chart.targets.get(name)
        if target is None:
            lacking = chart.missing.get(name, 0)
            told = f"{lacking} results to its target" if lacking else "no target: results of 0"
            lines.append(f"control {printable(name)}: {told}")
        else:
            told = f"target {fraction_words(10**target.mean)}, SD {target.sd:.3g} log10"
            lines.append(f"control {printable(name)}: {told}")
    for point in chart.points[len(chart.points) - chart.added :]:
        if point.rules:
            word = "warns" if point.rules == (WARNING,) else "rejects"
            result = point.kept.result
            rules = ", ".join(point.rules)
            lines.append(
                f"{word:<8}{printable(result.control)}, run {printable(result.run)}: {rules}"
            )
    return "\n".join([*lines, *(f"note    {note}" for note in chart.notes)])
