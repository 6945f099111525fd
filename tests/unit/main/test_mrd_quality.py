"""Quality and haemodilution in the MRD result. Oracle: events written by hand, known by eye."""

import numpy as np
import pytest
from mrd_by_hand import CD19, CD22, CHANNELS, FSC, GATES, MRD, faults_of

from residua.cli import app
from residua.facts.acquisition import Channel
from residua.main.mrd import measure_mrd
from residua.views.mrd_export import mrd_document


def test_every_field_of_the_quality(made, gates):
    """docs/reference/mrd-json.md; the cells are counted by hand: 200 000, all alike."""
    found = mrd_document(measure_mrd([made("a", 200_000, 60)], gates=gates()))
    quality, dilution = found["quality"], found["haemodilution"]
    assert set(quality) == {"steps", "removed_before_counting", "verdicts", "flags", "files"}
    step = {"step", "status", "before", "removed", "left", "reason"}
    assert [set(one) for one in quality["steps"]] == [step] * 5
    four, five = quality["verdicts"]
    assert set(four) == {
        *("level", "enough", "needed", "have", "missing"),
        "quantify",
        "after_quality",
    }
    assert (four["level"], four["enough"], four["needed"], four["have"]) == (
        1e-4,
        True,
        10**5,
        200_000,
    )
    assert (five["enough"], five["missing"]) == (False, 800_000)
    assert four["quantify"] == {"enough": False, "needed": 400_000, "missing": 200_000}
    assert found["tubes"][0]["verdicts"] == quality["verdicts"]
    (file,) = quality["files"]
    assert set(file) == {"file", "events", "not_finite", "left", "steps", "flags"}
    assert [set(one) for one in file["steps"]] == [step | {"checks"}] * 5
    assert set(dilution) == {
        *("method", "grade", "reason", "immature", "neutrophils", "ratio", "interval", "clause"),
        *("cite", "provenance", "notes"),
    }
    assert (dilution["grade"], dilution["reason"]) == (
        None,
        "the panel lacks CD16 and CD45 and side scatter",
    )


QUALITY = '[quality]\nremove = ["boundary"]\n'


@pytest.mark.parametrize(("stated", "blasts", "cells"), [("", 60, 200_000), (QUALITY, 50, 199_980)])
def test_events_are_removed_before_counting_only_where_stated(made, gates, stated, blasts, cells):
    """20 events lie at the top of forward scatter, 10 of them blasts."""

    def lift(events):
        events[:, FSC] += np.arange(len(events)) % 1000
        events[:10, FSC] = events[1000:1010, FSC] = 262_143

    result = measure_mrd([made("a", 200_000, 60, change=lift)], gates=gates(GATES + MRD + stated))
    assert (result.level.numerator, result.level.denominator.count) == (blasts, cells)
    assert (result.events.total, result.events.after_quality) == (200_000, 199_980)
    note = "events removed before counting, as stated: boundary"
    assert (note in result.notes) == bool(stated)
    assert mrd_document(result)["quality"]["removed_before_counting"] == ["boundary"] * bool(stated)


def test_the_brightest_blasts_are_never_taken_for_boundary_events(made, gates):
    """A blast off scale in CD22 is a blast: removing it would make the MRD too low."""

    def lift(events):
        events[:30, CD22] = 262_143

    result = measure_mrd([made("a", 200_000, 60, change=lift)], gates=gates(GATES + MRD + QUALITY))
    assert result.level.numerator == 60
    assert result.events.after_quality == 200_000


@pytest.mark.parametrize(("stated", "threshold"), [("", 5000), (QUALITY, 50)])
def test_an_fmo_file_is_cleaned_as_the_samples_are(made, gates, stated, threshold):
    """Of 200 CD19+ events of the FMO, 20 are off scale and stain at 5000, the others at 50."""

    def dirty(events):
        events[:, FSC] += np.arange(len(events)) % 1000
        events[:200, CD22] = 50
        events[:20, CD22], events[:20, FSC] = 5000, 262_143

    made("fmo", 3000, 200, change=dirty)
    text = GATES + MRD + '[[antigen]]\nmarker = "CD22"\nof = "blasts"\nfmo = "fmo.fcs"\n'
    result = measure_mrd([made("a", 3000, 200, cd22=900)], gates=gates(text + stated))
    assert result.antigens[0].threshold == threshold


