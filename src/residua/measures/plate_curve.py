"""The standard curve of one run and target of a plate, and whether it is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.facts.qpcr import COPIES, Well
from residua.measures.standard_curve import Line, first_rise, fit_line, grubbs_outlier
from residua.standards.qpcr import QpcrRules


@dataclass(frozen=True)
class Curve:
    """``line`` is None where none can be drawn; ``reason`` says why it is not accepted.

    ``lowest`` and ``highest`` are the standards' range, copies per reaction. ``detected_lowest``
    tells whether every well of the lowest one amplified. ``ntc_ct`` is the earliest Ct of a
    no-template control, None without one.
    """

    run: str
    target: str
    line: Line | None
    accepted: bool
    reason: str
    lowest: float | None = None
    highest: float | None = None
    detected_lowest: bool = False
    ntc_wells: int = 0
    ntc_ct: float | None = None
    flags: tuple[str, ...] = ()


def measure_curve(
    wells: Sequence[Well], rules: QpcrRules, *, units: Sequence[str] = (COPIES,)
) -> Curve:
    """The curve of the wells of one run and target; never raises for what the wells hold.

    `units` are those that the quantities may have; in others than copies, what is told of copies
    here is told of them.
    """
    run, target = wells[0].run, wells[0].target
    controls = [well for well in wells if well.role == "ntc"]
    early = min((well.ct for well in controls if well.ct is not None), default=None)
    standards = [well for well in wells if well.role == "standard"]
    used = [w for w in standards if w.ct is not None and w.quantity is not None]
    problem = _problem(standards, used, rules, units)
    flags = (*control_flags(controls), *outlier_flags(used, rules.alpha), *lost_flags(standards))
    if problem:
        return Curve(
            run, target, None, False, problem, ntc_wells=len(controls), ntc_ct=early, flags=flags
        )
    quantities = [well.quantity or 0.0 for well in used]
    cts = [well.ct or 0.0 for well in used]
    line = fit_line(quantities, cts)
    reason = "; ".join(_refusals(line, quantities, cts, rules))
    lowest = min(quantities)
    missed = any(
        w.quantity is not None and w.quantity <= lowest and w.ct is None for w in standards
    )
    return Curve(
        run, target, line, not reason, reason, lowest, max(quantities), not missed,
        len(controls), early, flags,
    )  # fmt: skip


def _problem(
    standards: Sequence[Well], used: Sequence[Well], rules: QpcrRules, allowed: Sequence[str]
) -> str:
    """Why no line can be drawn in the units that are allowed, or nothing."""
    if not standards:
        return "no standards"
    if all(well.quantity is None for well in standards):
        return "standards without quantities"
    units = sorted({well.unit for well in standards if well.quantity is not None})
    if len(units) > 1:
        return f"standards in mixed units: {', '.join(units)}"
    if units[0] not in allowed:
        wanted = "copies" if allowed[0] == COPIES else allowed[0]
        return f"standards in {units[0]}, not in {wanted}"
    levels = len({well.quantity for well in used})
    if levels < rules.levels:
        return f"{levels} quantities of standards with a Ct, fewer than {rules.levels}"
    if len({well.ct for well in used}) == 1:
        return "every standard has the same Ct"
    return ""


def _refusals(
    line: Line, quantities: Sequence[float], cts: Sequence[float], rules: QpcrRules
) -> Iterator[str]:
    rise = first_rise(quantities, cts)
    if rise:
        yield f"not monotone: the mean Ct does not fall from {rise[0]:g} to {rise[1]:g} copies"
    low, high = rules.slope
    if not low <= line.slope <= high:
        mark = rules.clauses["slope"].mark
        yield f"slope {line.slope:.3f} outside {low:g} to {high:g} ({mark} limits)"
    if line.r2 < rules.r2:
        mark = rules.clauses["r2"].mark
        yield f"R2 {line.r2:.4f} below {rules.r2:g} ({mark} limit)"


def control_flags(controls: Sequence[Well]) -> Iterator[str]:
    """What is unusual about the no-template controls."""
    seen = [well for well in controls if well.amplified is not None]
    found = [well for well in seen if well.amplified]
    if not controls:
        yield "no no-template control"
    elif found:
        wells = ", ".join(well.well for well in found)
        yield f"no-template control amplified: {wells}"
    elif len(seen) < len(controls):
        yield "a no-template control without a stated Ct"


def lost_flags(standards: Sequence[Well]) -> Iterator[str]:
    """Standards that did not amplify."""
    lost = ", ".join(well.well for well in standards if well.ct is None)
    if lost:
        yield f"standards without a Ct, not in the line: {lost}"


def outlier_flags(wells: Sequence[Well], alpha: float) -> Iterator[str]:
    """Replicates that Grubbs' test rejects: flagged, and kept in every number."""
    groups: dict[tuple[str, float | None], list[Well]] = {}
    for well in wells:
        key = ("", well.quantity) if well.role == "standard" else (well.sample, None)
        groups.setdefault(key, []).append(well)
    for group in groups.values():
        cts = [well.ct for well in group if well.ct is not None]
        place = grubbs_outlier(cts, alpha=alpha)
        if place is not None:
            well = [well for well in group if well.ct is not None][place]
            yield f"outlier by Grubbs' test, kept: {well.well} (Ct {well.ct:.2f})"
