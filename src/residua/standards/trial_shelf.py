"""Which trials and studies are encoded, by name; a result is called ``trial-id/result-id``."""

from __future__ import annotations

from functools import cache
from importlib import resources

from residua.errors import ValueFault, nearest
from residua.standards.trial import Result, Trial
from residua.standards.trial_file import parse_trial

_FOLDER = "trials"


@cache
def trial_shelf() -> tuple[Trial, ...]:
    """All encoded trials in the order of their ids; raises `InputError` for a faulty file."""
    folder = resources.files("residua.standards").joinpath(_FOLDER)
    files = sorted(p.name for p in folder.iterdir() if p.name.endswith(".toml"))
    texts = ((name, folder.joinpath(name).read_text("utf-8")) for name in files)
    return tuple(parse_trial(text, file=name) for name, text in texts)


def find_trial(trial_id: str) -> Trial:
    """The trial of that id; raises `ValueFault` for one that is not encoded."""
    found = {trial.id: trial for trial in trial_shelf()}
    if trial_id not in found:
        raise ValueFault("the id of an encoded trial", "another name", nearest(trial_id, found))
    return found[trial_id]


def find_result(reference: str) -> tuple[Trial, Result]:
    """The trial and result of ``trial-id/result-id``; raises `ValueFault` for an unknown one."""
    trial_id, _, result_id = reference.partition("/")
    trial = find_trial(trial_id)
    found = {result.id: result for result in trial.results}
    if result_id not in found:
        advice = nearest(result_id, found) if found else "this trial has no results"
        raise ValueFault(f"a result of {trial_id}", "another name", advice)
    return trial, found[result_id]
