"""What `residua validate` answers at a terminal; the files hold all of it."""

from __future__ import annotations

from residua.measures.validation.validated import Validated
from residua.views.fcs_words import printable
from residua.views.validation.words import fraction_words, limit_words, share_words


def validation_words(validated: Validated) -> str:
    """The limits, the line, agreement and flags, a line each."""
    study = validated.study
    blank, detection, found = study.blank, study.detection, study.quantification
    line = study.linearity
    rows = [
        ("files", f"{len(validated.results)} measured, {len(validated.left_out)} without cells"),
        ("LoB", _or_why(blank.nonparametric, blank.reason, f"{blank.count} blanks")),
        ("LoD", _or_why(study.claimed_lod, detection.reason, limit_words(detection.interval))),
        ("LLOQ", _or_why(study.claimed_lloq, found.reason, "CV and bias")),
    ]
    if line.slope is None:
        rows.append(("line", f"not assessable: {line.reason}"))
    else:
        verdict = "linear" if line.linear else "not linear"
        rows.append(("line", f"{verdict}, slope {line.slope:.3f}, R2 {line.r2 or 0:.4f}"))
    for one in study.agreements:
        at = f"{one.against} at {fraction_words(one.level)}"
        rows.append(("PPA", f"{at}: {share_words(one.positive)}"))
        rows.append(("NPA", f"{at}: {share_words(one.negative)}"))
    flags = (*blank.flags, *detection.flags, *found.flags, *line.flags)
    rows += [("flag", flag) for flag in flags]
    rows += [("flag", "simulated")] * validated.simulated
    return "\n".join(f"{head:<7}{printable(text)}" for head, text in rows)


def _or_why(value: float | None, reason: str, beside: str) -> str:
    return (
        f"{fraction_words(value)} ({beside})" if value is not None else f"not assessable: {reason}"
    )
