"""Gates drawn about labelled blasts count the same again; oracle: the simulator's labels."""

from functools import cache

import numpy as np
import pytest

from residua.main.mrd import measure_mrd
from residua.measures.gate_polygons.fit import fit_gates
from residua.measures.gate_polygons.planes import usual_planes
from residua.measures.gate_polygons.strategy import BLASTS, GatedFile, gating_strategy
from residua.measures.preflight.prepare import prepare
from residua.readers.fcs import read_fcs
from residua.simulate.marrow.drawn import BLASTS as LABEL
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.standards.mrd_counting import find_policy
from residua.views.fcs_export import write_fcs
from residua.views.flow_toml_export import write_flow_toml

EVENTS, COUNT = 60_000, 60


@cache
def flow(patient: int):
    spec = MarrowSpec(
        laboratory=3, patient=patient, sample=2, clone="4", drift=1.0, events=EVENTS, blasts=COUNT
    )
    return simulate_marrow(draw_marrow(spec))


@pytest.mark.parametrize("patient", [2000, 2013])
def test_the_gates_give_the_same_status_and_fraction(tmp_path, patient):
    made = flow(patient)
    file = tmp_path / "follow-up.fcs"
    write_fcs(made.acquisition, file)
    acquisition = read_fcs(file)
    sample = prepare(acquisition).sample
    blasts = (made.labels == made.names.index(LABEL))[sample.rows]
    planes = fit_gates(
        sample.events,
        blasts,
        sample.dimensions,
        diagnosis=sample.events[blasts],
        preferred=usual_planes(sample.dimensions),
    )
    strategy = gating_strategy(GatedFile(file.name, acquisition, sample), planes)
    write_flow_toml(strategy, tmp_path / "gates.toml")
    level = measure_mrd([file], gates=tmp_path / "gates.toml").level
    assert level.status == "quantified"
    assert level.denominator.kind == "nucleated"
    assert level.denominator.count == pytest.approx(len(sample), rel=0.01)
    assert level.fraction == pytest.approx(blasts.mean(), rel=0.1)


def test_a_detector_of_two_antigens_and_named_channels_are_found_again():
    made = flow(2000)
    sample = prepare(made.acquisition).sample
    assert "CD66c+CD123" in sample.dimensions
    blasts = (made.labels == made.names.index(LABEL))[sample.rows]
    planes = fit_gates(sample.events, blasts, sample.dimensions, diagnosis=sample.events[blasts])
    strategy = gating_strategy(
        GatedFile("a.fcs", made.acquisition, sample), planes, policy=find_policy(None)
    )
    assert strategy.mrd[0].numerator == BLASTS
    assert strategy.mrd[0].policy == find_policy(None).id
    parents = [gate.parent for gate in strategy.gates]
    assert parents == [None, *(gate.name for gate in strategy.gates[:-1])]
    assert np.isfinite([p for gate in strategy.gates[1:] for p in gate.points]).all()
