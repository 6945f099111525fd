"""`residua gate`: the events of one file through the gates of any strategy, counted and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.facts.gate_count import GateCount, GateCounts
from residua.facts.gate_tree import depths
from residua.facts.gates import Gate
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest
from residua.main.flow.opened import OpenFile, open_file
from residua.main.flow.plan import Plan, PlannedFile, counted
from residua.main.gate_convert import converted
from residua.main.gate_left_behind import left_behind
from residua.main.gate_sample import sample_of
from residua.main.output import whole_folder
from residua.measures.gates import gate_events
from residua.progress import Progress, silent
from residua.readers.gates import read_gates
from residua.readers.stored_counts import read_stored_counts
from residua.views.gate_counts_export import counts_csv, counts_json
from residua.views.gate_tree.figure import draw_gate_tree
from residua.views.gate_tree.tree import gate_tree
from residua.views.mask_export import masks_parquet
from residua.views.write_figure import figure_bytes

FORMS = ("png", "svg", "pdf")
_MOST_DRAWN, _DEEPEST_DRAWN = 500, 40  # gates, in all and in a row; more are no picture
_DEEPEST = 200  # gates in a row; each is written with the names of all above it
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Found:
    """The file, its masks and counts, and the gate whose events are marked."""

    opened: OpenFile
    held: Mapping[str, Mask]
    counts: GateCounts
    marked: str | None


def gate_file(
    file: Path,
    *,
    gates: Path,
    out: Path,
    sample: str | None = None,
    mark: str | None = None,
    masks: bool = False,
    progress: Progress = silent,
) -> GateCounts:
    """Gate one file, and write counts, the picture and converted gates into the folder `out`.

    `sample` chooses among the samples of a workspace or the tubes of a flow.toml, `mark` names
    the gate whose events are marked in every plot (default: the numerator of ``[mrd]``), `masks`
    adds masks.parquet. Raises `InputError` with the faults of gates and file, `UsageError` for a
    sample or a gate that is not there, and an `out` with gates of its own; then nothing is written.
    """
    progress("reading the gates")
    strategy = read_gates(gates, name=str(gates))
    entry = sample_of(strategy, gates, file, sample)
    if not strategy.gates_of(entry.tube):
        raise UsageError(f"{gates.name} holds no gates for this file")
    _check_depth(strategy, gates, entry.tube)
    marked = _marked(strategy, entry.tube, mark)
    progress("reading the events")
    planned = PlannedFile(file, str(file), entry)
    plan = Plan(strategy, gates, (planned,))
    opened = open_file(plan, planned, tube=entry.tube)
    progress("gating")
    try:
        held = gate_events(opened.readout, tube=entry.tube)
    except ValueFault as fault:
        raise InputError(fault.at(str(gates), "gates")) from fault
    texts, left_out = converted(plan, opened)
    found = _Found(opened, held, _count(opened, gates, held, left_out), marked)
    read = _read(plan)
    stale = left_behind(out, written={*texts, *(("masks.parquet",) if masks else ())}, inputs=read)
    with whole_folder(out, inputs=read) as partial:
        for name, text in texts.items():
            _write_text(partial / name, text)
        if masks:
            (partial / "masks.parquet").write_bytes(masks_parquet(held))
        _write(partial, found, progress)
    for name in stale:
        (out / name).unlink(missing_ok=True)
    return found.counts


def _read(plan: Plan) -> tuple[Path, ...]:
    """The files that were read, none of which may be replaced."""
    beside = (plan.folder / source.file for source in plan.strategy.sources)
    return (plan.gates, *(planned.path for planned in plan.files), *beside)


def _marked(strategy: Strategy, tube: str | None, mark: str | None) -> str | None:
    """The gate whose events are marked."""
    names = [gate.name for gate in strategy.gates_of(tube)]
    if mark is not None and mark not in names:
        raise UsageError(f"--mark: no gate of that name; use one of: {', '.join(sorted(names))}")
    spec = counted(strategy, tube)
    return mark or (spec.numerator if spec and spec.numerator in names else None)


def _count(
    opened: OpenFile, gates: Path, held: Mapping[str, Mask], left_out: tuple[str, ...]
) -> GateCounts:
    acquisition, strategy = opened.readout.acquisition, opened.readout.strategy
    tube = opened.planned.entry.tube
    kept = {name: int(np.count_nonzero(mask)) for name, mask in held.items()}
    total = len(acquisition.events)
    listed = strategy.gates_of(tube)
    by_name = {gate.name: gate for gate in listed}
    stored = read_stored_counts(gates, tube, [_path(gate, by_name) for gate in listed])
    return GateCounts(
        file=FileDigest(opened.planned.path.name, acquisition.sha256),
        gates=FileDigest(gates.name, strategy.sha256),
        sample=tube,
        events=total,
        counts=tuple(
            GateCount(
                name=gate.name,
                parent=gate.parent,
                path=_path(gate, by_name),
                count=kept[gate.name],
                of=total if gate.parent is None else kept[gate.parent],
                flowjo_count=stored.get(gate.name),
            )
            for gate in listed
        ),
        flags=(
            *dict.fromkeys(opened.flags),
            *left_out,
            *_not_removed(strategy),
            *_undrawn(listed),
        ),
    )


def _not_removed(strategy: Strategy) -> tuple[str, ...]:
    """Why these counts may differ from those of `residua mrd`."""
    remove = ", ".join(strategy.quality.remove)
    words = f"[quality] remove ({remove}) holds for MRD; these counts are of all events"
    return (words,) * bool(remove)


def _undrawn(gates: tuple[Gate, ...]) -> tuple[str, ...]:
    """A flag where there are too many gates for a picture."""
    limits = f"{_MOST_DRAWN} gates, or {_DEEPEST_DRAWN} in a row"
    words = f"the tree of gates is not drawn: more than {limits}"
    many = len(gates) > _MOST_DRAWN or max(depths(gates).values()) > _DEEPEST_DRAWN
    return (words,) if many else ()


def _check_depth(strategy: Strategy, gates: Path, tube: str | None) -> None:
    if max(depths(strategy.gates_of(tube)).values()) > _DEEPEST:
        expected, do = f"at most {_DEEPEST} gates in a row", "gate in fewer steps"
        raise InputError(Fault(str(gates), "gates", expected, "more", do))


def _path(gate: Gate, by_name: Mapping[str, Gate]) -> tuple[str, ...]:
    """The names from the top of the tree to the gate's own."""
    above = () if gate.parent is None else _path(by_name[gate.parent], by_name)
    return (*above, gate.name)


def _write(folder: Path, found: _Found, progress: Progress) -> None:
    counts, marked = found.counts, found.marked
    _write_text(folder / "counts.csv", counts_csv(counts))
    _write_text(folder / "counts.json", counts_json(counts))
    if any(_undrawn(found.opened.readout.strategy.gates_of(counts.sample))):
        return
    progress("drawing the tree of gates")
    tree = gate_tree(found.opened.readout, found.held, tube=counts.sample, mark=marked)
    figure = draw_gate_tree(
        tree,
        marked_as=f"events of {marked}" if marked else "",
        simulated="simulated" in found.opened.readout.acquisition.flags,
        origin=f"Events: SHA-256 {counts.file.sha256[:16]}…; gates: {counts.gates.sha256[:16]}…",
    )
    for form in FORMS:
        progress(f"writing tree.{form}")
        (folder / f"tree.{form}").write_bytes(figure_bytes(figure, form))


def _write_text(path: Path, text: str) -> None:
    """As UTF-8; a file name whose bytes are not comes with those bytes spelled out."""
    path.write_text(text, "utf-8", errors="backslashreplace")
