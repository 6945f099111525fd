"""The FCS files of many vendors in the wheel of fcsparser 0.2.8 (MIT licence), read by Residua.

Oracles: FlowIO (scale values), FlowCal (scale values, for what FlowIO cannot read) and the truth
arrays that the wheel's own tests hold. FlowIO multiplies Time by $TIMESTEP, Residua does not. The
made-up file of `fake_bitmask_error` is left out.
"""

import ast
import os
import warnings
import zipfile
from pathlib import Path

import FlowCal
import flowio
import numpy as np
import pytest
import real_marrow
import vendor_files

from residua.errors import InputError
from residua.readers.fcs import read_fcs, read_fcs_header

DATA = "fcsparser/tests/data/FlowCytometers/"
MACSQUANT = "MiltenyiBiotec/FCS3.1/EY_2013-07-19_PBS_FCS_3.1_"
BY_FLOWIO = [
    "FACSCaliburHTS/Sample_Well_A02.fcs",
    "FACS_Diva/facs_diva_test.fcs",
    "Fortessa/FCS_3.0_Fortessa_PBS_Specimen_001_A1_A01.fcs",
    "HTS_BD_LSR-II/HTS_BD_LSR_II_Mixed_Specimen_001_D6_D06.fcs",
    "MiltenyiBiotec/FCS2.0/EY_2013-07-19_PBS_FCS_2.0_Custom_Without_Add_Well_A1.001.fcs",
    "MiltenyiBiotec/FCS3.0/FCS3.0_Custom_Compatible.fcs",
    f"{MACSQUANT}Custom_Add_Well_A1.001.fcs",
    f"{MACSQUANT}Custom_Without_Add_Well_A1.001.fcs",
    f"{MACSQUANT}Well_A1.001.fcs",
    "MiltenyiBiotec/FCS3.1/SG_2014-09-26_Duplicate_Names.fcs",
    "cyflow_cube_8/cyflow_cube_8.fcs",
]
BY_FLOWCAL = ["Cytek_xP5/Cytek_xP5.fcs", BY_FLOWIO[0], *BY_FLOWIO[4:10]]
GUAVA = "GuavaMuse/Guava Muse.fcs"
# Test of the wheel -> the file whose first events it states.
TRUTH = {
    "test_mq_FCS_2_0_data_segment": BY_FLOWIO[4],
    "test_mq_FCS_3_0_data_segment": BY_FLOWIO[5],
    "test_mq_FCS_3_1_data_segment": BY_FLOWIO[8],
    "test_BD_LSR_II": BY_FLOWIO[3],
    "test_Fortessa_data_segment": BY_FLOWIO[2],
    "test_reading_large_fcs_file": "fake_large_fcs/fake_large_fcs.fcs",
    "test_cytek_x_p5_data_segment": "Cytek_xP5/Cytek_xP5.fcs",
    "test_parsed_into_dataframe_correctly": "cyflow_cube_8/cyflow_cube_8.fcs",
}
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def wheel():
    """The wheel, by its hash; skipped where it is in neither folder of test data."""
    own = Path(__file__).parents[1] / "data"
    named = os.environ.get("RESIDUA_TEST_DATA")
    folders = [Path(named), own] if named else [own]
    for folder in folders:
        path = folder / vendor_files.WHEEL
        if path.is_file() and real_marrow.sha256(path) == vendor_files.SHA256:
            return zipfile.ZipFile(path)
    return pytest.skip(f"no test data: run make test-data ({vendor_files.WHEEL} is absent)")


@pytest.fixture
def vendor(wheel, tmp_path):
    """Takes a file out of the wheel."""

    def take(name):
        path = tmp_path / Path(name).name
        path.write_bytes(wheel.read(DATA + name))
        return path

    return take


@pytest.fixture(scope="module")
def truths(wheel):
    """Test of the wheel -> the arrays that it holds, read from its source without running it."""
    tree = ast.parse(wheel.read("fcsparser/tests/test_fcs_reader.py"))
    found = {}
    for test in ast.walk(tree):
        if isinstance(test, ast.FunctionDef):
            found[test.name] = [np.array(rows, dtype=float) for rows in _arrays(test)]
    return found


