"""Raw files of a case that no evaluation measures: said, so that nobody waits for their result."""

from __future__ import annotations

from pathlib import Path

from residua.errors import InputError
from residua.facts.gating import Strategy
from residua.main.check_flow import STRATEGY, is_raw
from residua.readers.gates import read_gates
from residua.readers.ordinary_file import is_file, real_path


def flow_notes(folder: Path, *, name: str | None = None) -> tuple[str, ...]:
    """A note for what lies in a flow folder and is checked, but not measured by `residua run`.

    `name` is how notes call the folder (default: `folder`). Never raises for bad input: a
    strategy that cannot be read has its faults elsewhere.
    """
    called = name or str(folder)
    raw = sorted(file for file in folder.rglob("*") if is_raw(file) and is_file(file))
    if not raw:
        return ()
    if not is_file(folder / STRATEGY):
        return (f"{called}: no {STRATEGY}, so nothing in it is measured (residua new --panel)",)
    try:
        strategy = read_gates(folder / STRATEGY)
    except InputError:
        return ()
    notes = [
        f"{called}/{file.relative_to(folder)}: {_NOT_NAMED}"
        for file in _rest(raw, strategy, folder)
    ]
    gated = [entry for entry in strategy.files if entry.approach == "gates"]
    if not strategy.mrd and (gated or strategy.gates):
        notes.append(f"{called}/{STRATEGY}: no [mrd], so nothing is counted")
    return tuple(notes)


_NOT_NAMED = f"not measured, no [[file]] of {STRATEGY} names it"


def _rest(raw: list[Path], strategy: Strategy, folder: Path) -> list[Path]:
    named = [entry.path for entry in strategy.files]
    named += [spec.fmo for spec in strategy.antigens if spec.fmo]
    known = {real_path(folder / name) for name in named}
    return [file for file in raw if real_path(file) not in known]
