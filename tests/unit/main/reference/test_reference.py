"""Normal references, from files to a folder and back. Oracle: the simulator, whose truth says
which cells are the same in two samples; the folder's own bytes, read again or damaged by hand."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from residua.errors import InputError, ValueFault
from residua.main.reference import laboratory, shipped
from residua.main.reference.folder import read_reference, write_reference
from residua.main.reference.laboratory import build_from_folder, show_reference
from residua.main.reference.shipped import made_reference, nearest_spec, simulated_sample
from residua.main.simulate_marrow import simulate_marrow
from residua.measures.reference.build import build_reference, diverse, thinned
from residua.measures.reference.placing import panel_of, place, region_of
from residua.simulate.marrow.normal_reference import reference_specs
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.reference_text import reference_text

EVENTS = 24_000
CONDITIONS = ("adult", "regenerating", "child", "adult")


def _spec(patient, **given):
    condition = CONDITIONS[patient % 4]
    return MarrowSpec(events=EVENTS, laboratory=3, patient=patient, condition=condition, **given)


@pytest.fixture(scope="module")
def samples():
    return [simulated_sample(_spec(patient)) for patient in range(4)]


@pytest.fixture(scope="module")
def reference(samples):
    return build_reference(samples, simulated=True)


def test_the_order_of_files_changes_nothing(samples, reference):
    again = build_reference(samples[::-1], simulated=True)
    assert again.digest == reference.digest
    for one, other in zip(again.normals, reference.normals, strict=True):
        assert np.array_equal(one.events, other.events)


def test_a_normal_keeps_all_cells_below_the_limit_and_is_near_the_others(samples, reference):
    cells = {one.digest: len(one) for one in samples}
    middles = []
    for normal in reference.normals:
        assert normal.cells == len(normal.events) == cells[normal.digest]
        assert 0 < normal.misfit < 3
        middles.append(np.quantile(normal.events.astype(float), 0.98, axis=0))
    raw = [np.quantile(one.events, 0.98, axis=0) for one in samples]
    assert np.std(middles, axis=0).mean() < np.std(raw, axis=0).mean()


def test_what_cannot_be_one_reference_is_refused(samples):
    other = replace(samples[0], dimensions=("X", *samples[0].dimensions[1:]), digest="x")
    unfit = replace(samples[0], unfit=("uncompensated",), digest="y")
    for given in ([samples[0]], [samples[0]] * 2, [samples[0], other], [samples[1], unfit]):
        with pytest.raises(ValueFault):
            build_reference(given, simulated=True)


def test_the_frame_is_learnt_from_normals_that_differ(samples):
    """Of normals along a line, moved by hand, those at even steps and neither end."""
    moved = [
        replace(
            thinned(samples[0]), events=samples[0].events + np.float32(shift), digest=str(shift)
        )
        for shift in (0.0, 0.5, 0.1, 0.4, 0.2, 0.3)
    ]
    assert diverse(moved, 2) in {(3, 2), (2, 3)}
    assert diverse(moved, 9) == tuple(range(6))


def test_a_sample_that_shows_less_is_placed_in_what_is_shared(samples, reference):
    names = [*reference.dimensions[::-1], "CD99"]
    names[names.index("CD66c+CD123")] = "CD123+CD66c"
    names.remove("CD58")
    shared = panel_of(reference, names)
    assert shared.missing == ("CD58",)
    assert shared.unused == ("CD99",)
    assert shared.reference.digest != reference.digest
    assert [names[column] for column in shared.columns][:2] == ["FSC-A", "SSC-A"]
    kept = [reference.dimensions.index(name) for name in shared.reference.dimensions]
    assert np.array_equal(shared.reference.normals[0].events, reference.normals[0].events[:, kept])
    placed = place(samples[1].events[:, kept], shared.reference)
    assert placed.events.dtype == np.float32
    assert placed.alarms == ()
    assert panel_of(reference, reference.dimensions).reference is reference


def test_too_little_in_common_is_said(reference):
    with pytest.raises(ValueFault, match="without CD19"):
        panel_of(reference, [name for name in reference.dimensions if name != "CD19"])
    with pytest.raises(ValueFault, match="4 shared"):
        panel_of(reference, ["FSC-A", "SSC-A", "CD45", "CD19"])


def test_blasts_are_sought_by_antigens_that_have_a_detector_of_their_own():
    region = region_of(("FSC-A", "CD34", "CD19+CD3", "CD20"))
    assert (region.cd19, region.cd20, region.cd34) == (None, 3, 1)


def test_a_folder_gives_back_the_same_and_the_same_bytes(reference, tmp_path):
    write_reference(reference, tmp_path / "a")
    again = read_reference(tmp_path / "a")
    write_reference(again, tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    assert again.dimensions == reference.dimensions
    assert again.frame.warps == reference.frame.warps
    assert isinstance(again.normals[0].events, np.memmap)
    assert json.loads((tmp_path / "a" / "reference.json").read_text())["simulated"] is True


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("normal-000.npy", b"short"),
        ("frame.npz", b"other"),
        ("reference.json", b"{"),
        ("reference.json", b'{"kind": "residua.course"}'),
        ("reference.json", b'{"kind": "residua.reference", "version": "9"}'),
        ("reference.json", b'{"kind": "residua.reference", "version": "1.0"}'),
        ("normal-001.npy", None),
    ],
)
def test_a_damaged_folder_is_said(reference, tmp_path, file, content):
    write_reference(reference, tmp_path / "a")
    path = tmp_path / "a" / file
    path.write_bytes(content) if content else path.unlink()
    with pytest.raises(InputError, match="residua reference build"):
        read_reference(tmp_path / "a")


def test_no_reference_is_said(tmp_path):
    for place_ in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="residua reference build"):
            read_reference(place_)


def test_the_reference_brought_along_is_made_once_and_repaired(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUA_CACHE", str(tmp_path))
    normals = tuple(_spec(patient, panel="euroflow-8") for patient in (1, 2))
    small = replace(reference_specs()[0], normals=normals)
    (tmp_path / "reference").write_text("no folder: the cache cannot be written")
    said = []
    first = made_reference(small, progress=said.append)
    assert first.simulated
    assert any("normal marrow 2 of 2" in one for one in said)
    (tmp_path / "reference").unlink()
    folder = tmp_path / "reference" / shipped.reference_key(small)
    shipped.keep_reference(first, folder)
    said.clear()
    assert made_reference(small, progress=said.append).digest == first.digest
    assert said == []
    (folder / "normal-000.npy").write_bytes(b"cut")
    shipped.keep_reference(first, folder)
    assert read_reference(folder).digest == first.digest
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("dimensions", "panel", "tube"),
    [
        (("CD45", "CD19", "CD58"), "one-tube-10", "one"),
        (("CD45", "CD19", "CD22", "CD73+CD304"), "euroflow-12", "two"),
        (("CD45", "CD19"), "euroflow-8", "one"),
    ],
)
def test_the_panel_that_shares_most_is_taken(dimensions, panel, tube):
    spec = nearest_spec(dimensions)
    assert (spec.panel, spec.tube) == (panel, tube)
    assert len(spec.normals) == 24


def test_files_become_a_reference_that_names_them(tmp_path, monkeypatch):
    """Four in place of 24, to be quick: the number is a limit of the command, not of the method."""
    monkeypatch.setattr(laboratory, "FEWEST", 4)
    folder = tmp_path / "normals"
    folder.mkdir()
    specs = [
        f'kind = "residua.simulate.marrow"\nevents = {EVENTS}\nlaboratory = 3\npatient = {n}\n'
        for n in range(5)
    ]
    for number, text in enumerate(specs[:4]):
        (tmp_path / "spec.toml").write_text(text)
        simulate_marrow(tmp_path / "spec.toml", out=folder / f"n{number}.fcs")
    summary = build_from_folder(folder)
    assert sorted(line.name for line in summary.lines) == [f"n{n}.fcs" for n in range(4)]
    assert summary.simulated
    assert summary.place == "normals-reference"
    shown = show_reference(tmp_path / "normals-reference")
    assert shown.digest == summary.digest
    assert "SIMULATED" in reference_text(shown)
    assert "n0.fcs" not in (tmp_path / "normals-reference" / "reference.json").read_text()
    shutil.copy(folder / "n0.fcs", folder / "copy.fcs")
    (tmp_path / "spec.toml").write_text(specs[4] + 'panel = "euroflow-8"\n')
    simulate_marrow(tmp_path / "spec.toml", out=folder / "z.fcs")
    (folder / "bad.fcs").write_bytes(b"nothing")
    with pytest.raises(InputError) as caught:
        build_from_folder(folder, out=tmp_path / "never")
    text = str(caught.value)
    assert "the same as copy.fcs" in text
    assert "z.fcs: the normal: expected the panel of the other files" in text
    assert "bad.fcs" in text
    assert not (tmp_path / "never").exists()


def test_too_few_normals_are_counted(tmp_path):
    for number in range(7):
        (tmp_path / f"{number}.FCS").write_bytes(b"")
    with pytest.raises(InputError, match="at least 24 normal marrows, received 7"):
        build_from_folder(tmp_path)
    with pytest.raises(InputError, match="a folder"):
        build_from_folder(tmp_path / "none")


def test_the_key_changes_with_what_is_made():
    one, other = reference_specs()[:2]
    assert shipped.reference_key(one) != shipped.reference_key(other)
