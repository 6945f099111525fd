"""`residua compensation`: the spillover matrix of single stains, its errors and what it leaves."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.facts.acquisition import Channel, with_markers
from residua.facts.gating import MEASURED, Strategy
from residua.facts.mrd_result import FileDigest
from residua.main.flow.compensation import (
    SINGLE_STAINS,
    choose_compensation,
    dim_controls,
    made_from,
    missing_dyes,
)
from residua.main.flow.controls import Controls, read_controls, stained_files
from residua.main.flow.plan import Plan, PlannedFile
from residua.main.flow.read import read_planned
from residua.main.flow.residuals import largest_words
from residua.main.output import whole_folder
from residua.measures.compensation.estimate import SpilloverEstimate
from residua.measures.compensation.residuals import held_out_residuals, residual_spillover
from residua.progress import Progress, silent
from residua.readers.fcs import read_fcs_header
from residua.readers.gates import read_gates
from residua.readers.ordinary_file import is_file
from residua.views.spillover_export import (
    ControlShown,
    SampleShown,
    SpilloverShown,
    large_words,
    spillover_csv,
    spillover_text,
)
from residua.views.spillover_figure import draw_spillover
from residua.views.style import DPI
from residua.views.write_figure import figure_bytes

FILES = ("spillover.csv", "spillover.json", "spillover.png")
_HELD_OUT = "residuals: half of each control's events make the matrix, the other half test it"


def measure_compensation(
    gates: Path | str, *, tube: str | None = None, progress: Progress = silent
) -> SpilloverShown:
    """The matrix that the single stains of a flow.toml give for a tube, and what it leaves.

    Beside it, what the compensation stated for each sample of the tube leaves. Raises
    `InputError` for faults of the strategy or the controls, `UsageError` where it must be
    said which tube is meant.
    """
    strategy = read_gates(gates)
    plan = Plan(strategy, Path(gates), ())
    tube = _tube(strategy, tube)
    samples = _samples(plan, tube)
    progress("reading the controls")
    channels = _channels(plan, samples, tube)
    controls = read_controls(plan, tube, channels)
    estimate = made_from(plan, controls)
    progress("testing the matrix")
    residuals = held_out_residuals(controls.populations, controls.detectors)
    flags = [*controls.flags, *estimate.flags, *large_words(residuals)]
    shown = []
    for sample in samples:
        progress(f"reading {sample.name}")
        one, told = _sample(plan, sample, controls, estimate)
        shown.append(one)
        flags += told
    flags += [f"no control for {dye}" for dye in missing_dyes(controls, channels)]
    return SpilloverShown(
        tube=tube,
        estimate=estimate,
        residuals=residuals,
        controls=_controls(controls),
        samples=tuple(shown),
        gates=FileDigest(Path(gates).name, strategy.sha256),
        inputs=controls.digests,
        flags=tuple(dict.fromkeys(flags)),
        notes=(largest_words(residuals), _HELD_OUT),
    )


def write_compensation(shown: SpilloverShown, out: Path) -> tuple[Path, ...]:
    """Write `FILES` into the folder `out`, all or nothing; returns their paths."""
    contents = (
        spillover_csv(shown.estimate.spillover).encode(),
        spillover_text(shown).encode(errors="backslashreplace"),
        figure_bytes(draw_spillover(shown), "png", dpi=DPI),
    )
    with whole_folder(out) as partial:
        for name, content in zip(FILES, contents, strict=True):
            (partial / name).write_bytes(content)
    return tuple(out / name for name in FILES)


def _tube(strategy: Strategy, tube: str | None) -> str | None:
    """The tube to measure: the given one, or the only one that the controls name."""
    stains = [entry for entry in strategy.files if entry.role == "single stain"]
    tubes = sorted({entry.tube for entry in stains if entry.tube is not None})
    known = sorted({entry.tube for entry in strategy.files if entry.tube is not None})
    if tube is not None and tube not in known:
        if Path(strategy.path).suffix.lower() in (".wsp", ".xml"):  # names may be a person's
            raise UsageError(f"no sample of that name among {len(known)}")
        raise UsageError(f"no file of tube {tube!r}: {', '.join(known) or 'no tube is named'}")
    if tube is None and len(tubes) > 1:
        raise UsageError(f"the controls are for several tubes: name one of {', '.join(tubes)}")
    return tube if tube is not None else next(iter(tubes), None)


def _samples(plan: Plan, tube: str | None) -> tuple[PlannedFile, ...]:
    """The files that the controls are to compensate, as far as they are there."""
    return tuple(
        PlannedFile(plan.folder / entry.path, entry.path, entry)
        for entry in plan.strategy.files
        if entry.role in MEASURED
        and (tube is None or entry.tube == tube)
        and is_file(plan.folder / entry.path)
    )


def _channels(
    plan: Plan, samples: tuple[PlannedFile, ...], tube: str | None
) -> tuple[Channel, ...]:
    """The channels of the first sample, else of the first control."""
    files = (*samples, *stained_files(plan, tube))
    if not files:
        expected, do = "single-stain controls", "add [[file]] with role = 'single stain'"
        raise InputError(Fault(plan.strategy.path, "file", expected, "none", do))
    first = files[0]
    header = read_fcs_header(first.path, name=first.name, data_set=first.entry.data_set)
    return _named(first, header.channels)


def _named(file: PlannedFile, channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    try:
        return with_markers(channels, dict(file.entry.markers))
    except ValueFault as fault:
        raise InputError(fault.at(file.name, "markers")) from fault


def _controls(controls: Controls) -> tuple[ControlShown, ...]:
    pairs = zip(controls.stains, controls.populations, strict=True)
    return tuple(ControlShown(stain.dye, stain.stated, found) for stain, found in pairs)


def _sample(
    plan: Plan, sample: PlannedFile, controls: Controls, estimate: SpilloverEstimate
) -> tuple[SampleShown, list[str]]:
    """What a sample's own compensation leaves, and what is unusual about it."""
    choice = sample.entry.compensation
    try:
        acquisition = read_planned(sample)
        told = dim_controls(controls, estimate.spillover, acquisition)
        flags = [f"{sample.name}: {flag}" for flag in told]
        if choice == SINGLE_STAINS:
            return SampleShown(sample.name, choice), flags
        matrix = choose_compensation(plan, sample, acquisition).matrix
        left = residual_spillover(controls.populations, controls.detectors, matrix)
    except (InputError, ValueFault) as error:
        return SampleShown(sample.name, choice, reason=str(error)), []
    flags += [f"{sample.name}: {words}" for words in large_words(left)]
    return SampleShown(sample.name, choice, left), flags
