"""What a term is an axis and a variant of. Oracle: the words a reader would use."""

from dataclasses import replace

import pytest
from report_sample import judgements

from residua.judgements.axis import axis_of, variant_of
from residua.views.standard_names import axis_name


@pytest.mark.parametrize(
    ("standard", "term", "heading", "variant"),
    [
        ("eln-all", "mrd-variant-1", "MRD", "variant 1"),
        ("clinical-risk", "risk-age-from-35-40", "Risk", "age from 35 to 40"),
        ("magic", "acute-gvhd", "Acute GVHD", ""),
        ("ctcae", "febrile-neutropenia", "Febrile neutropenia", ""),
        ("ctcae", "not-graded", "Not graded", ""),
        ("claim", "relapse-kind", "Relapse kind", ""),
        ("consistency", "response-in", "Response in", ""),
        ("astct-crs", "crs-2", "CRS", "2"),
    ],
)
def test_a_term_is_named_as_a_reader_would(standard, term, heading, variant):
    judgement = replace(judgements()[0], standard=standard, term=term)
    assert axis_name(axis_of(judgement)) == heading
    assert variant_of(judgement) == variant
