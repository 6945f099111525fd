"""Event arrays whose counts are known by eye, as files, and gates that count them."""

import numpy as np
import pytest

from residua.errors import InputError
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.main.mrd import measure_mrd
from residua.views.fcs_export import write_fcs

FSC, CD19, CD22 = range(3)
CHANNELS = (Channel("FSC-A"), Channel("PE-Cy7-A", "CD 19"), Channel("PE-A", "CD22"))
GATES = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [1000, inf] }
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { "CD19" = [500, inf] }
"""
MRD = '[mrd]\nnumerator = "blasts"\ndenominator = "cells"\ndenominator_kind = "nucleated"\n'
ANTIGEN = '[[antigen]]\nmarker = "CD22"\nof = "blasts"\nthreshold = 100\n'


@pytest.fixture
def made(tmp_path):
    """Writes `count` cells, the first `blasts` of them CD19 9000 and CD22 `cd22`, all else 0."""

    def make(name, count, blasts, *, cd22=0.0, change=None, channels=CHANNELS):
        events = np.zeros((count, 3), np.float32)
        events[:, FSC] = 60_000
        events[:blasts, CD19] = 9_000
        events[:blasts, CD22] = cd22
        if change is not None:
            change(events)
        matrix = Spillover((channels[1].name, channels[2].name), np.eye(2))
        path = tmp_path / f"{name}.fcs"
        write_fcs(Acquisition(events, channels, {}, matrix), path)
        return path

    return make


@pytest.fixture
def gates(tmp_path):
    def write(text=GATES + MRD + ANTIGEN):
        file = tmp_path / "flow.toml"
        file.write_text(text)
        return file

    return write


def faults_of(*args, **options):
    with pytest.raises(InputError) as caught:
        measure_mrd(*args, **options)
    return caught.value.faults
