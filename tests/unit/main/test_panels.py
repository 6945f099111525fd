"""The gate templates of the panels, run on simulated marrows with planted blasts.

Oracle: the number of blasts that the simulation planted and the cells that are no debris and no
doublet. Levels follow 60, 360, 1500, 6000 and 18 000 units for negative to very bright.
"""

import re
from pathlib import Path

import pytest

import residua
from residua.errors import UsageError
from residua.main.check import check_folder
from residua.main.gate import gate_file
from residua.main.mrd import measure_mrd
from residua.main.new import PANELS, new_folder, template
from residua.main.simulate_flow import simulate_flow
from residua.views.flow_toml_export import write_flow_toml

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "panels.md"
UNITS = (0, 360, 1500, 6000, 18_000)
BACKBONE = ("CD20", "CD45", "CD81", "CD34", "CD19", "CD10", "CD38")
TUBES = {
    "euroflow-8": {"one": ("CD66c+CD123",), "two": ("CD73+CD304",)},
    "euroflow-12": {
        tube: (pe, "CD22", "CD24", "HLA-DR", "CD3+CD7")
        for tube, pe in (("one", "CD66c+CD123"), ("two", "CD73+CD304"))
    },
    "one-tube-10": {None: ("CD66c+CD123", "CD58", "CD73+CD304")},
}
CASES = [(panel, tube) for panel, tubes in TUBES.items() for tube in tubes]
POPULATIONS = {  # share, SSC, levels of the markers that are not negative
    "granulocytes": (0.55, 110_000, {"CD45": 2, "CD10": 2, "CD24": 3, "CD66c+CD123": 3}),
    "monocytes": (0.06, 65_000, {"CD45": 3, "CD38": 2, "CD58": 3, "HLA-DR": 3}),
    "T cells": (0.20, 20_000, {"CD45": 4, "CD58": 1, "CD3+CD7": 3, "CD81": 2}),
    "erythroblasts": (0.15, 15_000, {"CD58": 3}),
    "mature B": (0.025, 20_000, {"CD45": 3, "CD19": 3, "CD20": 3, "CD38": 1, "CD81": 1,
                 "CD22": 3, "CD24": 2, "HLA-DR": 3, "CD73+CD304": 2}),
    "haematogones": (0.015, 20_000, {"CD45": 2, "CD19": 3, "CD10": 3, "CD38": 4, "CD81": 4,
                     "CD34": 2, "CD22": 1, "CD24": 3, "HLA-DR": 3, "CD58": 2}),
}  # fmt: skip
BLASTS = {"CD45": 1, "CD19": 3, "CD10": 3, "CD34": 3, "CD38": 1, "CD81": 1, "CD22": 3, "CD24": 3,
          "HLA-DR": 3, "CD66c+CD123": 3, "CD73+CD304": 3, "CD58": 4}  # fmt: skip


TRAPS = {  # normal cells that a gate without CD19 may take for blasts
    "plasmacytoid dendritic cells": (0.03, 20_000, {"CD45": 2, "CD22": 1, "CD38": 2, "CD81": 2,
                     "HLA-DR": 3, "CD66c+CD123": 4, "CD73+CD304": 3}),
    "basophils": (0.02, 30_000, {"CD45": 2, "CD22": 1, "CD38": 2, "CD81": 2, "CD66c+CD123": 3}),
    "early B progenitors": (0.02, 20_000, {"CD45": 1, "CD34": 3, "CD10": 2, "CD24": 2, "CD38": 3,
                     "CD81": 2, "HLA-DR": 3, "CD66c+CD123": 1}),
    "plasma cells": (0.02, 45_000, {"CD45": 1, "CD38": 4, "CD81": 2}),
}  # fmt: skip


def levels(markers, scatter, found):
    text = f'"FSC-A" = {{ median = 75000, spread = 0.06 }}\n"SSC-A" = {{ median = {scatter}, '
    text += "spread = 0.06 }\n"
    for marker in markers:
        if found.get(marker):
            text += f'"{marker}" = {{ median = {UNITS[found[marker]]}, spread = 0.12 }}\n'
    return text


