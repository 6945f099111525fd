"""The laboratory of a spec: what is its own for good, and what differs from sample to sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.simulate.assumptions import assumed, assumed_numbers
from residua.simulate.marrow.laboratory import Bend, Chain
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.streams import stream
from residua.simulate.marrow.tubes import SCATTER, Tube

Floats = NDArray[np.float64]


def draw_chain(spec: MarrowSpec, tube: Tube) -> Chain:
    """What the spec's laboratory does to this tube; bends of the sample come before its own."""
    home, day = stream(spec, "laboratory"), stream(spec, "tube")
    gains, offsets = zip(_shift(spec, tube, home), _shift(spec, tube, day), strict=True)
    residual = _residual(spec, tube, home)
    bends = [
        _bend(height, tube, random)
        for height, random in ((spec.sample_warp, day), (spec.warp, home))
    ]
    return Chain(
        residual,
        np.asarray(gains[0] * gains[1]),
        np.asarray(offsets[0] + offsets[1]),
        tuple(bend for bend in bends if bend.height.any()),
    )


def tandem_skew(spec: MarrowSpec, tube: Tube) -> Floats:
    """(d,) skew of the tandem dyes of the laboratory towards less light, 0 elsewhere."""
    random = stream(spec, "dyes")
    low, high = assumed_numbers("marrow_laboratory", "tandem")
    skew = random.uniform(low, high, len(tube.dyes))
    return np.asarray(
        [*(0.0 for _ in SCATTER), *(-spec.tandem_skew * skew * np.asarray(tube.tandem))]
    )


def _shift(spec: MarrowSpec, tube: Tube, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Gain and offset (d,) of one draw; scatter has an offset only."""
    scatter = np.array([name in SCATTER for name in tube.channels])
    one, two = random.standard_normal((2, len(scatter)))
    gain = np.where(scatter, 1.0, 1 + spec.batch * assumed("marrow_laboratory", "gain") * one)
    wide = assumed("marrow_laboratory", "offset")
    narrow = assumed("marrow_laboratory", "scatter_offset")
    return np.maximum(gain, 0.5), spec.batch * np.where(scatter, narrow, wide) * two


def _residual(spec: MarrowSpec, tube: Tube, random: np.random.Generator) -> Floats:
    """(d, d) identity and what compensation leaves or takes too much, between the dyes."""
    size, first = len(tube.channels), len(SCATTER)
    share = spec.residual_spillover * assumed("marrow_laboratory", "residual")
    drawn = share * random.standard_normal((size, size)) * (1 - np.eye(size))
    drawn[:first] = drawn[:, :first] = 0
    return np.eye(size) + drawn


def _bend(height: float, tube: Tube, random: np.random.Generator) -> Bend:
    """A warp of the dyes; scatter lies at the top of its scale and is left."""
    phase = random.uniform(0, 2 * np.pi, len(tube.channels))
    dyes = np.array([name not in SCATTER for name in tube.channels])
    return Bend(height * dyes, assumed("marrow_laboratory", "wave"), phase)
