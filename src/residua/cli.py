"""From raw laboratory files to the explained course of a patient with B-ALL.

Research use only: not a medical device, not for treatment decisions.
"""

from __future__ import annotations

import gc
import json as json_text
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from residua import __version__
from residua.errors import InputError, ResiduaError, UsageError

ANSWERED, FAULTS, WRONG_USE, OUR_FAILURE, STOPPED = 0, 1, 2, 3, 130

app = App(
    name="residua",
    version=__version__,
    help=__doc__,
    help_format="markdown",
    suppress_keyboard_interrupt=False,  # main says a line about it
)
simulate = App(name="simulate", help="Make up files with a known truth.")
app.command(simulate)

Output = Annotated[Path, Parameter(name=["--output", "-o"])]
Json = Annotated[bool, Parameter(negative="")]
Kind = Literal["labs", "vitals", "mrd", "transgene", "cytokines"]


def main() -> None:
    """Run the command line: the answer to stdout, messages to stderr, and an exit code."""
    gc.set_threshold(100_000, 20, 20)  # rows of a table live as long as the command does
    if hasattr(sys.stdout, "reconfigure"):  # names that the terminal's encoding lacks
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = app(exit_on_error=False, result_action="return_value")
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else ANSWERED)
    except CycloptsError:
        sys.exit(WRONG_USE)
    except UsageError as error:
        _say(str(error), WRONG_USE)
    except InputError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        _say(f"{_count(len(error.faults))}; nothing was written", FAULTS)
    except ResiduaError as error:
        _say(str(error), FAULTS)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ANSWERED)
    except OSError as error:
        _say(f"the system refused: {error.strerror or 'no reason given'}", OUR_FAILURE)
    except KeyboardInterrupt:
        _say("stopped; nothing half-written is left", STOPPED)
    except Exception as error:
        _own_failure(error)


def _say(message: str, code: int) -> None:
    print(f"residua: {message}", file=sys.stderr)
    sys.exit(code)


def _own_failure(error: Exception) -> None:
    """Our own failure: its kind and place, never the values that led to it."""
    if os.environ.get("RESIDUA_DEBUG"):
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    _say(
        f"this is a failure of Residua itself ({type(error).__name__} in "
        f"{Path(where.filename).name}:{where.lineno}); nothing was written. Run again with "
        "RESIDUA_DEBUG=1 for the details to report.",
        OUR_FAILURE,
    )


