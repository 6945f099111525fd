"""RQ-PCR and BCR::ABL1 of a plate as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.facts.molecular import MolecularLevel
from residua.measures.fusion import FusionPlate
from residua.measures.rq_pcr_curve import RqCurve
from residua.measures.rq_plate import RqPlate
from residua.standards.qpcr import QpcrRules
from residua.views.clause_export import clause_documents
from residua.views.json_numbers import digits
from residua.views.molecular_words import level_document, level_words
from residua.views.qpcr_export import (
    curve_document,
    curve_words,
    line_document,
    named,
    qpcr_document,
)


def rq_document(result: RqPlate) -> dict[str, Any]:
    """The JSON of ``residua qpcr --assay ig-tr``."""
    return {
        "kind": "residua.qpcr",
        "version": "1.1",
        "notice": NOTICE,
        "file": result.plate.name,
        "assay": "ig-tr",
        "intent": result.intent,
        "level": result.rules.level,
        "curves": [_curve(curve) for curve in result.curves],
        "control_gene": [curve_document(curve) for curve in result.references],
        "levels": [level_document(level) for level in result.levels],
        "miqe_missing": [{"id": m, "item": result.miqe.miqe[m]} for m in result.missing],
        "clauses": clause_documents(result.rules.clauses.values()),
        "notes": list(result.plate.notes),
    }


def fusion_document(result: FusionPlate) -> dict[str, Any]:
    """The JSON of ``residua qpcr --assay fusion``: that of the copies, and the ratios."""
    document = qpcr_document(result.copies)
    told = {
        "assay": "fusion",
        "transcript": result.transcript,
        "reference": result.reference,
        "levels": [level_document(level) for level in result.levels],
    }
    clauses = [*document["clauses"], *clause_documents(result.rules.clauses.values())]
    return document | told | {"clauses": clauses}


def _curve(curve: RqCurve) -> dict[str, Any]:
    return {
        **line_document(curve.run, curve.target, curve.line),
        "accepted": curve.accepted,
        "reason": curve.reason,
        "quantitative_range": curve.lloq,
        "sensitivity": curve.sensitivity,
        "highest": curve.highest,
        "dilutions": [
            {
                "fraction": one.fraction,
                "wells": one.wells,
                "amplified": len(one.cts),
                "ct_mean": digits(one.mean),
                "quantitative": one.quantitative,
                "detected": one.detected,
                "reason": one.reason,
            }
            for one in curve.dilutions
        ],
        "background": {
            "wells": curve.background_wells,
            "earliest_ct": digits(curve.background_ct),
        },
        "ntc": {"wells": curve.ntc_wells, "earliest_ct": digits(curve.ntc_ct)},
        "flags": list(curve.flags),
    }


def rq_text(result: RqPlate) -> str:
    """Curves, levels and what is missing, for a terminal."""
    lines = [result.plate.name, "", "Curves (EuroMRD, unverified numbers)"]
    for curve in result.curves:
        lines += [f"  {named(curve.run, curve.target)}: {rq_curve_words(curve)}"]
        lines += [f"    flag: {flag}" for flag in curve.flags]
    for gene in result.references:
        lines += [f"  {named(gene.run, gene.target)}, ng of DNA: {curve_words(gene, 'ng')}"]
    lines += ["", *_levels(result.levels), f"  intent: {intent_words(result)}"]
    lines += _unsaid(result.missing, result.miqe)
    notes = [f"  note: {note}" for note in result.plate.notes]
    return "\n".join([*lines, "", *notes, f"  {NOTICE}"])


def intent_words(result: RqPlate) -> str:
    """The distance from the background that a positive well of a sample keeps."""
    margin = result.rules.margins[result.intent]
    return f"{result.intent}, a positive well is {margin:g} Ct before the background"


def rq_curve_words(curve: RqCurve) -> str:
    """The line of a curve, its range and its sensitivity, and whether it is accepted."""
    verdict = "accepted" if curve.accepted else f"not accepted: {curve.reason}"
    if curve.line is None:
        return verdict
    line = curve.line
    growth = "none" if line.efficiency is None else f"{line.efficiency:.1%}"
    limit = "none" if curve.sensitivity is None else f"{curve.sensitivity:g}"
    return (
        f"slope {line.slope:.3f}, efficiency {growth}, R2 {line.r2:.4f}, quantitative from "
        f"{curve.highest:g} to {curve.lloq:g}, sensitivity {limit}; {verdict}"
    )


def fusion_text(result: FusionPlate) -> str:
    """Curves and ratios, for a terminal."""
    lines = [result.copies.plate.name, "", "Curves"]
    for curve in result.copies.curves:
        lines += [f"  {named(curve.run, curve.target)}: {curve_words(curve)}"]
        lines += [f"    flag: {flag}" for flag in curve.flags]
    lines += ["", *_levels(result.levels), *_unsaid(result.copies.missing, result.copies.rules)]
    notes = [f"  note: {note}" for note in result.copies.plate.notes]
    return "\n".join([*lines, "", *notes, f"  {NOTICE}"])


def _unsaid(missing: Sequence[str], rules: QpcrRules) -> list[str]:
    items = [f"  {rules.miqe[item]}" for item in missing]
    head = f"Not told by the file (MIQE, {rules.clauses['miqe'].mark} list)"
    return ["", head, *items] if items else []


def _levels(levels: Sequence[MolecularLevel]) -> list[str]:
    lines = ["MRD (95 % interval of the Ct of the plate)"]
    for level in levels:
        lines += [f"  {level.sample}, {level.target}: {level_words(level)}"]
        lines += [f"    input: {level.input}"] if level.input else []
        lines += [f"    flag: {flag}" for flag in level.flags]
    return lines
