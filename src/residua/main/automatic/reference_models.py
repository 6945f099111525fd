"""What is fitted once for a reference: the search for what is new, and stages of maturation."""

from __future__ import annotations

from dataclasses import dataclass

from residua.errors import ValueFault
from residua.main.automatic.cache import cache_key, fitted_once
from residua.measures.laip.precursors import Precursors, precursors_of
from residua.measures.novelty.novelty import Novelty, fit_novelty
from residua.measures.reference.reference import NormalReference
from residua.progress import Progress

ALGORITHM = 1  # raised with every change of either that gives the same reference other numbers
SEED = 1


@dataclass(frozen=True, eq=False)
class ReferenceModels:
    """None where the panel or the normals cannot tell; `notes` say why."""

    novelty: Novelty | None
    precursors: Precursors | None
    notes: tuple[str, ...] = ()


def models_of(reference: NormalReference, progress: Progress) -> ReferenceModels:
    """The models of a reference, from the cache or fitted and kept there."""

    def fit() -> ReferenceModels:
        progress("what is rare in normal marrow, once for this reference")
        return _fitted(reference)

    key = cache_key(f"reference models {ALGORITHM}", [reference.digest], {"seed": SEED})
    return fitted_once(ReferenceModels, key, fit).value


def _fitted(reference: NormalReference) -> ReferenceModels:
    novelty, precursors, notes = None, None, []
    try:
        novelty = fit_novelty(reference, seed=SEED)
    except ValueFault as fault:
        notes.append(f"no search for clusters unlike normal: {fault.received}")
    try:
        precursors = precursors_of(reference)
    except ValueFault as fault:
        notes.append(f"no aberrancies: {fault.received}")
    return ReferenceModels(novelty, precursors, tuple(notes))