def _count(faults: int) -> str:
    return f"{faults or 'no'} fault{'' if faults == 1 else 's'}"


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """One line on stderr that says what is being done, where a person looks at a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return

    def show(step: str) -> None:
        width = shutil.get_terminal_size().columns - 5
        print(f"\r\x1b[K{step[:width]} ...", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _faults_too(as_json: bool) -> Iterator[None]:
    """Where the answer is JSON, faults are an answer too, besides the lines on stderr."""
    try:
        yield
    except InputError as error:
        if as_json:
            faults = [asdict(fault) for fault in error.faults]
            _print_json({"kind": "residua.faults", "version": "1.0", "faults": faults})
        raise


def _print_json(document: dict[str, Any]) -> None:
    print(json_text.dumps(document, indent=2, ensure_ascii=False))


@app.command
def new(folder: Path, /) -> int:
    """Make a patient's folder with a commented template.

    ```
    residua new patients/p-017
    ```

    Parameters
    ----------
    folder
        The folder to make; it must not exist yet, or be empty.
    """
    from residua.main.new import new_folder

    for path in new_folder(folder):
        print(path)
    return ANSWERED


@app.command
def check(folder: Path, /, *, json: Json = False) -> int:
    """Find every fault of a patient's folder in one pass, also in its raw files.

    One line per fault: `FILE:LINE: where: expected ..., received ..., do ...`.
    Exit 0 without faults, 1 with faults.

    ```
    residua check examples/huang-2023
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    json
        Print the faults and notes as JSON.
    """
    from residua.main.check import check_folder

    with _progress() as progress:
        progress("checking the folder and its raw files")
        report = check_folder(folder)
    if json:
        _print_json(report.document())
        return FAULTS if report.faults else ANSWERED
    for fault in report.faults:
        print(fault)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    print(_count(len(report.faults)), file=sys.stderr)
    return FAULTS if report.faults else ANSWERED


@app.command
def run(folder: Path, /, *, output: Output) -> int:
    """Evaluate a patient's folder: the course, its figure and its report.

    Writes `course.json`, `course.svg`, `course.png`, `course.pdf` and `report.html`, all or
    nothing: an earlier output is replaced only when the new one is whole.

    ```
    residua run examples/huang-2023 -o out/huang-2023
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    output
        The folder for the results.
    """
    from residua.main.run import run_case

    with _progress() as progress:
        written = run_case(folder, output, progress=progress)
    print(*written, sep="\n")
    return ANSWERED


@app.command
def explain(
    folder: Path, name: Annotated[str, Parameter(name="ID")], /, *, json: Json = False
) -> int:
    """Say what stands behind a fact, a judgement or a label of the figure.

    ```
    residua explain examples/huang-2023 ino-day-30
    residua explain examples/huang-2023 eln-all/2024/re-induction/response
    residua explain examples/huang-2023 C2
    ```

    Parameters
    ----------
    folder
        The patient's folder, with its `case.toml`.
    name
        The id of a fact or judgement, or a label printed in the figure.
    json
        Print the explanation as JSON.
    """
    from residua.main.explain import explain_case

    with _faults_too(json):
        with _progress() as progress:
            progress("evaluating the folder")
            explained = explain_case(folder, name, as_json=json)
        print(explained)
    return ANSWERED


@app.command(name="import")
def import_(
    table: Path,
    /,
    *,
    map: Annotated[Path | None, Parameter(name="--map")] = None,
    kind: Kind = "labs",
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    suggest: Annotated[bool, Parameter(negative="")] = False,
    json: Json = False,
) -> int:
    """Bring a hospital's table into a patient's folder, by a map of its local names.

    Names and units that the map lacks are listed, never guessed, and then nothing is written.

    ```
    residua import export.xlsx --kind labs --suggest > local.map.toml
    residua import export.xlsx --map local.map.toml --kind labs -o patients/p-017
    ```

    Parameters
    ----------
    table
        The export: csv, tsv or xlsx, one value a row or one analyte a column.
    map
        The map of local names and units (TOML).
    kind
        Which table of the folder it becomes.
    output
        The patient's folder.
    suggest
        Print a map for a person to check, instead of importing.
    json
        Print what was imported, or the faults, as JSON.
    """
    from residua.main.import_table import import_table, suggest_map

    if suggest:
        print(suggest_map(table, kind=kind))
        return ANSWERED
    if map is None or output is None:
        raise UsageError("import needs --map and -o, or --suggest (see residua import --help)")
    with _faults_too(json):
        with _progress() as progress:
            report = import_table(table, map_file=map, kind=kind, folder=output, progress=progress)
        _print_json(report.document()) if json else print(report)
    return ANSWERED


@app.command
def mrd(
    *files: Path,
    gates: Path,
    after: Annotated[tuple[str, ...], Parameter(name="--after", negative="")] = (),
    policy: str | None = None,
    output: Output,
    json: Json = False,
) -> int:
    """Measure MRD and antigens in FCS files by stated gates, with their limits.

    Writes one `mrd.json`; also an answer "not assessable" exits 0. Unreadable input exits 1
    and writes nothing.

    ```
    residua mrd d30.fcs --gates flow.toml --after CD22 -o mrd.json
    ```

    Parameters
    ----------
    files
        The acquisitions of one specimen.
    gates
        The gating strategy, `flow.toml`.
    after
        An antigen that therapy aimed at within 30 days before; may be repeated.
    policy
        A counting policy by name, in place of the strategy's.
    output
        The file to write, or a folder for `mrd.json`.
    json
        Print the result, or the faults, as JSON too.
    """
    from residua.main.mrd import measure_mrd
    from residua.views.mrd_export import mrd_document, result_path

    if not files:
        raise UsageError("mrd needs at least one FCS file (see residua mrd --help)")
    with _faults_too(json):
        with _progress() as progress:
            result = measure_mrd(
                files, gates=gates, after=after, policy=policy, out=output, progress=progress
            )
        _print_json(mrd_document(result)) if json else print(result_path(output))
    return ANSWERED


@app.command
def standards(name: str | None = None, /) -> int:
    """List the encoded standards, or every rule of one with its clause and citation.

    ```
    residua standards
    residua standards eln-all
    ```

    Parameters
    ----------
    name
        The standard, such as `eln-all` or `nci`.
    """
    from residua.main.show_standards import show_standards

    print(show_standards(name))
    return ANSWERED


@simulate.command
def flow(spec: Path, /, *, output: Output) -> int:
    """Make an FCS 3.1 file of made-up cells, and the truth beside it.

    ```
    residua simulate flow spec.toml -o marrow.fcs
    ```

    Parameters
    ----------
    spec
        Populations, spillover, debris, doublets and the seed (TOML).
    output
        The FCS file to write; the truth is written beside it.
    """
    from residua.main.simulate_flow import simulate_flow

    with _progress() as progress:
        written = simulate_flow(spec, out=output, progress=progress)
    print(*written, sep="\n")
    return ANSWERED


if __name__ == "__main__":
    main()