def _arrays(test):
    for call in ast.walk(test):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "array":
            yield ast.literal_eval(call.args[0])


def _flowio(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        options = {"ignore_offset_error": True, "ignore_offset_discrepancy": True}
        return flowio.read_multiple_data_sets(str(path), **options)


@pytest.mark.parametrize("name", BY_FLOWIO)
def test_events_and_names_equal_those_of_flowio(vendor, name):
    path = vendor(name)
    ours, theirs = read_fcs(path), _flowio(path)[0]
    assert ours.names == tuple(theirs.pnn_labels)
    assert [channel.marker for channel in ours.channels] == list(theirs.pns_labels)
    wanted = theirs.as_array()
    step = float(theirs.text.get("timestep", 1))
    for place, channel in enumerate(ours.channels):
        seen = ours.events[:, place].astype(float) * (step if channel.is_time else 1)
        np.testing.assert_allclose(seen, wanted[:, place], rtol=1e-6, atol=0)


@pytest.mark.parametrize("name", BY_FLOWCAL)
def test_events_equal_those_of_flowcal(vendor, name):
    path = vendor(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = FlowCal.transform.to_rfi(FlowCal.io.FCSData(str(path)))
    np.testing.assert_allclose(read_fcs(path).events, np.asarray(theirs), rtol=1e-6, atol=0)


@pytest.mark.parametrize("test", TRUTH)
def test_first_events_equal_the_truth_of_fcsparser(vendor, truths, test):
    """The wheel states stored values: before $PnE and $PnG."""
    ours = read_fcs(vendor(TRUTH[test]))
    (wanted,) = truths[test]
    np.testing.assert_allclose(_stored(ours, len(wanted)), wanted, rtol=1e-6, atol=1e-4)


def _stored(acquisition, count):
    """Scale values taken back to stored ones: the inverse of $PnE (integers) or $PnG."""
    integers = acquisition.keywords["$DATATYPE"] == "I"
    columns = []
    for place, channel in enumerate(acquisition.channels):
        column = acquisition.events[:count, place].astype(float)
        decades, offset = channel.amplification
        if decades > 0 and integers:
            column = channel.range * np.log10(column / (offset or 1)) / decades
        elif decades == 0 and not channel.is_time:
            column = column * channel.gain
        columns.append(column)
    return np.stack(columns, axis=1)


def test_every_data_set_of_a_guava_muse_equals_flowio_and_fcsparser(vendor, truths):
    path = vendor(GUAVA)
    wanted = truths["test_multipleTubesGiven_allTubesReadable"]
    theirs = _flowio(path)
    assert len(theirs) == len(wanted) == 4
    for number, (first, data_set) in enumerate(zip(wanted, theirs, strict=True), start=1):
        ours = read_fcs(path, data_set=number)
        stored = data_set.as_array(preprocess=False)
        np.testing.assert_allclose(_stored(ours, None), stored, rtol=1e-6, atol=0)
        np.testing.assert_allclose(stored[0], first, rtol=1e-6, atol=1e-4)
        assert any("$PnE is set on floating-point data" in flag for flag in ours.flags)


def test_offsets_of_a_large_file_are_taken_from_text(vendor):
    """`fake_large_fcs` is the Fortessa file with HEADER left blank; so its events are the same."""
    large, plain = vendor("fake_large_fcs/fake_large_fcs.fcs"), vendor(BY_FLOWIO[2])
    np.testing.assert_array_equal(read_fcs(large).events, read_fcs(plain).events)


def test_a_file_that_is_no_fcs_is_refused(vendor):
    with pytest.raises(InputError, match="an FCS file"):
        read_fcs(vendor("corrupted/corrupted.fcs"))


def test_a_file_without_its_data_is_refused_and_its_header_read(vendor):
    path = vendor("cytek-nl-2000/sample_header.fcs")
    with pytest.raises(InputError, match=r"\$TOT: expected 20000 events"):
        read_fcs(path)
    assert len(read_fcs_header(path).channels) == 27
