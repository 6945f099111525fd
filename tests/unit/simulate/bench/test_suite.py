"""The suites of the benchmark. Oracles: the sizes it promises; people who are never the same."""

import numpy as np
import pytest

from residua.errors import UsageError
from residua.simulate.bench.samples import follow_up_of
from residua.simulate.bench.suite import cases_of, scenarios, suite_names

DECEIVED = ("wrong-diagnosis", "swapped-channels")  # whose intervals are of another truth


def test_the_full_run_is_large_enough_for_every_clone():
    cases = cases_of("full")
    assert len({case.name for case in cases}) == len(cases)
    for tier in ("6", "4", "2"):
        own = [case for case in cases if case.tier == tier]
        assert sum(case.level == 0 for case in own) >= 300
        told = [case for case in own if case.scenario.name not in DECEIVED]
        assert sum(case.level > 0 for case in told) >= 700, "600 intervals, of each seventh refused"
        assert {case.scenario.name for case in own} == set(scenarios())
    assert {case.level for case in cases} == {0, 5e-6, 2e-5, 1e-4, 1e-3, 1e-2}
    assert max(len(case.laboratory.normals) for case in cases) == 24


@pytest.mark.parametrize("name", suite_names())
def test_normals_patients_and_the_other_diagnosis_are_different_people(name):
    cases = cases_of(name)
    normals = {spec.patient for case in cases for spec in case.laboratory.normals}
    patients = {case.follow_up.patient for case in cases}
    assert not normals & patients
    for case in cases:
        other = case.scenario.name == "wrong-diagnosis"
        assert (case.diagnosis.patient != case.follow_up.patient) == other
        assert case.diagnosis.laboratory == case.follow_up.laboratory == case.laboratory.seed
        assert case.diagnosis.sample != case.follow_up.sample
    of_patient = {(c.laboratory.seed, c.follow_up.patient, c.follow_up.sample) for c in cases}
    assert len(of_patient) == len(cases), "every follow-up is another draw"


def test_one_model_serves_cases_that_stand_together():
    seen, last = set(), None
    for case in cases_of("full"):
        model = (case.laboratory.name, case.diagnosis.patient, case.scenario.after)
        if model != last:
            assert model not in seen
            seen.add(model)
        last = model


def test_the_truth_of_a_case_is_in_its_prepared_events():
    case = next(c for c in cases_of("short") if c.scenario.twist and c.level)
    sample, truth = follow_up_of(case)
    assert truth.fraction == pytest.approx(case.level, rel=0.01)
    assert truth.blasts.sum() == pytest.approx(truth.fraction * len(sample), rel=0.05)
    assert truth.exchanged is not None
    assert {sample.dimensions[place] for place in truth.exchanged} == set(case.exchanged)
    again, _ = follow_up_of(case)
    assert np.array_equal(sample.events, again.events)
    assert sample.digest == again.digest


def test_an_unknown_suite_is_refused_by_name():
    with pytest.raises(UsageError, match="fulll"):
        cases_of("fulll")
