"""A normal reference in a folder, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError, ValueFault
from residua.main.output import whole_folder
from residua.measures.alignment.align import Frame
from residua.measures.alignment.evidence import WARPS
from residua.measures.alignment.landmarks import Landmarks
from residua.measures.alignment.monotone import Events
from residua.measures.alignment.process_map import Warp
from residua.measures.mixture import GaussianMixture
from residua.measures.reference.reference import NormalReference, NormalSample
from residua.readers.reference_folder import META, read_reference_folder
from residua.views.reference_export import write_reference_files


def write_reference(
    reference: NormalReference, folder: Path, *, inputs: Iterable[Path] = ()
) -> None:
    """Write `reference` to `folder`; raises `UsageError` where that cannot be."""
    with whole_folder(folder, inputs=inputs) as partial:
        write_reference_files(reference, partial)


def read_reference(folder: Path | str) -> NormalReference:
    """The reference in `folder`, its events memory-mapped.

    Raises `InputError` for a folder that is damaged, or holds something else.
    """
    stored = read_reference_folder(folder)
    try:
        frame = _frame(stored.frame, len(stored.dimensions))
        normals = tuple(
            NormalSample(cast("Events", one.events), one.cells, one.misfit, one.digest, one.shifts)
            for one in stored.normals
        )
        return NormalReference(stored.dimensions, frame, normals, stored.simulated, stored.digest)
    except (KeyError, ValueFault) as error:
        received, do = "arrays of another form", "build it again with residua reference build"
        fault = Fault(str(folder), META, "a normal reference", received, do)
        raise InputError(fault) from error


def _frame(arrays: Mapping[str, NDArray[Any]], width: int) -> Frame:
    mixture = GaussianMixture(arrays["weights"], arrays["means"], arrays["covariances"])
    count = mixture.components
    shapes = {
        "means": (count, width),
        "covariances": (count, width, width),
        "targets": (count, width),
        "spread": (count, width),
        "scatter": (width,),
        "warps": (width, 3),
        "evidence": (len(WARPS), width),
    }
    if any(arrays[name].shape != shape for name, shape in shapes.items()):
        raise ValueFault("arrays of the dimensions", "others", "build it again")
    if not all(np.isfinite(arrays[name]).all() for name in ("weights", *shapes)):
        raise ValueFault("finite numbers", "others", "build it again")
    marks = Landmarks(mixture, arrays["targets"], arrays["spread"], arrays["scatter"] > 0)
    warps = tuple(Warp(*(float(number) for number in row)) for row in arrays["warps"])
    return Frame(marks, warps, arrays["evidence"])
