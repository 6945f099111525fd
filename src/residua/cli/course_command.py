"""A whole made-up patient."""

from __future__ import annotations

from pathlib import Path

from residua.cli.app import ANSWERED, Output, simulate
from residua.cli.terminal import progress


@simulate.command
def course(
    *,
    output: Output,
    seed: int | None = None,
    spec: Path | None = None,
    events: int | None = None,
) -> int:
    """Make up a whole patient's folder, and the truth behind it.

    Flow files before and after inotuzumab ozogamicin, plates of quantitative PCR, cytokines,
    blood counts, vital signs, MRD results and treatments, as `residua run` reads them, with
    `truth.json` beside them. The same seed gives the same bytes.

    ```
    residua simulate course -o patients/made-up
    residua simulate course -o patients/made-up-7 --seed 7 --events 50000
    residua simulate course -o patients/asked-for --spec patient.toml
    ```

    Parameters
    ----------
    output
        The folder to make; it must not exist yet, or be empty.
    seed
        Another patient for another number; stands before the seed of the spec.
    spec
        What the patient is to be (TOML); without it the one that the program brings along.
    events
        Events of each flow file (200000).
    """
    from residua.main.simulate_course import simulate_course

    with progress() as step:
        written = simulate_course(output, spec=spec, seed=seed, events=events, progress=step)
    print(*written, sep="\n")
    return ANSWERED
