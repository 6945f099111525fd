"""Every fault of a flow folder in one pass: its strategy, the files it names, the others."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.gating import Strategy
from residua.main.flow_open import open_file
from residua.main.flow_plan import Plan
from residua.readers.fcs import read_fcs
from residua.readers.flow_gates import read_gates

_RAW = (".fcs", ".lmd")


def check_flow(folder: Path | str, *, name: str | None = None) -> tuple[Fault, ...]:
    """The faults of ``flow.toml`` (or the file given) and of every raw file beside it.

    `name` is how faults call the folder (default: `folder`). Nothing is measured or written.
    """
    path = Path(folder)
    gates = path / "flow.toml" if path.is_dir() else path
    called = name or str(gates.parent)
    faults: list[Fault] = []
    strategy = Strategy()
    if gates.is_file():
        try:
            strategy = read_gates(gates, name=f"{called}/{gates.name}")
        except InputError as error:
            faults += error.faults
    plan = Plan(strategy, gates, ())
    named = [entry.path for entry in strategy.files]
    named += [spec.fmo for spec in strategy.antigens if spec.fmo]
    for relative in dict.fromkeys(named):
        faults += _named_faults(plan, relative, called)
    known = {(plan.folder / relative).resolve() for relative in named}
    for file in sorted(plan.folder.iterdir()):
        if file.suffix.lower() in _RAW and file.resolve() not in known:
            faults += _file_faults(file, f"{called}/{file.name}")
    return tuple(dict.fromkeys(faults))


def _named_faults(plan: Plan, relative: str, called: str) -> tuple[Fault, ...]:
    planned = plan.at(relative, name=f"{called}/{relative}")
    try:
        open_file(plan, planned, tube=planned.entry.tube)
    except InputError as error:
        return error.faults
    return ()


def _file_faults(file: Path, called: str) -> tuple[Fault, ...]:
    try:
        read_fcs(file, name=called)
    except InputError as error:
        return error.faults
    return ()
