"""A case or `residua mrd` by gates of another program, named by ``gates`` of flow.toml.

Oracle: the counts that FlowJo stored in the workspace, and the ISAC truth masks.
"""

import json
import shutil

import pytest

from residua.errors import InputError
from residua.main.check import check_folder
from residua.main.check_flow import check_flow
from residua.main.mrd import measure_mrd
from residua.main.new import new_folder
from residua.main.run import run_case

SPECIMEN = '[[specimen]]\nid = "m"\ndate = "2019-03-20"\ntissue = "marrow"\n'
EVENTS, QUADRANTS = "test_data_diamond_01.fcs", "simple_diamond_example_quad_gate.wsp"
UPPER_LEFT, STORED = "Q1: channel_A- , channel_B+", 49671
EVERY = '[[gate]]\nname = "every"\nkind = "range"\nlimits = { "channel_A" = [-inf, inf] }\n'
COUNT = f'[[mrd]]\nnumerator = "{UPPER_LEFT}"\ndenominator = "every"\n'


@pytest.fixture
def case(tmp_path):
    new_folder(tmp_path / "p")
    file = tmp_path / "p" / "case.toml"
    file.write_text(file.read_text() + SPECIMEN)
    return tmp_path / "p"


def flowjo(case, test_data, entry, *, name=EVENTS, count=COUNT):
    """The diamond of FlowKit's test data in flow/, with a flow.toml that names its workspace."""
    folder = test_data / "flowkit" / "simple_diamond_example"
    shutil.copy(folder / QUADRANTS, case / "flow")
    shutil.copy(folder / EVENTS, case / "flow" / name)
    file = case / "flow" / "flow.toml"
    file.write_text(f'gates = "{QUADRANTS}"\n[[file]]\npath = "{name}"\n{entry}\n{EVERY}{count}')
    return file


@pytest.mark.parametrize("tube", ["", f'tube = "{EVENTS}"'])
def test_a_case_by_a_workspace_counts_as_flowjo_did(case, test_data, tmp_path, tube):
    """The file is of the workspace's sample of its name, stated or not."""
    flowjo(case, test_data, f'specimen = "m"\n{tube}')
    assert check_folder(case).faults == ()
    run_case(case, tmp_path / "out")
    (measured,) = json.loads((tmp_path / "out" / "course.json").read_text())["measures"]
    assert (measured["numerator"], measured["denominator"]["count"]) == (STORED, 200_000)


def test_a_file_of_another_name_is_told_to_name_its_sample(case, test_data):
    file = flowjo(case, test_data, "", name="other.fcs")
    (fault,) = check_flow(case / "flow")
    assert fault.where == "mrd, numerator"
    assert "sample" in fault.do
    with pytest.raises(InputError) as caught:
        measure_mrd(gates=file)
    assert caught.value.faults[0].do == fault.do
    named = flowjo(case, test_data, f'tube = "{EVENTS}"', name="other.fcs")
    assert check_flow(case / "flow") == ()
    assert measure_mrd(gates=named).level.numerator == STORED


def test_a_numerator_that_no_sample_has_is_a_fault(case, test_data):
    flowjo(case, test_data, "", count=COUNT.replace("Q1:", "Q9:"))
    (fault,) = check_flow(case / "flow")
    assert fault.do == f"write {UPPER_LEFT!r}"


def test_a_case_by_gatingml(case, test_data, tmp_path):
    """Rectangle1 within Range1: the events in both truth masks of the standard."""
    folder = test_data / "flowkit" / "gate_ref"
    shutil.copy(folder / "data1.fcs", case / "flow")
    shutil.copy(folder / "gml" / "gml_all_gates.xml", case / "flow" / "isac.xml")
    (case / "flow" / "flow.toml").write_text(
        'gates = "isac.xml"\n[[file]]\npath = "data1.fcs"\nspecimen = "m"\n'
        '[[mrd]]\nnumerator = "Rectangle1"\ndenominator = "Range1"\n'
    )
    assert check_folder(case).faults == ()
    run_case(case, tmp_path / "out")
    (measured,) = json.loads((tmp_path / "out" / "course.json").read_text())["measures"]
    blasts, cells = (
        [line.strip() == "1" for line in (folder / "truth" / f"Results_{name}.txt").open()]
        for name in ("Rectangle1", "Range1")
    )
    both = sum(one and other for one, other in zip(blasts, cells, strict=True))
    assert (measured["numerator"], measured["denominator"]["count"]) == (both, sum(cells))
