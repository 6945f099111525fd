"""The simulated normal reference that Residua brings along, made on first use and then kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from residua import __version__
from residua.errors import InputError
from residua.main.automatic.cache import cache_folder
from residua.main.reference.folder import read_reference
from residua.measures.preflight.prepare import prepare
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.build import ALGORITHM, MOST_EVENTS, build_with_alarms, thinned
from residua.measures.reference.placing import shared_dimensions
from residua.measures.reference.reference import NormalReference
from residua.progress import Progress, silent
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.normal_reference import ReferenceSpec, reference_specs
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.reference_export import write_reference_files


def shipped_reference(dimensions: Sequence[str], *, progress: Progress = silent) -> NormalReference:
    """The simulated normals of the panel that has most of `dimensions`, the first where equal.

    Made once, in half a minute, and kept in the cache folder; where that cannot be written, made
    anew each time. It is `simulated`, and every result says so.
    """
    return made_reference(nearest_spec(dimensions), progress=progress)


def nearest_spec(dimensions: Sequence[str]) -> ReferenceSpec:
    """Of the tubes brought along, the one that shares most of `dimensions`, then the smallest."""
    return max(
        reference_specs(),
        key=lambda spec: (shared_dimensions(spec.dimensions, dimensions), -len(spec.dimensions)),
    )


def made_reference(spec: ReferenceSpec, *, progress: Progress = silent) -> NormalReference:
    """The reference of `spec` from the cache, or made and kept there."""
    cache = cache_folder()
    place = cache / "reference" / reference_key(spec) if cache else None
    if place:
        with suppress(InputError, OSError):
            return read_reference(place)
    reference = _made(spec, progress)
    if place:
        with suppress(OSError, InputError):
            keep_reference(reference, place)
            return read_reference(place)
    return reference


def _made(spec: ReferenceSpec, progress: Progress) -> NormalReference:
    samples = []
    for number, one in enumerate(spec.normals, 1):
        progress(f"making up normal marrow {number} of {len(spec.normals)}, once on this machine")
        samples.append(thinned(simulated_sample(one)))
    return build_with_alarms(samples, simulated=True, progress=progress).reference


def reference_key(spec: ReferenceSpec) -> str:
    """What the cached reference is called: it changes with the specs and with the programs."""
    normals = [_plain(one) for one in spec.normals]
    parts = [__version__, ALGORITHM, MOST_EVENTS, np.__version__, normals]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def simulated_sample(spec: MarrowSpec) -> PreparedSample:
    """A simulated marrow prepared as a file of it would be; its digest is that of its spec."""
    sample = prepare(simulate_marrow(draw_marrow(spec)).acquisition).sample
    digest = hashlib.sha256(json.dumps(_plain(spec), sort_keys=True).encode()).hexdigest()
    return replace(sample, digest=digest)


def _plain(spec: MarrowSpec) -> dict[str, object]:
    return asdict(replace(spec, loss={})) | {"loss": dict(spec.loss)}


def keep_reference(reference: NormalReference, place: Path) -> None:
    """Put the folder in place at once; whoever comes second leaves the first one's there.

    One that cannot be read is replaced. Raises `OSError` where the place cannot be written.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        write_reference_files(reference, partial)
        with suppress(OSError):
            os.rename(partial, place)
            return
        try:
            read_reference(place)
        except InputError:
            shutil.rmtree(place, ignore_errors=True)
            os.rename(partial, place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
