"""What compensation leaves in a measured file, as far as single-stain controls tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from residua.errors import InputError, ValueFault
from residua.main.flow.compensation import Compensation
from residua.main.flow.controls import Controls, read_controls, stained_files
from residua.main.flow.opened import OpenFile
from residua.main.flow.plan import Plan
from residua.measures.compensation.residuals import (
    LARGE,
    Residual,
    held_out_residuals,
    residual_spillover,
)

NOT_ASSESSABLE = "residual spillover: not assessable: no single-stain controls"
LARGE_IS = f"from {100 * LARGE:g} % of the dye's signal, beyond 3 standard errors: Residua's choice"


def with_residuals(plan: Plan, file: OpenFile) -> OpenFile:
    """The file with a flag for every large residual, and a note of the largest.

    Controls that cannot be read or do not fit leave a note: they are no reason to refuse a
    file that has a matrix of its own.
    """
    chosen = file.compensation
    if not stained_files(plan, _tube(file)):
        return replace(file, notes=(NOT_ASSESSABLE,) if chosen.matrix is not None else ())
    try:
        controls = chosen.controls or read_controls(
            plan, _tube(file), file.readout.acquisition.channels
        )
        left = residuals_of(chosen, controls)
    except InputError as error:
        reason = str(error.faults[0]) if error.faults else "controls that cannot be read"
        return replace(file, notes=(f"residual spillover: not assessable: {reason}",))
    except ValueFault as fault:
        return replace(file, notes=(f"residual spillover: not assessable: {fault}",))
    flags = (*file.flags, *(f"residual spillover {one.words}" for one in left if one.large))
    name = file.planned.entry.path
    beside = tuple(dict.fromkeys((*file.beside, *controls.digests)))
    return replace(file, flags=flags, beside=beside, notes=(f"{name}: {largest_words(left)}",))


def residuals_of(chosen: Compensation, controls: Controls) -> tuple[Residual, ...]:
    """The residuals under a matrix, held out where the controls themselves made it."""
    if chosen.controls is not None:
        return held_out_residuals(controls.populations, controls.detectors)
    return residual_spillover(controls.populations, controls.detectors, chosen.matrix)


def largest_words(left: Iterable[Residual]) -> str:
    """The largest residual in words, and how many are large."""
    found = tuple(left)
    if not found:
        return "residual spillover: none to assess (one dye)"
    many = sum(one.large for one in found)
    return f"residual spillover: largest {found[0].words}; {many or 'none'} large ({LARGE_IS})"


def _tube(file: OpenFile) -> str | None:
    return file.planned.entry.tube
