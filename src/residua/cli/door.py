"""The door: runs a command and turns what it raises into messages and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path

from cyclopts import CycloptsError, UnusedCliTokensError

from residua.cli import (
    beads_command,
    bench_command,
    case_commands,
    clonotypes_command,
    compensation_command,
    course_command,
    cytokines_command,
    digital_command,
    exposure_command,
    figure_command,
    flow_commands,
    grade_command,
    marrow_command,
    mrd_command,
    qpcr_command,
    reference_command,
    regimen_command,
    standard_commands,
    validate_command,
)
from residua.cli.app import ANSWERED, FAULTS, OUR_FAILURE, STOPPED, WRONG_USE, app
from residua.cli.terminal import count
from residua.errors import InputError, ResiduaError, UsageError, one_line

COMMANDS = (
    case_commands,
    figure_command,
    flow_commands,
    compensation_command,
    grade_command,
    standard_commands,
    regimen_command,
    exposure_command,
    qpcr_command,
    reference_command,
    clonotypes_command,
    beads_command,
    course_command,
    marrow_command,
    mrd_command,
    digital_command,
    cytokines_command,
    validate_command,
    bench_command,
)  # importing one registers it


THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What a matrix library reads when it is loaded. Its products here are small: threads woken for
each of them take longer than the work, and both cores have work of their own."""


def main() -> None:
    """Run the command line: the answer to stdout, messages to stderr, and an exit code."""
    _limit_threads()
    gc.set_threshold(100_000, 20, 20)  # rows of a table live as long as the command does
    if hasattr(sys.stdout, "reconfigure"):  # names that the terminal's encoding lacks
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = app(exit_on_error=False, result_action="return_value")
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else ANSWERED)
    except CycloptsError as error:
        _say(_how_to_ask(error), WRONG_USE)
    except UsageError as error:
        _say(str(error), WRONG_USE)
    except InputError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        _say(f"{count(len(error.faults))}; nothing was written", FAULTS)
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


def _limit_threads() -> None:
    """As the user wishes, else one; numpy is imported by the commands, after this."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def _how_to_ask(error: CycloptsError) -> str:
    """Where the right use stands; the fault itself has been printed."""
    command = " ".join(("residua", *(error.command_chain or ())))
    if isinstance(error, UnusedCliTokensError):
        command = f"a name with spaces needs quotes, and FILE is one file; {command}"
    return f"{command} --help shows the use, with an example"


def _say(message: str, code: int) -> None:
    print(f"residua: {one_line(message)}", file=sys.stderr)
    sys.exit(code)


def _own_failure(error: Exception) -> None:
    """Our own failure: its kind and place, never the values that led to it."""
    if isinstance(error, MemoryError):
        _say("the input needs more memory than there is; nothing was written", FAULTS)
    if os.environ.get("RESIDUA_DEBUG"):
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    _say(
        f"this is a failure of Residua itself ({type(error).__name__} in "
        f"{Path(where.filename).name}:{where.lineno}); nothing was written. Run again with "
        "RESIDUA_DEBUG=1 for the details to report.",
        OUR_FAILURE,
    )
