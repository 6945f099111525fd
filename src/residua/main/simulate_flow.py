"""From a spec to a simulated FCS file with its truth beside it."""

from __future__ import annotations

from pathlib import Path

from residua.progress import Progress, silent
from residua.simulate.flow import simulate_events
from residua.simulate.flow_spec import read_flow_spec
from residua.simulate.flow_truth import truth_text
from residua.views.fcs_export import write_fcs
from residua.views.whole_file import write_whole


def simulate_flow(
    spec: Path | str, *, out: Path | str, progress: Progress = silent
) -> tuple[Path, Path]:
    """Write FILE.fcs and FILE.truth.json for a spec; returns both paths.

    The same spec gives the same bytes. Raises `InputError` with every fault of the spec; then
    nothing is written.
    """
    read = read_flow_spec(spec)
    file = Path(out)
    progress(f"making up {read.events} events")
    simulated = simulate_events(read)
    truth = file.with_name(f"{file.stem}.truth.json")
    progress(f"writing {file.name}")
    write_fcs(simulated.acquisition, file)
    text = truth_text(simulated, file=file.name, seed=read.seed)
    write_whole(truth, text.encode(errors="backslashreplace"))
    return file, truth