def test_a_step_to_be_removed_that_cannot_be_assessed_is_flagged(made, gates):
    text = GATES + MRD + '[quality]\nremove = ["time"]\n'
    flags = measure_mrd([made("a", 1000, 60)], gates=gates(text)).flags
    assert "time: to be removed, but not assessable" in flags


def test_a_step_that_one_of_two_files_can_answer_is_assessed_in_part(made, gates):
    """One file has a clock, the other none: removed is what the first lost, and it is said."""

    def clock(events):
        events[:, CD22] = np.arange(len(events))
        events[40:50, CD22] = 0  # ten events while the clock went back

    timed = (CHANNELS[FSC], CHANNELS[CD19], Channel("Time"))
    other = (CHANNELS[FSC], CHANNELS[CD19], Channel("PE-A", "CD34"))
    files = [made("a", 1000, 5, change=clock, channels=timed), made("b", 900, 5, channels=other)]
    text = GATES + MRD + '[quality]\nremove = ["time"]\n'
    result = measure_mrd(files, gates=gates(text))
    step = mrd_document(result)["quality"]["steps"][0]
    assert (step["status"], step["before"], step["removed"]) == ("assessed in part", 1900, 10)
    assert "time: to be removed, but assessed in part" in result.flags
    assert result.level.denominator.count == 1890


@pytest.mark.parametrize(("neutrophils", "grade"), [(50, "highly pure"), (1200, "haemodiluted")])
def test_haemodilution_by_stated_gates(made, gates, neutrophils, grade):
    """The 60 blasts stand for immature granulocytes; the neutrophils are the next events."""

    def mark(events):
        events[60 : 60 + neutrophils, CD22] = 5000

    text = GATES + '[[gate]]\nname = "n"\nkind = "range"\nlimits = { "CD22" = [1000, inf] }\n'
    text += MRD + '[haemodilution]\nimmature = "blasts"\nneutrophils = "n"\n'
    file = made("a", 200_000, 60, change=mark)
    result = measure_mrd([file], gates=gates(text), after=["CD22"])
    found = result.haemodilution
    assert (found.immature, found.neutrophils, found.grade) == (60, neutrophils, grade)
    assert any("B-cell precursors" in note for note in found.notes)
    flag = f"{grade} marrow by the IGRA/N ratio"
    assert (flag in result.flags) == (grade == "haemodiluted")


def test_faults_of_the_quality_tables(made, gates):
    text = (
        GATES
        + MRD
        + '[quality]\nremove = ["tme"]\ncells = "zz"\n[haemodilution]\nimmature = "blasts"\n'
    )
    faults = faults_of([made("a", 100, 6)], gates=gates(text))
    assert [(f.where, f.do) for f in faults] == [
        ("quality, remove 1", "write 'time'"),
        ("quality, cells", "use one of: blasts, cells"),
        ("haemodilution", "add neutrophils"),
    ]


def test_a_folder_gets_the_picture_too(made, gates, tmp_path, capsys):
    """Beside mrd.json lies quality.png; a name that ends in .json gets the result alone."""
    file, strategy = str(made("a", 5000, 60)), str(gates())
    for out in ("folder", "alone.json"):
        command = ["mrd", file, "--gates", strategy, "-o", str(tmp_path / out)]
        app(command, result_action="return_value")
    capsys.readouterr()
    written = sorted(path.name for path in (tmp_path / "folder").iterdir())
    assert written == ["mrd.json", "quality.png"]
    assert (tmp_path / "folder/quality.png").read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "quality.png").exists()
