"""Samples check themselves; ticks lie where the scale puts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_courses import flow_samples

from residua.errors import ResiduaError
from residua.views.flow_sample import decade_ticks, sample_letters


def test_arrays_of_different_length_are_refused():
    sample = flow_samples(events=10)[0]
    with pytest.raises(ResiduaError, match="one length"):
        replace(sample, x=sample.x[:-1])


def test_ticks_are_powers_of_ten_at_their_places():
    """Oracle: asinh by numpy."""
    ticks = {text: at for at, text in decade_ticks(lambda v: np.arcsinh(v / 150), -1, 8)}
    assert ticks["0"] == 0
    assert ticks["10⁴"] == pytest.approx(float(np.arcsinh(1e4 / 150)))
    assert "-10³" not in ticks


def test_letters_go_on_after_the_published_ones():
    assert sample_letters(flow_samples(events=10) * 2) == ("D", "E", "G", "H")
