"""Aberrancies of simulated clones; oracle: the markers and decades that the simulator drew."""

import numpy as np
import pytest
from simulated_diagnosis import diagnosis, dimensions, reference

from residua.errors import ValueFault
from residua.measures.laip.aberrancies import aberrancies_of
from residua.measures.laip.precursors import precursors_of


@pytest.fixture(scope="module")
def precursors():
    return precursors_of(reference())


def test_drawn_aberrancies_come_back_and_others_do_not(precursors):
    """Detectors with one antigen; the sum of two is dominated by whichever is brighter."""
    alone = {name for name in dimensions() if "+" not in name}
    drawn, close, extra = 0, 0, 0
    for patient in range(70, 78):
        made = diagnosis(patient=patient, clone="4", blast_fraction=0.6, events=4_000)
        found = {one.marker: one for one in aberrancies_of(made.events[made.blasts], precursors)}
        for marker, decades in made.aberrancies.items():
            if marker in alone:
                drawn += 1
                close += abs(found[marker].decades - decades) < 0.3 and found[marker].aberrant
        extra += sum(
            one.aberrant for name, one in found.items() if name in alone - set(made.aberrancies)
        )
    assert drawn >= 15
    assert close >= 0.8 * drawn
    assert extra <= 0.2 * drawn


def test_normal_precursors_are_not_aberrant(precursors):
    """Normal precursors of one stage, of a person the reference has not seen."""
    made = diagnosis(patient=81, clone="inseparable", blast_fraction=0.5)
    found = aberrancies_of(made.events[made.blasts], precursors)
    assert not [one.words for one in found if one.aberrant]


def test_sorted_with_an_interval_that_the_map_widens(precursors):
    made = diagnosis(patient=70, clone="6", blast_fraction=0.6, events=4_000)
    blasts = made.events[made.blasts]
    sharp = aberrancies_of(blasts, precursors)
    blurred = aberrancies_of(blasts, precursors, map_sd=np.full(len(dimensions()), 0.3))
    sizes = [abs(one.sd_units) for one in sharp]
    assert sizes == sorted(sizes, reverse=True)
    assert {one.marker for one in sharp} == set(dimensions()) - {"FSC-A", "SSC-A"}
    for one, two in zip(sharp, blurred, strict=True):
        assert two.low < one.low < one.sd_units < one.high < two.high
        assert one.direction == ("over" if one.decades > 0 else "under")


def test_other_dimensions_are_a_fault(precursors):
    with pytest.raises(ValueFault):
        aberrancies_of(np.zeros((10, 3), np.float32), precursors)
