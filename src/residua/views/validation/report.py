"""validation.html: what a laboratory director reads and signs, on one self-contained page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import residua
from residua.measures.validation.agreement import Agreement
from residua.measures.validation.levels import Level
from residua.measures.validation.precision import Precision
from residua.measures.validation.study import Study
from residua.measures.validation.validated import Validated
from residua.standards.assay_validation import BOOK
from residua.standards.rulebook import load
from residua.views.report import environment
from residua.views.validation.document import left_out_notes, validation_document
from residua.views.validation.words import (
    fraction_words,
    interval_words,
    limit_words,
    percent_words,
    share_words,
)

_CAPTIONS = {
    "linearity.png": "Linearity of the dilutions",
    "probit.png": "Limit of detection by probit",
    "cv-by-level.png": "Imprecision by level",
    "blanks.png": "Blanks",
    "bland-altman.png": "Agreement with the reference method",
}


def validation_report(validated: Validated, pictures: Mapping[str, bytes]) -> str:
    """The report as HTML; `pictures` are PNG files by their name."""
    study = validated.study
    return (
        environment()
        .get_template("validation.html.j2")
        .render(
            notice=residua.NOTICE,
            simulated=validated.simulated,
            document=validation_document(validated),
            claims=_claims(validated),
            found=_found(study),
            levels=[_level(level, validated) for level in study.levels],
            agreements=[_agreement(one) for one in study.agreements],
            pictures=[
                (_CAPTIONS[name], base64.b64encode(content).decode())
                for name, content in pictures.items()
            ],
            flags=_flags(study),
            notes=[*validated.series.notes, *left_out_notes(validated)],
            rules=load(BOOK).rules,
        )
    )


def _claims(validated: Validated) -> list[tuple[str, str, str]]:
    """What the assay may claim: name, value, how it comes about."""
    study, policy = validated.study, validated.approach.policy
    per_sample = "in a sample never below {} events of its cells ({}, {})"
    lod = per_sample.format(policy.lod, policy.id, policy.provenance)
    lloq = per_sample.format(policy.lloq, policy.id, policy.provenance)
    return [
        ("Limit of detection", _or_why(study.claimed_lod, study.detection.reason), lod),
        ("Limit of quantification", _or_why(study.claimed_lloq, study.quantification.reason), lloq),
    ]


def _or_why(value: float | None, reason: str) -> str:
    return fraction_words(value) if value is not None else f"not assessable: {reason}"


def _found(study: Study) -> list[tuple[str, str]]:
    """The limits and the line, a row each."""
    blank, detection, line = study.blank, study.detection, study.linearity
    rows = [("Limit of blank, by rank", _or_why(blank.nonparametric, blank.reason))]
    if blank.nonparametric is not None:
        rows[0] = (
            rows[0][0],
            f"{fraction_words(blank.nonparametric)} (rank {blank.rank:.4g} of {blank.count}; the "
            f"largest blank exceeds the 95th percentile with {percent_words(blank.confidence)} "
            "confidence)",
        )
        rows.append(("Limit of blank, by mean and SD", fraction_words(blank.parametric)))
    if detection.level is None:
        between = detection.between
        gap = "" if between is None else "; between " + " and ".join(map(fraction_words, between))
        rows.append(("Limit of detection, by probit", f"not assessable: {detection.reason}{gap}"))
    else:
        told = f"{fraction_words(detection.level)} ({limit_words(detection.interval)})"
        rows.append(("Limit of detection, by probit", told))
    found = study.quantification
    rows.append(("LLOQ by CV and bias", _or_why(found.level, found.reason)))
    if line.slope is None:
        rows.append(("Linearity", f"not assessable: {line.reason}"))
    else:
        rows.append(("Linearity", _line_words(study)))
    if study.differences is not None:
        rows.append(("Difference from the reference", _difference_words(study)))
    return rows


def _line_words(study: Study) -> str:
    line = study.linearity
    verdict = "linear" if line.linear else "not linear"
    return (
        f"{verdict}; slope {line.slope:.3f} ({interval_words(line.slope_interval, '.3f')}), "
        f"intercept {line.intercept:.3f} ({interval_words(line.intercept_interval, '.3f')}), "
        f"R2 {line.r2 or 0:.4f}, SD about the line {line.residual:.3f} log10"
    )


def _difference_words(study: Study) -> str:
    found = study.differences
    if found is None or found.bias is None or found.low is None or found.high is None:
        return f"not assessable: {found.reason if found else 'no reference'}"
    return (
        f"mean {found.bias:+.3f} log10 ({interval_words(found.bias_interval, '.3f')}), limits of "
        f"agreement {found.low:+.3f} to {found.high:+.3f}; {found.count} pairs, "
        f"{found.left_out} with a zero left out"
    )


def _level(level: Level, validated: Validated) -> dict[str, Any]:
    precision = level.precision
    return {
        "expected": fraction_words(level.expected),
        "count": level.count,
        "detected": f"{level.detected} of {level.count} "
        f"({percent_words(level.rate.low if level.rate else None)} to "
        f"{percent_words(level.rate.high if level.rate else None)})",
        "mean": fraction_words(level.mean),
        "recovery": percent_words(level.recovery),
        "cv": percent_words(level.cv)
        + (" *" if level.count < validated.numbers.replicates else ""),
        "cv_interval": "–"
        if level.cv_interval is None
        else f"{percent_words(level.cv_interval.low)} to {percent_words(level.cv_interval.high)}",
        "repeatability": _spread(precision, wide=False),
        "reproducibility": _spread(precision, wide=True),
        "components": "; ".join(
            f"{one.factor}: {one.reason or percent_words(_share(one.variance, precision))}"
            for one in precision.components
        ),
    }


def _spread(precision: Precision, *, wide: bool) -> str:
    """A CV with its interval, or why there is none."""
    sd = precision.reproducibility if wide else precision.repeatability
    interval = precision.reproducibility_interval if wide else precision.repeatability_interval
    cv = precision.cv(sd)
    if cv is None or interval is None:
        return f"not assessable: {precision.reason or 'the mean is 0'}"
    low, high = interval.low / precision.mean, interval.high / precision.mean
    return f"{percent_words(cv)} ({percent_words(low)} to {percent_words(high)})"


def _share(variance: float | None, precision: Precision) -> float | None:
    total = precision.reproducibility
    return None if variance is None or not total else variance / total**2


def _agreement(one: Agreement) -> dict[str, Any]:
    kappa = "–" if one.kappa is None else f"{one.kappa:.3f}"
    return {
        "against": one.against,
        "level": fraction_words(one.level),
        "table": f"{one.both} / {one.only_assay} / {one.only_truth} / {one.neither}",
        "positive": share_words(one.positive),
        "negative": share_words(one.negative),
        "overall": share_words(one.overall),
        "kappa": f"{kappa} ({interval_words(one.kappa_interval, '.3f')})",
        "grey": f"{one.grey} within {fraction_words(one.grey_zone[0])} to "
        f"{fraction_words(one.grey_zone[1])}; without them PPA {share_words(one.clear_positive)}, "
        f"NPA {share_words(one.clear_negative)}",
    }


def _flags(study: Study) -> list[tuple[str, str]]:
    parts = (
        ("limit of blank", study.blank.flags),
        ("limit of detection", study.detection.flags),
        ("LLOQ", study.quantification.flags),
        ("linearity", study.linearity.flags),
    )
    return [(name, flag) for name, flags in parts for flag in flags]
