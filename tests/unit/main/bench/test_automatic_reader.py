"""The automatic reader in the benchmark: faults; measures/automatic is tested for numbers."""

import pytest

from residua.errors import ValueFault
from residua.main.bench.automatic_reader import AUTOMATIC
from residua.main.bench.readers import reader_names, tool_called
from residua.simulate.bench.samples import prepared
from residua.simulate.marrow.spec import MarrowSpec


def made(**given):
    return prepared(MarrowSpec(**{"laboratory": 5, "events": 20_000} | given))


def test_without_normals_nothing_is_measured():
    follow_up, diagnosis = made(patient=3), made(patient=3, clone="4", blast_fraction=0.5)
    tool = tool_called("automatic")
    with pytest.raises(ValueFault):
        tool([], [diagnosis], follow_up, after=(), reviewed=False)
    assert reader_names()[0] == "automatic"


def test_a_diagnosis_that_gave_no_phenotype_is_a_fault_of_every_follow_up():
    refused = ValueFault("leukaemia", "none", "give another sample")
    with pytest.raises(ValueFault) as raised:
        AUTOMATIC.measure(None, refused, made(patient=4, sample=2), (), False)
    assert raised.value is refused
