"""From counted events to an MRD level with its limits and status."""

from __future__ import annotations

from collections.abc import Sequence

from residua.facts.mrd_result import Denominator, DenominatorKind, MrdLevel, PolicyUsed, Status
from residua.measures.limits import clopper_pearson, events_for, fisher_exact
from residua.standards.mrd_counting import CountingPolicy

INSUFFICIENT = "negative with insufficient sensitivity"
_SENSITIVITY = 10_000  # a negative needs a limit of detection of 1 in 10 000 or lower
_ROUNDING = 1e-9  # of a limit that was written in decimals
_DISAGREE = 0.001


def measure_level(
    numerator: int,
    denominator: int,
    *,
    kind: DenominatorKind,
    policy: CountingPolicy,
    flags: Sequence[str] = (),
) -> MrdLevel:
    """The level of `numerator` blasts among `denominator` cells, by a counting policy.

    A negative needs sensitivity, a positive does not: below LOD events with a limit of
    detection above 1e-4 nothing can be said; above them the level is reported and flagged.
    Where the policy holds limits of a validation, LOD and LLOQ are the larger of these and of
    those by events. Below the validated LLOQ nothing is quantified; what is not above the limit
    of blank is not detected. A count above both that and LOD events stays detected below the
    validated LOD (which is where 95 % are found, no threshold), and is flagged.
    """
    status, reason = _status(numerator, denominator, policy)
    known = denominator > 0
    return MrdLevel(
        numerator=numerator,
        denominator=Denominator(kind, denominator),
        fraction=numerator / denominator if known and numerator else None,
        interval=clopper_pearson(numerator, denominator),
        lod=_larger(policy.lod / denominator, policy.validated_lod) if known else None,
        lloq=_larger(policy.lloq / denominator, policy.validated_lloq) if known else None,
        lod95=_larger(events_for(policy.lod) / denominator, policy.validated_lod)
        if known
        else None,
        policy=PolicyUsed(policy.id, policy.disease, policy.provenance),
        status=status,
        reason=reason,
        flags=(*flags, *_flags(numerator, denominator, policy)),
    )


def _larger(by_events: float, validated: float | None) -> float:
    return by_events if validated is None else max(by_events, validated)


def _insensitive(denominator: int, policy: CountingPolicy) -> bool:
    validated = policy.validated_lod
    above = validated is not None and validated * _SENSITIVITY > 1 + _ROUNDING
    return above or policy.lod * _SENSITIVITY > denominator


def _detected(numerator: int, denominator: int, policy: CountingPolicy) -> bool:
    return numerator >= policy.lod and not _within_blank(numerator, denominator, policy)


def _within_blank(numerator: int, denominator: int, policy: CountingPolicy) -> bool:
    blank = policy.limit_of_blank
    return blank is not None and numerator <= blank * denominator * (1 + _ROUNDING)


def _below(numerator: int, denominator: int, validated: float | None) -> bool:
    return validated is not None and numerator < validated * denominator * (1 - _ROUNDING)


def _status(numerator: int, denominator: int, policy: CountingPolicy) -> tuple[Status, str]:
    if denominator == 0:
        return "not assessable", "the denominator holds no events"
    if _detected(numerator, denominator, policy):
        below = numerator < policy.lloq or _below(numerator, denominator, policy.validated_lloq)
        return ("detected below LLOQ" if below else "quantified"), ""
    if _insensitive(denominator, policy):
        return "not assessable", INSUFFICIENT
    return "not detected", ""


def _flags(numerator: int, denominator: int, policy: CountingPolicy) -> tuple[str, ...]:
    flags = []
    if policy.disease == "myeloma":
        flags.append(f"the counting policy {policy.id} was written for myeloma")
    detected = _detected(numerator, denominator, policy)
    if detected and _insensitive(denominator, policy):
        flags.append("the limit of detection lies above 1e-4; a negative could not be told")
    if detected and _below(numerator, denominator, policy.validated_lod):
        flags.append("detected below the validated limit of detection")
    if numerator >= policy.lod and not detected:
        flags.append("not above the limit of blank of the validation, which blanks may reach")
    return tuple(flags)


def fractions_disagree(counts: Sequence[tuple[int, int]]) -> bool:
    """Whether files, as (numerator, denominator), differ more than counting explains.

    Each file against all others by Fisher's exact test, two-sided, at 0.001 divided by the
    number of tests (Bonferroni); two files make one test.
    """
    counted = [(blasts, cells) for blasts, cells in counts if cells > 0]
    if len(counted) < 2:
        return False
    tests = counted[:1] if len(counted) == 2 else counted
    blasts_in_all = sum(blasts for blasts, _ in counted)
    cells_in_all = sum(cells for _, cells in counted)
    return any(
        fisher_exact(blasts, cells, among=(blasts_in_all, cells_in_all)) < _DISAGREE / len(tests)
        for blasts, cells in tests
    )


def leading(levels: Sequence[MrdLevel]) -> int:
    """The place of the level that stands for a specimen of several tubes.

    The highest fraction among positive tubes, else among all; of equal ones the lowest limit.
    """
    positive = [
        place
        for place, level in enumerate(levels)
        if level.status in ("quantified", "detected below LLOQ")
    ]
    return max(
        positive or range(len(levels)),
        key=lambda place: (levels[place].fraction or 0.0, levels[place].denominator.count),
    )
