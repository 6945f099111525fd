"""`residua standards trials`: which trials are encoded, and all that one of them reports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.standards.citing import citing_papers
from residua.standards.trial_shelf import trial_shelf
from residua.views.trials_text import citing_text, trial_text, trials_text


def trial_pages() -> tuple[tuple[str, str, Callable[[], str]], ...]:
    """Name, full name and text of the list, of each trial, and of each citing paper."""
    trials, papers = trial_shelf(), citing_papers()
    return (
        ("trials", "trials", partial(trials_text, trials, papers)),
        *((trial.id, trial.id, partial(trial_text, trial)) for trial in trials),
        *((paper.id, paper.id, partial(citing_text, paper)) for paper in papers),
    )
