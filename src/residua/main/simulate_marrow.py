"""From a spec to a simulated marrow with its truth beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from residua.errors import UsageError, ValueFault
from residua.progress import Progress, silent
from residua.simulate.flow_truth import truth_text
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow as simulate
from residua.simulate.marrow.marrow_truth import drawn_document
from residua.simulate.marrow.spec import MarrowSpec, preset, read_marrow_spec
from residua.views.fcs_export import write_fcs
from residua.views.whole_file import write_whole


def simulate_marrow(
    spec: Path | str | None = None,
    *,
    out: Path | str,
    preset_name: str | None = None,
    stated: Mapping[str, int | None] | None = None,
    progress: Progress = silent,
) -> tuple[Path, Path]:
    """Write FILE.fcs and FILE.truth.json for a spec or a preset; returns both paths.

    `stated` (events and seeds) stands before the spec. The same spec gives the same bytes. Raises
    `InputError` with every fault of the spec, `UsageError` for any other; then nothing is written.
    """
    wanted = _wanted(spec, preset_name, stated or {})
    file = Path(out)
    progress(f"making up {wanted.events} events")
    drawn = draw_marrow(wanted)
    made = simulate(drawn)
    progress(f"writing {file.name}")
    truth = file.with_name(f"{file.stem}.truth.json")
    text = truth_text(made, file=file.name, seed=wanted.seed, more=drawn_document(drawn))
    write_fcs(made.acquisition, file)
    write_whole(truth, text.encode(errors="backslashreplace"))
    return file, truth


def _wanted(
    spec: Path | str | None, preset_name: str | None, stated: Mapping[str, int | None]
) -> MarrowSpec:
    if (spec is None) == (preset_name is None):
        raise UsageError("give a spec or a --preset, and only one of them")
    read = preset(preset_name) if preset_name is not None else read_marrow_spec(spec or "")
    changes = {name: value for name, value in stated.items() if value is not None}
    try:
        return replace(read, **changes)  # type: ignore[arg-type]
    except ValueFault as fault:
        raise UsageError(f"expected {fault.expected}, received {fault.received}") from None
