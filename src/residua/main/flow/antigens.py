"""The antigen entries of a specimen: thresholds found, files of a tube pooled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError
from residua.facts.acquisition import names_of
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gating import AntigenSpec
from residua.facts.mrd_result import FileDigest
from residua.main.flow.count import FileCounts, antigen_values
from residua.main.flow.opened import open_file
from residua.main.flow.plan import Plan, counted
from residua.main.flow.quality import masks_alike
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


@dataclass(frozen=True)
class AntigenAnswers:
    """The entries of a specimen, how thresholds were set, and the FMO files behind them."""

    entries: tuple[AntigenExpression, ...]
    notes: Notes
    inputs: tuple[FileDigest, ...]


@dataclass(frozen=True)
class _Threshold:
    """In scale units, with flags about it and a note that says where it is from."""

    value: float | None
    note: str
    flags: Notes = ()
    inputs: tuple[FileDigest, ...] = ()


def measure_antigens(
    plan: Plan, counts: Sequence[FileCounts], *, masked: Collection[str]
) -> AntigenAnswers:
    """Every ``[[antigen]]`` in every tube that can answer.

    `masked` names the markers that a recent drug binds, in lower case. A marker that no tube
    holds is reported as not in the panel, never as negative.
    """
    found: list[AntigenExpression] = []
    thresholds: list[_Threshold] = []
    tubes = tuple(dict.fromkeys(count.tube for count in counts))
    for place, spec in enumerate(plan.strategy.antigens):
        answers = []
        for tube in tubes:
            own = [count for count in counts if count.tube == tube]
            known = [values for count in own if (values := count.antigens[place]) is not None]
            if len(known) < len(own):
                continue
            values = pooled(known)
            threshold = _threshold(plan, spec, values, tube)
            thresholds.append(threshold)
            names = {name.lower() for name in names_of(own[0].channels, spec.marker)}
            answers.append(
                measure_antigen(
                    values,
                    marker=spec.marker,
                    of=spec.of,
                    threshold=threshold.value,
                    may_be_masked=not names.isdisjoint(masked),
                    flags=(*threshold.flags, *(f"tube {tube}",) * (len(tubes) > 1)),
                )
            )
        found += answers or [not_in_panel(spec.marker, spec.of)]
    return AntigenAnswers(
        entries=tuple(found),
        notes=tuple(dict.fromkeys(threshold.note for threshold in thresholds)),
        inputs=tuple(digest for threshold in thresholds for digest in threshold.inputs),
    )


def _threshold(
    plan: Plan, spec: AntigenSpec, values: AntigenValues, tube: str | None
) -> _Threshold:
    if spec.threshold is not None:
        note = f"{spec.marker}: threshold as stated with the gates"
        return _Threshold(spec.threshold, note)
    source, scaled = f"gate {spec.negative}", values.negative_scaled
    inputs: tuple[FileDigest, ...] = ()
    flags: Notes = ()
    if spec.fmo is not None:
        source = f"{spec.of} in FMO file {spec.fmo}"
        scaled, inputs, flags = _fmo_values(plan, spec, tube)
    assert scaled is not None  # a spec without threshold and FMO names a negative gate
    if not len(scaled):
        flags = (*flags, f"no threshold: no events in {source}")
    elif len(scaled) < _FEW:
        flags = (*flags, f"the threshold rests on fewer than {_FEW} events of {source}")
    note = f"{spec.marker}: threshold is the 99th percentile of {source}"
    return _Threshold(threshold_from(scaled), note, flags, inputs)


def _fmo_values(
    plan: Plan, spec: AntigenSpec, tube: str | None
) -> tuple[Values, tuple[FileDigest, ...], Notes]:
    """The scaled marker on the gated events of its FMO file, cleaned as the samples are.

    With the files behind it, and flags. Raises `InputError` for the file.
    """
    planned = plan.at(spec.fmo or "")
    own = planned.entry.tube if planned.entry.tube is not None else tube
    file = open_file(plan, planned, tube=own)
    alone = replace(spec, negative=None, fmo=None, threshold=0.0)
    counts = counted(plan.strategy, own) or counted(plan.strategy, tube)
    assert counts is not None  # plan_files has seen to it for the sample's tube
    gated = gate_events(file.readout, tube=own)
    masks, flags = masks_alike(file.readout, gated, counts, file=planned.entry.path)
    values = antigen_values(file.readout, alone, masks)
    if values is None:
        expected, received = f"an FMO file with {spec.marker} and gate {spec.of}", "one without"
        raise InputError(Fault(planned.name, "antigen", expected, received, "name another file"))
    digest = FileDigest(planned.entry.path, file.readout.acquisition.sha256)
    return values.scaled, (digest, *file.beside), flags
