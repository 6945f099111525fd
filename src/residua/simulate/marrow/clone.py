"""One patient's leukaemia: where its maturation stopped, its aberrancies, drift and loss."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.simulate.assumptions import assumed, assumed_numbers, assumptions, drawn
from residua.simulate.marrow.decades import to_decades
from residua.simulate.marrow.law import Law
from residua.simulate.marrow.normal import freedom_of, loadings_of, skew_of
from residua.simulate.marrow.populations import STAGES, markers, medians_of, precursor_levels
from residua.simulate.marrow.spec import CLOSE, INSEPARABLE, MarrowSpec
from residua.simulate.marrow.stain import places, stained
from residua.simulate.marrow.streams import stream
from residua.simulate.marrow.tubes import SCATTER, Tube, panels, tube

Floats = NDArray[np.float64]
_WINDOW = 0.4  # of pseudotime, on either side of where a clone that is hidden stopped


@dataclass(frozen=True, eq=False)
class Clone:
    """`medians`, `spreads` (subclones, m + 2) in decades, `weights` (subclones,) at diagnosis.

    `aberrancies` are markers with their distance in decades from the normal precursor at
    `pseudotime`.
    """

    pseudotime: float
    aberrancies: tuple[tuple[str, float], ...]
    weights: Floats
    medians: Floats
    spreads: Floats
    loadings: Floats
    skew: Floats


def draw_clone(spec: MarrowSpec) -> Clone:
    """The clone of the spec's patient at diagnosis."""
    random = stream(spec, "clone")
    pseudotime = drawn("marrow_blasts", "stage", random)
    centre = medians_of(precursor_levels(pseudotime))
    usual = assumed("marrow_blasts", "usual") * random.standard_normal(len(centre))
    aberrancies = _aberrancies(spec, centre, random)
    found = centre + usual * (centre > _dark())
    for marker, distance in aberrancies:
        place = markers().index(marker)
        found[place] = centre[place] + distance
    groups = int(assumed("marrow_blasts", "subclones"))
    weights = random.dirichlet(np.full(groups, 4.0))
    between = assumed("marrow_blasts", "between") * random.standard_normal((groups, len(centre)))
    between -= weights @ between  # the clone's mean stays where it was drawn
    apart = _clipped(found + between * (centre > _dark()))
    return Clone(
        pseudotime,
        aberrancies,
        weights,
        np.hstack([apart, np.tile(_scatter(), (groups, 1))]),
        np.tile(_spreads(random), (groups, 1)),
        loadings_of(random),
        skew_of(spec, random),
    )


def drift_of(spec: MarrowSpec) -> dict[str, float]:
    """Decades by which each marker of the blasts moved since diagnosis."""
    random = stream(spec, "sample")
    every = assumed("marrow_drift", "every")
    book = assumptions()["marrow_drift"]
    means = {marker: book.get(marker, {"value": 0.0})["value"] for marker in markers()}
    size = 0.0 if spec.clone == INSEPARABLE else spec.drift
    return {m: size * float(means[m] + every * random.standard_normal()) for m in markers()}


def blast_law(spec: MarrowSpec, tube: Tube, clone: Clone, tandem: Floats) -> Law:
    """The blasts of this sample: drifted, and in parts without the antigens of `spec.loss`."""
    drift = np.array(list(drift_of(spec).values()))
    count = len(markers())
    present = clone.medians[:, :count] > _dark()
    moved = _clipped(clone.medians[:, :count] + drift * present)
    medians = np.hstack([moved, clone.medians[:, count:]])
    lost = [marker for marker, share in spec.loss.items() if share > 0]
    groups, lacks = [], []
    for state in product((False, True), repeat=len(lost)):
        gone = tuple(marker for marker, out in zip(lost, state, strict=True) if out)
        share = np.prod([spec.loss[m] if m in gone else 1 - spec.loss[m] for m in lost])
        if share > 0:
            groups.append((clone.weights * share, *_without(gone, medians, clone.spreads)))
            lacks += [gone] * len(clone.weights)
    weights, places_, widths = (np.concatenate(part) for part in zip(*groups, strict=True))
    seen_at, seen_width = stained(tube, places_, widths)
    at = list(places(tube))
    skew = clone.skew[at] + tandem
    return Law(
        "blasts",
        weights,
        seen_at,
        seen_width,
        clone.loadings[at],
        skew,
        freedom_of(spec),
        tuple(lacks),
    )


def hidden_law(clone: Clone, precursors: Law) -> Law:
    """A clone that is one with the person's own precursors about its pseudotime."""
    steps = len(precursors.weights)
    when = (np.arange(steps) + 0.5) * STAGES / steps
    near = np.abs(when - clone.pseudotime) <= _WINDOW
    weights = precursors.weights[near] / precursors.weights[near].sum()
    medians, spreads = precursors.medians[near], precursors.spreads[near]
    none = ((),) * len(weights)
    return replace(
        precursors, name="blasts", weights=weights, medians=medians, spreads=spreads, lacks=none
    )


def _aberrancies(
    spec: MarrowSpec, centre: Floats, random: np.random.Generator
) -> tuple[tuple[str, float], ...]:
    """The first that the panel can show, in a random order weighted by their shares."""
    entries = _book()["aberrancy"]
    shares = np.array([entry["share"] for entry in entries])
    order = random.choice(len(entries), len(entries), replace=False, p=shares / shares.sum())
    close = spec.clone == CLOSE
    sizes = [drawn("marrow_blasts", "aberrant", random) for _ in entries]
    wanted = int({CLOSE: 2, INSEPARABLE: 0}.get(spec.clone, spec.clone))
    detectors = [s for name in panels()[spec.panel] for s in tube(spec.panel, name).stains]
    taken: list[tuple[str, float]] = []
    used: set[tuple[str, ...]] = set()
    for place in order:
        marker, over = entries[place]["marker"], entries[place]["way"] == "over"
        seen = {stain for stain in detectors if marker in stain} - used
        size = assumed("marrow_blasts", "close") if close else sizes[place]
        at = centre[markers().index(marker)]
        room = (assumed("marrow_blasts", "highest") - at) if over else at - _dark()
        least = size if close else assumed_numbers("marrow_blasts", "aberrant")[0] * 0.8
        if len(taken) < wanted and seen and room >= least:
            taken.append((marker, float(min(size, room) * (1 if over else -1))))
            used |= seen
    return tuple(taken)


def _without(gone: tuple[str, ...], medians: Floats, spreads: Floats) -> tuple[Floats, Floats]:
    """The same groups with the antigens of `gone` at the level of a negative."""
    lost = [markers().index(marker) for marker in gone]
    medians, spreads = medians.copy(), spreads.copy()
    medians[:, lost] = _dark()
    spreads[:, lost] = assumed("marrow_levels", "negative")
    return medians, spreads


def _spreads(random: np.random.Generator) -> Floats:
    """(m + 2,) spreads."""
    own, scatter = drawn("marrow_blasts", "spread", random), assumed("marrow_levels", "scatter")
    return np.array([own] * len(markers()) + [scatter] * len(SCATTER))


def _scatter() -> Floats:
    return to_decades(np.asarray(assumed_numbers("marrow_blasts", "scatter")))


def _dark() -> float:
    """The decades of a negative."""
    return float(medians_of(np.zeros(1))[0])


def _clipped(medians: Floats) -> Floats:
    return np.clip(medians, _dark(), assumed("marrow_blasts", "highest"))


@cache
def _book() -> dict[str, Any]:
    name = "leukaemia.toml"
    text = files("residua.simulate.marrow").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
