"""A made-up bone marrow."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Output, simulate
from residua.cli.terminal import progress


@simulate.command
def marrow(
    spec: Path | None = None,
    /,
    *,
    output: Output,
    preset: str | None = None,
    events: int | None = None,
    seed: int | None = None,
    laboratory: int | None = None,
    patient: int | None = None,
    sample: int | None = None,
) -> int:
    """Make up a bone marrow with or without leukaemia, and the truth behind it.

    Normal populations, haematogones, blasts, debris and doublets as one tube of a panel shows
    them in one laboratory. The same spec and seeds give the same bytes; one patient's diagnosis
    and follow-up differ in the sample only.

    ```
    residua simulate marrow spec.toml -o marrow.fcs
    residua simulate marrow --preset diagnosis --patient 7 -o diagnosis.fcs
    residua simulate marrow --preset follow-up --patient 7 --sample 2 -o day-30.fcs
    ```

    Parameters
    ----------
    spec
        Panel, condition, blasts, laboratory (TOML).
    output
        The FCS file to write; the truth is written beside it.
    preset
        after-cd19, blank, child, diagnosis, follow-up, inseparable or regenerating.
    events
        All events, debris and doublets included.
    seed
        Stands for laboratory, patient and sample where these have no number of their own.
    laboratory
        Another laboratory for another number.
    patient
        Another patient, and another clone, for another number.
    sample
        Another sample of the patient for another number.
    """
    from residua.main.simulate_marrow import simulate_marrow

    stated = {
        "events": events,
        "seed": seed,
        "laboratory": laboratory,
        "patient": patient,
        "sample": sample,
    }
    with progress() as step:
        written = simulate_marrow(
            spec, out=output, preset_name=preset, stated=stated, progress=step
        )
    print(*written, sep="\n")
    return ANSWERED
