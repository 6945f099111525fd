"""Samples check themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_courses import flow_samples

from residua.errors import ResiduaError
from residua.views.flow_sample import sample_letters


def test_arrays_of_different_length_are_refused():
    sample = flow_samples(events=10)[0]
    with pytest.raises(ResiduaError, match="one length"):
        replace(sample, x=sample.x[:-1])


def test_letters_go_on_after_the_published_ones():
    assert sample_letters(flow_samples(events=10) * 2) == ("D", "E", "G", "H")
