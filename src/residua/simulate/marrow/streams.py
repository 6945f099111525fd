"""Separate streams of chance, so that one patient can be seen again in the same laboratory."""

from __future__ import annotations

from typing import Literal

import numpy as np

from residua.simulate.marrow.spec import MarrowSpec

Stream = Literal["laboratory", "dyes", "person", "clone", "sample", "tube", "events"]
_NUMBER: dict[Stream, int] = {
    "laboratory": 1,
    "person": 2,
    "clone": 3,
    "sample": 4,
    "tube": 5,
    "events": 6,
    "dyes": 8,
}


def stream(spec: MarrowSpec, name: Stream) -> np.random.Generator:
    """The generator of one stream; what it hangs on is in its seed and nothing else.

    A laboratory and its dyes hang on its seed alone, a person and the clone on the patient's. A
    sample hangs on laboratory, patient and sample; a tube and its events on its name too.
    """
    if name in ("laboratory", "dyes"):
        key = [spec.seed_of("laboratory")]
    elif name in ("person", "clone"):
        key = [spec.seed_of("patient")]
    else:
        key = [spec.seed_of(one) for one in ("laboratory", "patient", "sample")]
    if name in ("tube", "events"):
        key += list(spec.tube.encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([_NUMBER[name], *key])))
