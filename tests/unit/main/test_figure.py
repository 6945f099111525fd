"""`residua figure` on a folder. Oracle: the files' own heads, and the panels asked for."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PIL import Image

from residua.errors import UsageError
from residua.main.evaluate import evaluate_case
from residua.main.figure import draw_figure, figure_content, figure_options
from residua.main.flow.panels import flow_samples
from residua.main.run import run_case
from residua.main.simulate_flow import simulate_flow

EXAMPLES = Path(__file__).parents[3] / "examples"
HUANG = EXAMPLES / "huang-2023"


def test_a_png_has_the_width_and_dots_asked_for(tmp_path):
    """Oracle: 85 mm at 150 dots to the inch of 25.4 mm."""
    options = figure_options(panels="FC", width="single", dpi=150)
    drawn = draw_figure(HUANG, tmp_path / "f.png", options=options)
    with Image.open(tmp_path / "f.png") as picture:
        assert picture.size[0] == pytest.approx(85 / 25.4 * 150, abs=1)
    assert (drawn.panels, drawn.without_data, drawn.width_mm) == (("F", "C"), (), 85)


@pytest.mark.parametrize(
    ("form", "head"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")]
)
def test_the_name_says_the_form_and_bytes_are_the_same_each_time(tmp_path, form, head):
    digests = set()
    for name in ("one", "two"):
        path = tmp_path / f"{name}.{form}"
        draw_figure(HUANG, path, options=figure_options(panels="C"))
        assert path.read_bytes().startswith(head)
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_each_panel_alone_goes_into_a_folder(tmp_path):
    drawn = draw_figure(HUANG, tmp_path / "f.svg", each=True)
    assert sorted(p.name for p in (tmp_path / "f").iterdir()) == ["C.svg", "F.svg"]
    assert [p.name for p in drawn.files] == ["C.svg", "F.svg"]
    options = figure_options(panels="C", dpi=72, reletter=True)
    draw_figure(HUANG, tmp_path / "all", options=options, each=True)
    assert sorted(p.name for p in (tmp_path / "all").iterdir()) == ["A.pdf", "A.png", "A.svg"]


def test_panels_without_data_are_told(tmp_path):
    options = figure_options(panels="ACDG", dpi=72)
    drawn = draw_figure(HUANG, tmp_path / "f.png", options=options)
    assert drawn.without_data == ("A", "D", "G")
    assert any("panel A (cytokines): no data" in note for note in drawn.notes)
    with pytest.raises(UsageError, match=r"no panel asked for has data; those .* are C, F"):
        draw_figure(HUANG, tmp_path / "g.png", options=figure_options(panels="AB"))
    assert not (tmp_path / "g.png").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"panels": "1"}, "--panels: expected letters"),
        ({"width": "x"}, "--width: expected single"),
        ({"dpi": 5}, "--dpi: expected 72 to 1200"),
        ({"height": 9.0}, "--height: expected 0.5 to 3"),
        ({"height": float("nan")}, "--height"),
    ],
)  # fmt: skip
def test_wrong_options_say_what_is_expected(given, said):
    with pytest.raises(UsageError, match=said):
        figure_options(**given)


@pytest.mark.parametrize("name", ["f", "f.tiff", "f.png.txt"])
def test_a_name_without_a_form_is_refused_before_anything_is_read(tmp_path, name):
    with pytest.raises(UsageError, match=r"ends in \.svg or \.png or \.pdf"):
        draw_figure(tmp_path / "nobody", tmp_path / name)


def test_run_takes_the_same_options(tmp_path):
    notes = []
    options = figure_options(panels="B,F", width="1.5")
    run_case(HUANG, tmp_path / "out", figure=options, note=notes.append)
    with Image.open(tmp_path / "out" / "course.png") as picture:
        assert picture.size[0] == pytest.approx(120 / 25.4 * 300, abs=1)
    assert any("panel B" in note for note in notes)


@pytest.fixture(scope="module")
def three_marrows(tmp_path_factory):
    """The simulated course with a third marrow, two months after the second."""
    folder = tmp_path_factory.mktemp("case") / "case"
    shutil.copytree(EXAMPLES / "simulated-course", folder)
    for spec in sorted((EXAMPLES / "specs" / "simulated-course").glob("*.toml")):
        simulate_flow(spec, out=folder / "flow" / f"{spec.stem}.fcs")
    shutil.copy(folder / "flow" / "after-ino.fcs", folder / "flow" / "late.fcs")
    with (folder / "case.toml").open("a") as case:
        case.write('\n[[specimen]]\nid = "marrow-late"\ndate = "2025-08-20"\ntissue = "marrow"\n')
    flow = (folder / "flow" / "flow.toml").read_text("utf-8")
    entry = '[[file]]\npath = "late.fcs"\nspecimen = "marrow-late"\nrole = "sample"\n\n'
    (folder / "flow" / "flow.toml").write_text(flow.replace("[scales]", entry + "[scales]"))
    return folder


def test_more_than_two_samples_follow_the_pair_about_the_last_therapy(three_marrows):
    """Oracle: the dates of case.toml; inotuzumab lies between the first two marrows."""
    evaluation = evaluate_case(three_marrows)
    pair = [one.title for one in flow_samples(evaluation)]
    assert pair == ["Marrow before InO, 20 May 2025", "Marrow after InO, 26 Jun 2025"]
    titles = [one.title for one in flow_samples(evaluation, every=True)]
    assert titles == [*pair, "Marrow late, 20 Aug 2025"]
    assert figure_content(evaluation).letters == ("C", "D", "E", "F")
    assert figure_content(evaluation, figure_options(panels="GD")).letters == ("G", "D")
