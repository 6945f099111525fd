"""From antigens to detectors: lights of one detector add, and spilled light adds its noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.simulate.assumptions import assumed, assumed_numbers
from residua.simulate.marrow.decades import light_per_decade, to_decades, to_linear
from residua.simulate.marrow.populations import markers
from residua.simulate.marrow.tubes import SCATTER, Tube

Floats = NDArray[np.float64]


def places(tube: Tube) -> tuple[int, ...]:
    """For each coordinate of `tube` its place in an array per marker, followed by scatter."""
    known = markers()
    first = [known.index(stain[0]) for stain in tube.stains]
    return (*range(len(known), len(known) + len(SCATTER)), *first)


def stained(tube: Tube, medians: Floats, spreads: Floats) -> tuple[Floats, Floats]:
    """Medians and spreads (k, d) of what `tube` sees of cells with those (k, m + 2).

    Columns of the input are the markers, then scatter; all in decades. Of the markers of one
    detector the brightest gives the spread. The noise of spilled light is that of the
    population's median: its spread is `flow.photon_noise` times the root of the light.
    """
    dark = assumed_numbers("marrow_levels", "medians")[0]
    light = to_linear(medians[:, : len(markers())])
    seen, width = [], []
    for stain in tube.stains:
        columns = [markers().index(marker) for marker in stain]
        part = light[:, columns]
        seen.append(dark + (part - dark).sum(axis=1))
        brightest = np.argmax(part, axis=1)
        width.append(spreads[np.arange(len(part)), np.asarray(columns)[brightest]])
    lights = np.stack(seen, axis=1)
    own = np.stack(width, axis=1)
    spilled = np.maximum(lights, 0) @ (tube.spillover() - np.eye(len(tube.dyes)))
    noise = assumed("flow", "photon_noise") * np.sqrt(spilled) / light_per_decade(lights)
    scatter = slice(len(markers()), None)
    return (
        np.hstack([medians[:, scatter], to_decades(lights)]),
        np.hstack([spreads[:, scatter], np.hypot(own, noise)]),
    )