def marrow(folder, panel, tube, *, blasts=300, events=30_000, lost=(), traps=False):
    """One simulated file of a tube; `lost` are markers that the blasts do not carry.

    With `traps` a tenth of the marrow is of them, taken from the granulocytes.
    """
    share, scatter, found = POPULATIONS["granulocytes"]
    less = sum(trap[0] for trap in TRAPS.values()) if traps else 0
    populations = POPULATIONS | {"granulocytes": (round(share - less, 4), scatter, found)}
    populations |= TRAPS if traps else {}
    markers = (*BACKBONE, *TUBES[panel][tube])
    text = f'kind = "residua.simulate.flow"\nversion = "1.0"\nevents = {events}\nseed = 5\n'
    text += "debris = 0.1\ndoublets = 0.03\n"
    text += '[[channel]]\nname = "FSC-A"\nkind = "scatter"\n'
    text += '[[channel]]\nname = "FSC-H"\nkind = "height"\narea = "FSC-A"\n'
    text += '[[channel]]\nname = "SSC-A"\nkind = "scatter"\n'
    text += '[[channel]]\nname = "Time"\nkind = "time"\n'
    for number, marker in enumerate(markers):
        text += f'[[channel]]\nname = "D{number}-A"\nmarker = "{marker}"\n'
    for name, (share, scatter, found) in populations.items():
        text += f'[[population]]\nname = "{name}"\nfraction = {share}\n[population.levels]\n'
        text += levels(markers, scatter, found)
    text += f'[[population]]\nname = "blasts"\ncount = {blasts}\n[population.levels]\n'
    text += levels(markers, 20_000, {m: n for m, n in BLASTS.items() if m not in lost})
    spec = folder / f"{panel}-{tube}.spec.toml"
    spec.write_text(text)
    file = simulate_flow(spec, out=folder / f"{panel}-{tube}.fcs")[0]
    return file, round(events * 0.87)


@pytest.fixture
def made(tmp_path):
    """Makes a folder of a panel and returns its flow.toml, with the files that are given."""

    def make(panel, **tubes):
        new_folder(tmp_path / "p", panel=panel)
        file = tmp_path / "p" / "flow" / "flow.toml"
        head = "".join(f'[[file]]\npath = "{path}"\n{_tube(t)}' for t, path in tubes.items())
        file.write_text(head + file.read_text())
        return file

    return make


def _tube(tube):
    return f'tube = "{tube}"\n' if tube != "None" else ""


@pytest.mark.parametrize("panel", PANELS)
def test_a_new_folder_of_a_panel_has_no_fault(tmp_path, panel):
    new_folder(tmp_path / "p", panel=panel)
    assert check_folder(tmp_path / "p").faults == ()
    strategy = residua.read_gates(tmp_path / "p" / "flow" / "flow.toml")
    assert not strategy.validated
    order = ("time", "cells", "singlets", "nucleated", "CD45 SSC", "B lineage", "blasts")
    names = [gate.name for gate in strategy.gates]
    assert [names.index(name) for name in order] == sorted(names.index(name) for name in order)
    assert names[0] == "time"


@pytest.mark.parametrize("panel", PANELS)
def test_the_examples_of_a_template_have_no_fault(tmp_path, panel):
    """With the "# " of its keys and tables removed, a template still is a strategy."""
    whole = re.sub(r"^# (?=\[\[|[a-z]+ = )", "", template(f"panels/{panel}.toml"), flags=re.M)
    file = tmp_path / "flow.toml"
    file.write_text(whole)
    strategy = residua.read_gates(file)
    assert {entry.role for entry in strategy.files} == {"sample", "single stain"}


@pytest.mark.parametrize(("panel", "tube"), CASES)
def test_planted_blasts_are_counted(made, panel, tube):
    gates = made(panel, **{str(tube): "a.fcs"})
    file, cells = marrow(gates.parent, panel, tube)
    file.rename(gates.parent / "a.fcs")
    result = measure_mrd([gates.parent / "a.fcs"], gates=gates)
    assert result.level.numerator == pytest.approx(300, rel=0.12)
    assert result.level.denominator.count == pytest.approx(cells, rel=0.04)
    assert "gate template not validated" in result.flags


@pytest.mark.parametrize(("panel", "tube"), CASES)
def test_a_marrow_without_blasts_has_next_to_none(made, panel, tube):
    gates = made(panel, **{str(tube): "a.fcs"})
    file, _ = marrow(gates.parent, panel, tube, blasts=0)
    file.rename(gates.parent / "a.fcs")
    assert measure_mrd([gates.parent / "a.fcs"], gates=gates).level.numerator < 10


