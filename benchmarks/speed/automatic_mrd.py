"""The automatic reader as whole steps over simulated marrows, and its mixture beside scikit-learn.

``OPENBLAS_NUM_THREADS=1 python benchmarks/speed/automatic_mrd.py [--events 5000000] [--cells
200000] [--normals 26] [--panel one-tube-10]``: seconds and peak memory of each step, done once,
from files that were written before. As the commands do, the matrix library is left one thread;
two cores are used. The follow-up is measured twice: fails where a bit differs. The peer is
``sklearn.mixture.GaussianMixture`` with our ridge, over the normal cells in the patient's box;
fails where both give one mixture different densities.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from mixtures import peers
from one_side import peak_gb

from residua.facts.acquisition import Acquisition
from residua.main.automatic.prepare import prepare_file
from residua.main.warm_up import warm_up
from residua.measures.automatic.diagnosis import learn_blasts
from residua.measures.automatic.measured import Measured, measure_sample
from residua.measures.automatic.patient import PatientModel, fit_patient
from residua.measures.laip.box import rows_in
from residua.measures.mixture import fit_mixture, log_density
from residua.measures.novelty.novelty import fit_novelty
from residua.measures.reference.build import build_reference
from residua.measures.reference.reference import NormalReference
from residua.readers.fcs import read_fcs
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.standards.mrd_counting import find_policy
from residua.views.fcs_export import write_fcs

Made = TypeVar("Made")
CONDITIONS = ("adult", "regenerating", "adult", "child")
AT_ONCE = 500_000  # events simulated together
COMPONENTS = 20
TARGETS = {"fit and calibrate": 60.0, "measure": 6.0, "read, prepare and measure": 15.0}


def timed(name: str, step: Callable[[], Made]) -> tuple[Made, float]:
    """What a step gives, and its seconds; prints its line."""
    begin = time.perf_counter()
    made = step()
    took = time.perf_counter() - begin
    told(name, took)
    return made, took


def told(name: str, took: float) -> None:
    """A step's line: seconds, the process's peak memory so far, the target where it has one."""
    target = TARGETS.get(name)
    verdict = f"   target {target:g} s: {'met' if took <= target else 'missed'}" if target else ""
    peak = peak_gb(resource.getrusage(resource.RUSAGE_SELF))
    print(f"{name:28} {took:8.2f} s {peak:6.2f} GB{verdict}", flush=True)


def write(folder: Path, asked: argparse.Namespace) -> None:
    """Normals, a diagnosis and a long follow-up with one blast in ten thousand."""
    common = MarrowSpec(events=asked.cells, laboratory=5, panel=asked.panel)
    for number in range(asked.normals):
        condition = CONDITIONS[number % len(CONDITIONS)]
        spec = replace(common, patient=50 + number, condition=condition)
        write_fcs(_acquired(spec), folder / f"normal-{number}.fcs")
    diagnosis = replace(common, patient=7, blast_fraction=0.7)
    write_fcs(_acquired(diagnosis), folder / "diagnosis.fcs")
    write_fcs(_long(replace(common, patient=7, sample=9, drift=1.0), asked), folder / "long.fcs")


def _long(spec: MarrowSpec, asked: argparse.Namespace) -> Acquisition:
    """One sample in parts, each of other random numbers."""
    sizes = [min(AT_ONCE, asked.events - at) for at in range(0, asked.events, AT_ONCE)]
    parts = [
        _acquired(replace(spec, seed=1 + place, events=size, blasts=round(1e-4 * size)))
        for place, size in enumerate(sizes)
    ]
    return replace(parts[0], events=np.concatenate([part.events for part in parts]))


def _acquired(spec: MarrowSpec) -> Acquisition:
    return simulate_marrow(draw_marrow(spec)).acquisition


def follow_up(path: Path, patient: PatientModel, reference: NormalReference) -> Measured:
    """The long sample read, prepared and measured, then measured again."""
    _, reading = timed("read", lambda: read_fcs(path))
    sample, both = timed("read and prepare", lambda: prepare_file(path))
    novelty, _ = timed("novelty of the normals", lambda: fit_novelty(reference, seed=1))

    def measure() -> Measured:
        policy = find_policy(None)
        return measure_sample(sample, patient, reference, policy=policy, novelty=novelty)

    found, took = timed("measure", measure)
    told("prepare and measure", both - reading + took)
    told("read, prepare and measure", both + took)
    again = measure()
    if again.posterior.tobytes() != found.posterior.tobytes() or again.level != found.level:
        raise SystemExit("a rerun differs")
    return found


def beside_the_peer(patient: PatientModel, reference: NormalReference) -> str:
    """Seconds of one mixture over the normal cells in the box, ours and scikit-learn's."""
    box = patient.laip.box
    pool = np.concatenate([one.events[rows_in(box, one.events)] for one in reference.normals])
    pool = pool.astype(np.float32)
    components = max(1, min(COMPONENTS, len(pool) // 40))
    _, ours = timed("mixture, Residua", lambda: fit_mixture(pool, components, seed=1))
    (same, peer), theirs = timed("mixture, scikit-learn", lambda: peers(pool, components, 1))
    if not np.allclose(peer.score_samples(pool), log_density(pool, same), rtol=1e-6, atol=1e-4):
        raise SystemExit("the sides do not agree")
    return f"scikit-learn takes {theirs / ours:.1f} x Residua over {len(pool)} events"


def main() -> None:
    """Print a line for each step."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--events", type=int, default=5_000_000)
    words.add_argument("--cells", type=int, default=200_000)
    words.add_argument("--normals", type=int, default=26)
    words.add_argument("--panel", default="one-tube-10")
    asked = words.parse_args()
    warm_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, asked)
        normals = [prepare_file(folder / f"normal-{n}.fcs") for n in range(asked.normals)]
        reference, _ = timed("reference", lambda: build_reference(normals, simulated=True))
        sample = prepare_file(folder / "diagnosis.fcs")
        diagnosis, _ = timed("learn the blasts", lambda: learn_blasts(sample, reference))
        timed("learn them again", lambda: learn_blasts(sample, reference))
        patient, _ = timed("fit and calibrate", lambda: fit_patient(diagnosis.laip, reference))
        found = follow_up(folder / "long.fcs", patient, reference)
    print(f"{found.level.level.fraction:.2e} read of 1.00e-04; a rerun is the same to the bit")
    print(beside_the_peer(patient, reference))


if __name__ == "__main__":
    main()
