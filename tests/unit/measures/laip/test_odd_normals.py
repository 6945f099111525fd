"""Leukaemia among the normals. Oracle: the simulator, which drew blasts into one of them only."""

from dataclasses import replace

from simulated_diagnosis import diagnosis, reference

from residua.measures.laip.odd_normals import strangest_clusters
from residua.measures.reference.reference import NormalSample


def test_no_normal_has_cells_that_the_others_lack():
    assert strangest_clusters(reference()) == (0.0,) * 12


def test_a_marrow_with_blasts_among_the_normals_is_named():
    strange = diagnosis(patient=31, clone="4", blast_fraction=0.1).events
    made = NormalSample(strange, len(strange), 1.0, "strange")
    normals = (*reference().normals[:-1], made)
    found = strangest_clusters(replace(reference(), normals=normals))
    assert found[-1] >= 10
    assert max(found[:-1]) == 0
