"""The antigen entries of a specimen: thresholds found, files of a tube pooled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from residua.errors import Fault, InputError
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gating import AntigenSpec
from residua.main.flow_count import FileCounts, antigen_values
from residua.main.flow_open import open_file
from residua.main.flow_plan import Plan
from residua.measures.antigen_expression import (
    AntigenValues,
    Values,
    measure_antigen,
    not_in_panel,
    pooled,
    threshold_from,
)
from residua.measures.gates import gate_events

_FEW = 100  # the 99th percentile of fewer events is simply their highest value
Notes = tuple[str, ...]


def measure_antigens(
    plan: Plan, counts: Sequence[FileCounts], *, masked: Collection[str]
) -> tuple[tuple[AntigenExpression, ...], Notes]:
    """Every ``[[antigen]]`` in every tube that can answer, and how thresholds were set.

    `masked` names the markers that a recent drug binds. A marker that no tube holds is
    reported as not in the panel, never as negative.
    """
    found: list[AntigenExpression] = []
    notes: list[str] = []
    tubes = tuple(dict.fromkeys(count.tube for count in counts))
    for place, spec in enumerate(plan.strategy.antigens):
        answers = []
        for tube in tubes:
            parts = [count.antigens[place] for count in counts if count.tube == tube]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                continue
            values = pooled(known)
            threshold, flags, note = _threshold(plan, spec, values, tube)
            flags = (*flags, f"tube {tube}") if len(tubes) > 1 else flags
            answers.append(
                measure_antigen(
                    values,
                    marker=spec.marker,
                    of=spec.of,
                    threshold=threshold,
                    may_be_masked=spec.marker in masked,
                    flags=flags,
                )
            )
            notes.append(note)
        found += answers or [not_in_panel(spec.marker, spec.of)]
    return tuple(found), tuple(dict.fromkeys(notes))


def _threshold(
    plan: Plan, spec: AntigenSpec, values: AntigenValues, tube: str | None
) -> tuple[float | None, Notes, str]:
    """The threshold in scale units, flags about it, and a note that says where it is from."""
    if spec.threshold is not None:
        return spec.threshold, (), f"{spec.marker}: threshold as stated with the gates"
    source, scaled = f"gate {spec.negative}", values.negative_scaled
    if spec.fmo is not None:
        source, scaled = f"{spec.of} in FMO file {spec.fmo}", _fmo_values(plan, spec, tube)
    assert scaled is not None  # a spec without threshold and FMO names a negative gate
    flags: Notes = ()
    if not len(scaled):
        flags = (f"no threshold: no events in {source}",)
    elif len(scaled) < _FEW:
        flags = (f"the threshold rests on fewer than {_FEW} events of {source}",)
    note = f"{spec.marker}: threshold is the 99th percentile of {source}"
    return threshold_from(scaled), flags, note


def _fmo_values(plan: Plan, spec: AntigenSpec, tube: str | None) -> Values:
    """The scaled marker on the gated events of its FMO file; raises `InputError` for the file."""
    planned = plan.at(spec.fmo or "")
    own = planned.entry.tube if planned.entry.tube is not None else tube
    file = open_file(plan, planned, tube=own)
    alone = replace(spec, negative=None, fmo=None, threshold=0.0)
    values = antigen_values(file.readout, alone, gate_events(file.readout, tube=own))
    if values is None:
        expected, received = f"an FMO file with {spec.marker} and gate {spec.of}", "one without"
        raise InputError(Fault(planned.name, "antigen", expected, received, "name another file"))
    return values.scaled
