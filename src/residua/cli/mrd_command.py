"""MRD from raw flow files, by stated gates or by the patient's own diagnosis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from residua.cli.app import ANSWERED, Json, Output, app
from residua.cli.terminal import faults_too, print_json, progress
from residua.errors import UsageError
from residua.facts.mrd_result import MrdResult
from residua.progress import Progress


@app.command
def mrd(
    *files: Path,
    gates: Path | None = None,
    diagnosis: Annotated[tuple[Path, ...], Parameter(name="--diagnosis", negative="")] = (),
    normals: Path | None = None,
    after: Annotated[tuple[str, ...], Parameter(name="--after", negative="")] = (),
    policy: str | None = None,
    reviewed: Annotated[bool, Parameter(negative="")] = False,
    reader: Annotated[tuple[str, ...], Parameter(name="--reader", negative="")] = (),
    output: Output,
    json: Json = False,
) -> int:
    """Measure MRD and antigens in FCS files, with their limits: by stated gates, or without.

    Without `--gates` blasts are found by the patient's own diagnosis or relapse sample. Writes
    `mrd.json`, with the quality of the files and whether their cells suffice, and without gates
    also labels of every event; an answer "not assessable" exits 0 too. Unreadable input exits 1
    and writes nothing.

    ```
    residua mrd d30.fcs --gates flow.toml --after CD22 -o mrd.json
    residua mrd d30.fcs --diagnosis dx.fcs --after CD19 -o out/d30
    ```

    Parameters
    ----------
    files
        The acquisitions of one specimen.
    gates
        The gating strategy, `flow.toml`.
    diagnosis
        A file of the same tube at diagnosis or relapse; may be repeated. Without any, only cells
        unlike all normal ones are looked for.
    normals
        Your normal marrows: a folder of FCS files, or what `residua reference build` wrote.
        Default: simulated ones.
    after
        An antigen that therapy has aimed at: CD19 whenever that was, CD22 where inotuzumab was
        given within 30 days before, which may hide it; may be repeated.
    policy
        A counting policy by name, or the `policy.toml` of a validation, in place of the strategy's.
    reviewed
        A person looks at the plots before a negative is believed: its limits are less strict.
    reader
        A second reader of your own, MODULE:FUNCTION, whose code is run; may be repeated.
    output
        The file to write, or a folder for `mrd.json`, `quality.png`, and without gates plots,
        `gates.toml` to edit and run again, `labels.parquet` and a copy of each file with labels.
    json
        Print the result, or the faults, as JSON too.
    """
    if not files:
        raise UsageError("mrd needs at least one FCS file (see residua mrd --help)")
    automatic = {
        "--diagnosis": diagnosis,
        "--normals": normals,
        "--reviewed": reviewed,
        "--reader": reader,
    }
    stated = [name for name, value in automatic.items() if value]
    if gates is not None and stated:
        raise UsageError(
            f"--gates and {stated[0]} exclude each other: blasts are either gated or found"
        )
    beside = {"after": after, "policy": policy}
    with faults_too(json):
        with progress() as step:
            if gates is not None:
                result, written = _by_gates(files, gates, beside, output, step)
            else:
                found = {"diagnoses": diagnosis, "normals": normals, "reviewed": reviewed}
                options = {**beside, **found, "readers": reader}
                result, written = _automatic(files, options, output, step)
        _answer(result, written, json=json)
    return ANSWERED


_Answer = tuple[MrdResult, tuple[Path, ...]]


def _by_gates(
    files: tuple[Path, ...], gates: Path, options: dict[str, Any], output: Path, step: Progress
) -> _Answer:
    from residua.main.draw_quality import write_result
    from residua.main.mrd import measure_mrd

    result = measure_mrd(files, gates=gates, progress=step, **options)
    step("writing the result")
    return result, write_result(result, output, inputs=(*files, gates))


def _automatic(
    files: tuple[Path, ...], options: dict[str, Any], output: Path, step: Progress
) -> _Answer:
    from residua.main.automatic.measure import measure_automatic
    from residua.main.automatic.write import write_automatic

    found = measure_automatic(files, pictures=output.suffix != ".json", progress=step, **options)
    inputs = (*files, *options["diagnoses"])
    return found.result, write_automatic(found, output, inputs=inputs, progress=step)


def _answer(result: MrdResult, written: tuple[Path, ...], *, json: bool) -> None:
    if json:
        from residua.views.mrd_export import mrd_document

        print_json(mrd_document(result))
    else:
        from residua.views.answer_words import mrd_words

        print(mrd_words(result), *written, sep="\n")
