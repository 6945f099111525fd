"""The benchmark of automatic MRD."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from residua.cli.app import ANSWERED, app
from residua.cli.terminal import progress


@app.command
def bench(
    *,
    suite: str = "short",
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    reader: str | None = None,
    reviewed: Annotated[bool, Parameter(negative="")] = False,
    clone: list[str] | None = None,
    scenario: list[str] | None = None,
    part: str = "1/1",
    minutes: float = float("inf"),
    zyvt: Path | None = None,
    ball_cytof: Path | None = None,
) -> int:
    """How well blasts are found and counted: simulated marrows, or labelled cells of yours.

    Prints a table for each kind of clone with what is to be reached. With -o every case is kept,
    so that a run that was stopped goes on, and several can share it.

    ```
    residua bench
    residua bench --suite full -o out/bench --minutes 20
    residua bench --suite full -o out/bench --part 2/4
    residua bench --suite middle -o out/bench --reader ideal --clone 4 --scenario warp
    residua bench --zyvt FR-FCM-ZYVT -o out/zyvt
    residua bench --ball-cytof ddpr_data_10000rows.csv
    ```

    Parameters
    ----------
    suite
        short (a minute, says only that it runs), middle or full.
    output
        A folder for the lines of every case and the page.
    reader
        automatic (the default), box (a gate about the blasts of the diagnosis) or ideal (who
        knows every density). Real cells by mass cytometry: mixture (the default) or box.
    reviewed
        The rule for a result that a person will look at.
    clone
        Only these clones: 6, 4, 2, close, inseparable.
    scenario
        Only these scenarios.
    part
        K/N: every N-th patient from the K-th; N processes with one -o share a run.
    minutes
        Stop after so many; the next call goes on.
    zyvt
        A folder of labelled FCS files by centre, such as FR-FCM-ZYVT.
    ball_cytof
        The table of real cells by mass cytometry.
    """
    from residua.main.bench.bench import (
        BenchAsked,
        bench_labelled,
        bench_real_cells,
        bench_suite,
    )
    from residua.main.bench.run import share_of

    named = reader or ("automatic" if ball_cytof is None else "mixture")
    with progress() as step:
        if zyvt is not None:
            page = bench_labelled(zyvt, reader=named, reviewed=reviewed, out=output, progress=step)
        elif ball_cytof is not None:
            page = bench_real_cells(
                ball_cytof, reader=named, reviewed=reviewed, out=output, progress=step
            )
        else:
            asked = BenchAsked(suite, named, reviewed, tuple(clone or ()), tuple(scenario or ()))
            share = share_of(part, minutes=minutes)
            page = bench_suite(asked, out=output, share=share, progress=step)
    print(page, end="")
    return ANSWERED
