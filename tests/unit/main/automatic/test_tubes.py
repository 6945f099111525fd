"""Oracle: which simulated files are of which tube is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from residua.errors import InputError, ValueFault
from residua.facts.acquisition import Acquisition
from residua.main.automatic.prepare import prepare_file
from residua.main.automatic.tubes import group_tubes
from residua.measures.preflight.prepared import in_order
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.fcs_export import write_fcs


def _made(tube: str, panel: str = "euroflow-8") -> Acquisition:
    return simulate_marrow(draw_marrow(MarrowSpec(events=1500, panel=panel, tube=tube))).acquisition


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tubes")
    for name in ("one", "two"):
        made = _made(name)
        order = [*range(3), *reversed(range(3, 11)), 11]
        turned = replace(
            made,
            events=np.ascontiguousarray(made.events[:, order]),
            channels=tuple(made.channels[place] for place in order),
        )
        write_fcs(made, path / f"fu-{name}.fcs")
        write_fcs(turned, path / f"dx-{name}.fcs")
        write_fcs(replace(made, events=made.events[:1000]), path / f"n-{name}.fcs")
    write_fcs(_made("one", "one-tube-10"), path / "ten.fcs")
    return path


def _paths(folder: Path, *names: str) -> list[Path]:
    return [folder / f"{name}.fcs" for name in names]


def test_files_of_a_tube_stand_together_whatever_their_order(folder: Path) -> None:
    found = group_tubes(
        _paths(folder, "fu-one", "fu-two"),
        diagnoses=_paths(folder, "dx-two", "dx-one"),
        normals=_paths(folder, "n-two", "ten"),
    )
    one, two = found.tubes
    assert [path.stem for path in (*one.files, *one.diagnoses, *one.normals)] == [
        "fu-one",
        "dx-one",
    ]
    assert [path.stem for path in (*two.files, *two.diagnoses, *two.normals)] == [
        "fu-two",
        "dx-two",
        "n-two",
    ]
    assert one.dimensions[:2] == ("FSC-A", "SSC-A")
    assert "CD66c+CD123" in one.name
    assert found.notes[0] == "1 normal files of other tubes were left aside"
    assert found.notes[1].startswith("no normal file for tube CD20")


def test_a_follow_up_without_its_diagnosis_and_the_reverse_are_told(folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        group_tubes(_paths(folder, "fu-one", "fu-two"), diagnoses=_paths(folder, "dx-one", "n-one"))
    (fault,) = caught.value.faults
    assert Path(fault.file).stem == "fu-two"
    assert fault.expected == "a diagnosis of the same tube"
    assert fault.received == "none (only here CD73+CD304; only there CD66c+CD123)"
    with pytest.raises(InputError) as caught:
        group_tubes(_paths(folder, "fu-one"), diagnoses=_paths(folder, "dx-one", "ten"))
    (fault,) = caught.value.faults
    assert Path(fault.file).stem == "ten"
    assert fault.expected == "a follow-up of the same tube"


def test_without_a_diagnosis_tubes_stand_alone(folder: Path) -> None:
    found = group_tubes(_paths(folder, "fu-one", "fu-two"))
    assert [tube.diagnoses for tube in found.tubes] == [(), ()]
    assert found.notes == ()


def test_every_bad_file_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "no.fcs").write_text("no")
    with pytest.raises(InputError) as caught:
        group_tubes(
            [*_paths(folder, "fu-one"), tmp_path / "no.fcs"],
            diagnoses=[*_paths(folder, "fu-one"), tmp_path / "gone.fcs"],
        )
    assert {Path(fault.file).stem for fault in caught.value.faults} == {"no", "gone", "fu-one"}


def test_a_sample_takes_the_order_of_its_tube(folder: Path) -> None:
    follow, dx = (prepare_file(folder / f"{name}-one.fcs") for name in ("fu", "dx"))
    turned = in_order(dx, follow.dimensions)
    np.testing.assert_allclose(turned.events, follow.events, atol=1e-5)
    with pytest.raises(ValueFault, match="same tube"):
        in_order(prepare_file(folder / "ten.fcs"), follow.dimensions)