@pytest.mark.parametrize(("panel", "tube"), CASES)
def test_normal_cells_that_look_like_blasts_are_not_counted(made, panel, tube):
    """2400 dendritic cells, basophils, early progenitors and plasma cells, no blast: a tenth of
    the marrow, some ten times what is normal, gives fewer events than a detection needs."""
    gates = made(panel, **{str(tube): "a.fcs"})
    file, _ = marrow(gates.parent, panel, tube, blasts=0, traps=True)
    file.rename(gates.parent / "a.fcs")
    assert measure_mrd([gates.parent / "a.fcs"], gates=gates).level.numerator < 10


def test_both_ways_after_therapy_against_cd19_are_counted(made):
    """300 blasts that lost CD19: the union has them, and CD19 is on none; nothing is missed."""
    gates = made("euroflow-12", one="a.fcs")
    marrow(gates.parent, "euroflow-12", "one", lost=("CD19",))[0].rename(gates.parent / "a.fcs")
    result = measure_mrd(gates=gates, after=["CD19"])
    antigens = {antigen.marker: antigen.percent for antigen in result.antigens}
    assert antigens == {"CD19": pytest.approx(0, abs=2), "CD22": pytest.approx(100, abs=2)}
    assert not any("cells that lost it are missed" in flag for flag in result.flags)
    counts = {one.name: one.count for one in gate_file(
        gates.parent / "a.fcs", gates=gates, out=gates.parent / "out").counts}  # fmt: skip
    assert counts["blasts with CD19"] + counts["blasts without CD19"] == counts["blasts"]
    assert counts["blasts without CD19"] == pytest.approx(300, rel=0.12)


@pytest.mark.parametrize("panel", ["euroflow-8", "one-tube-10"])
def test_the_other_panels_say_what_they_miss_after_such_therapy(made, panel):
    tube = next(iter(TUBES[panel]))
    gates = made(panel, **{str(tube): "a.fcs"})
    marrow(gates.parent, panel, tube, events=3000, blasts=30)[0].rename(gates.parent / "a.fcs")
    flags = measure_mrd(gates=gates, after=["CD19"]).flags
    assert (
        "blasts are gated by CD19 after therapy against it: cells that lost it are missed" in flags
    )


def test_only_the_twelve_colours_find_blasts_that_lost_cd19(made):
    gates = made("euroflow-12", one="a.fcs")
    file, _ = marrow(gates.parent, "euroflow-12", "one", lost=("CD19",))
    file.rename(gates.parent / "a.fcs")
    found = measure_mrd([gates.parent / "a.fcs"], gates=gates).level.numerator
    assert found == pytest.approx(300, rel=0.12)


def test_two_tubes_of_a_specimen(made):
    gates = made("euroflow-8", one="one.fcs", two="two.fcs")
    for tube in ("one", "two"):
        marrow(gates.parent, "euroflow-8", tube)[0].rename(gates.parent / f"{tube}.fcs")
    result = measure_mrd(gates=gates)
    assert [tube.tube for tube in result.tubes] == ["one", "two"]
    assert not any("fits no channel" in flag for flag in result.flags)


def test_the_flag_goes_when_a_person_has_confirmed_the_gates(made):
    gates = made("one-tube-10", **{"None": "a.fcs"})
    marrow(gates.parent, "one-tube-10", None)[0].rename(gates.parent / "a.fcs")
    gates.write_text(gates.read_text().replace("validated = false", "validated = true"))
    assert "gate template not validated" not in measure_mrd(gates=gates).flags


@pytest.mark.parametrize("panel", PANELS)
def test_a_template_written_as_toml_is_read_back_the_same(tmp_path, panel):
    new_folder(tmp_path / "p", panel=panel)
    read = residua.read_gates(tmp_path / "p" / "flow" / "flow.toml")
    write_flow_toml(read, tmp_path / "again.toml")
    again = residua.read_gates(tmp_path / "again.toml")
    assert (again.gates, again.scales, again.validated) == (read.gates, read.scales, False)


def test_validated_is_true_or_false(made):
    gates = made("one-tube-10")
    gates.write_text(gates.read_text().replace("validated = false", 'validated = "no"'))
    with pytest.raises(residua.InputError, match="true or false"):
        residua.read_gates(gates)


def test_an_unknown_panel_names_the_known_ones(tmp_path):
    with pytest.raises(UsageError, match="euroflow-8, euroflow-12, one-tube-10"):
        new_folder(tmp_path / "p", panel="euroflow-9")
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("panel", PANELS)
def test_the_reference_lists_the_panel_with_its_source(panel):
    text = REFERENCE.read_text()
    assert f"`{panel}`" in text
    dois = re.findall(r"doi:(10\.\S+?)[.:,;]?\s", template(f"panels/{panel}.toml"))
    assert all(doi in text for doi in dois)
