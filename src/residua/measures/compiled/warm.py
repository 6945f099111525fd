"""All loops compiled, or taken from the cache of an earlier run."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from residua.facts.acquisition import Events
from residua.measures.compiled import aligned, density, events, scales, shapes
from residua.measures.kernels.contract import CurvePlan, Kernels, Plane, PlanePlan
from residua.progress import Progress, silent

_ONE_THREAD = Lock()  # numba's own would let a second thread find compiling already forbidden
COMPILING = "compiling the fast paths, once"
_REAL, _WHOLE = types.float64, types.intp
_LIMITS: Any = types.UniTuple(_REAL, 2)  # type: ignore[no-untyped-call]
_OUT = types.Array(types.float32, 2, "C")


def _read(kind: Any, dimensions: int) -> Any:
    return types.Array(kind, dimensions, "C", readonly=True)


_VALUES, _GRID, _ROWS = _read(_REAL, 1), _read(_REAL, 2), _read(_WHOLE, 1)
_FLOATS = _read(types.float32, 2)
_MATRICES = (_FLOATS, _read(_REAL, 2))
_COLUMNS = tuple(types.Array(kind, 1, "A", readonly=True) for kind in (types.float32, _REAL))
_HELD = types.Array(types.boolean, 1, "A", readonly=True)
_BINS = types.Array(types.uint32, 2, "C")
_PLAN = (_ROWS, _ROWS, _VALUES, _GRID, _read(_WHOLE, 2), _VALUES)
_LOOPS: tuple[tuple[Any, tuple[tuple[Any, ...], ...]], ...] = (  # the quickest to compile first
    (events.unmix, tuple((m, _ROWS, _VALUES, _ROWS) for m in _MATRICES)),
    (events.select, tuple((m, _ROWS, _VALUES, _LIMITS, _ROWS) for m in _MATRICES)),
    (density.count, tuple((c, c, _HELD, _VALUES, _BINS) for c in _COLUMNS)),
    (scales.look_up, ((_VALUES, _VALUES, _GRID),)),
    (shapes.polygon, ((_VALUES, _VALUES, _GRID, _REAL, _REAL),)),
    (shapes.ellipsoid, ((_GRID, _VALUES, _GRID, _REAL, _VALUES),)),
    (aligned.within, tuple((m, _VALUES, _VALUES) for m in _MATRICES)),
    (aligned.numbers, ((_read(types.uint32, 2),),)),
    (aligned.follow, ((_FLOATS, _FLOATS, _FLOATS, _FLOATS, _ROWS, *[types.float32] * 3, _OUT),)),
    (scales.planes, tuple((m, *_PLAN, _OUT, _WHOLE) for m in _MATRICES)),
)


def warm(progress: Progress = silent) -> None:
    """Compile every loop that the cache on disk lacks, and say so when the first one is found.

    numba keeps machine code beside the source or, where that cannot be written, in the user's
    cache, by source file, processor and its own version.
    """
    with _ONE_THREAD:
        _warm(progress)


def _warm(progress: Progress) -> None:
    said = False
    for loop, signatures in _LOOPS:
        for signature in signatures:
            if signature in loop.overloads:
                continue
            loop.compile(signature)
            if not said and loop.stats.cache_misses:
                progress(COMPILING)
                said = True
        loop.disable_compile()  # every call must fit what stands above


def load_compiled(progress: Progress = silent) -> Kernels:
    """The compiled loops of `Kernels`, each call of which equals that of `kernels_plain`."""
    warm(progress)
    return Kernels(
        select=events.select,
        unmix=events.unmix,
        look_up=scales.look_up,
        polygon=shapes.polygon,
        ellipsoid=shapes.ellipsoid,
        planes=_planes,
        count=density.count,
        follow=_follow,
        within=aligned.within,
        numbers=aligned.numbers,
    )


def _follow(matrix: Plane, plan: CurvePlan, out: Plane) -> None:
    ends = (plan.low, plan.per_step, plan.centre)
    aligned.follow(matrix, plan.base, plan.rise, plan.mixing, plan.dyes, *ends, out)


def _planes(matrix: Events, plan: PlanePlan, out: NDArray[np.float32], first: int) -> int:
    return scales.planes(
        matrix,
        plan.starts,
        plan.columns,
        plan.weights,
        plan.shapes,
        plan.begins,
        plan.nodes,
        out,
        first,
    )
