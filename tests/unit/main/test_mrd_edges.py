"""Honest answers at the edges. Oracle: event arrays written by hand, with counts known by eye."""

import json

import numpy as np
import pytest
from mrd_by_hand import ANTIGEN, CD19, CD22, CHANNELS, FSC, GATES, MRD, faults_of

from residua.cli import app
from residua.errors import UsageError
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.main.mrd import measure_mrd
from residua.measures.antigen_expression import MASKING
from residua.views.fcs_export import write_fcs
from residua.views.mrd_export import mrd_document


def test_27_of_1007463_through_the_command(made, gates, tmp_path, capsys):
    """mrd.md, discrepancy 14: 2.68e-5, 95 % interval 1.77e-5 to 3.90e-5."""
    out = tmp_path / "mrd.json"
    command = ["mrd", str(made("a", 1_007_463, 27)), "--gates", str(gates()), "-o", str(out)]
    app(command, result_action="return_value")
    told = capsys.readouterr().out.splitlines()
    assert told[1].split(maxsplit=1) == ["counted", "27 of 1 007 463 nucleated"]
    assert told[-1] == str(out)
    found = json.loads(out.read_text())
    assert (found["numerator"], found["denominator"]["count"]) == (27, 1_007_463)
    ends = (found["fraction"], found["interval"]["low"], found["interval"]["high"])
    assert [f"{end:.2e}" for end in ends] == ["2.68e-05", "1.77e-05", "3.90e-05"]
    assert found["status"] == "detected below LLOQ"
    assert (found["flags"], found["reason"]) == ([], "")


def test_every_field_of_mrd_json_and_no_other(made, gates):
    """The fields that the interface names; `kind` of the interval and of the policy included."""
    tail = ANTIGEN + 'negative = "cells"\n'
    found = mrd_document(
        measure_mrd([made("a", 200_000, 60, cd22=500)], gates=gates(GATES + MRD + tail))
    )
    level = {
        *("numerator", "denominator", "fraction", "interval", "lod", "lloq", "lod95", "policy"),
        *("status", "reason"),
    }
    assert set(found) == level | {
        *("kind", "version", "notice", "specimen", "method", "approach", "total_interval"),
        *("limit_of_blank", "predicted_lod", "antigens", "aberrancies", "gates", "events"),
        *("tubes", "instrument", "acquired", "flags", "notes", "inputs", "reference", "model"),
        *("quality", "haemodilution", "software"),
    }
    assert found["kind"] == "residua.mrd"
    assert set(found["specimen"]) == {"id", "tissue", "pull", "date"}
    assert set(found["denominator"]) == {"kind", "count"}
    assert set(found["interval"]) == {"level", "low", "high", "kind"}
    assert set(found["policy"]) == {"name", "disease", "provenance"}
    (antigen,) = found["antigens"]
    assert set(antigen) == {
        *("marker", "percent", "interval", "ratio", "threshold", "positive", "of", "flags"),
    }
    assert set(found["gates"]) == {"file", "sha256"}
    assert set(found["events"]) == {"total", "after_quality", "nucleated"}
    assert [set(entry) for entry in found["inputs"]] == [{"file", "sha256"}]
    (tube,) = found["tubes"]
    own = {"total_interval", "limit_of_blank", "predicted_lod"}
    assert set(tube) == level | own | {"tube", "files", "events", "verdicts", "flags"}


@pytest.mark.parametrize(
    ("count", "flags"),
    [
        (1000, ["a.fcs: 5 events of blasts lie outside none, not counted"]),
        (0, ["a.fcs: no events"]),
    ],
)
def test_a_denominator_without_events(made, gates, count, flags):
    empty = '[[gate]]\nname = "none"\nkind = "range"\nlimits = { "FSC-A" = [1e9, inf] }\n'
    text = GATES + empty + MRD.replace('"cells"', '"none"')
    result = measure_mrd([made("a", count, 5)], gates=gates(text))
    assert (result.level.status, result.level.reason) == (
        "not assessable",
        "the denominator holds no events",
    )
    assert (result.level.fraction, result.level.lod, result.level.interval) == (None, None, None)
    assert list(result.flags) == flags


def test_values_that_are_not_numbers_are_left_out_and_flagged(made, gates):
    """Of 60 blasts 10 have no CD19 and 5 no CD22, of the other cells 5 no scatter."""

    def spoil(events):
        events[:10, CD19] = np.nan
        events[10:15, CD22] = np.nan
        events[100:105, FSC] = np.nan

    # Uncompensated: compensation would carry a missing value to the other dyes.
    head = '[[file]]\npath = "a.fcs"\ncompensation = "none"\n'
    file = made("a", 200_000, 60, cd22=500, change=spoil)
    result = measure_mrd([file], gates=gates(head + GATES + MRD + ANTIGEN + 'negative = "cells"\n'))
    assert (result.level.numerator, result.level.denominator.count) == (50, 199_995)
    assert result.flags == (
        "a.fcs: 20 events hold values that are not finite; gates leave them out, `not` keeps them",
    )
    (antigen,) = result.antigens
    assert antigen.percent == 100
    assert "5 events of blasts hold no value of CD22, not counted" in antigen.flags


def test_a_ratio_of_saturated_cells_is_a_lower_bound(made, gates):
    def lift(events):
        events[100:, CD22] = 10

    def lift_some(events):
        lift(events)
        events[:49, CD22] = 262_144

    tail = ANTIGEN + 'negative = "cells"\n'
    low, high = (
        measure_mrd(
            [made("a", 10_000, 100, cd22=cd22, change=lift)], gates=gates(GATES + MRD + tail)
        )
        for cd22 in (200_000, 262_144)
    )
    assert not any("lower bound" in flag for flag in low.antigens[0].flags)
    assert any("lower bound" in flag for flag in high.antigens[0].flags)
    part = measure_mrd(
        [made("b", 10_000, 100, cd22=200_000, change=lift_some)], gates=gates(GATES + MRD + tail)
    )
    assert not any("lower bound" in flag for flag in part.antigens[0].flags)
    assert (low.antigens[0].ratio, high.antigens[0].ratio) == (20_000, 26_214.4)


def test_an_fmo_with_few_events_is_flagged_and_named(made, gates):
    made("fmo", 3000, 7)
    text = GATES + MRD + '[[antigen]]\nmarker = "CD22"\nof = "blasts"\nfmo = "fmo.fcs"\n'
    result = measure_mrd([made("a", 200_000, 60, cd22=500)], gates=gates(text))
    assert result.antigens[0].flags == (
        "the threshold rests on fewer than 100 events of blasts in FMO file fmo.fcs",
    )
    assert [digest.file for digest in result.inputs] == ["a.fcs", "fmo.fcs"]


def test_an_fmo_without_events_gives_no_threshold(made, gates):
    made("fmo", 3000, 0)
    text = GATES + MRD + '[[antigen]]\nmarker = "CD22"\nof = "blasts"\nfmo = "fmo.fcs"\n'
    (antigen,) = measure_mrd([made("a", 200_000, 60)], gates=gates(text)).antigens
    assert (antigen.threshold, antigen.percent, antigen.positive) == (None, None, None)
    assert antigen.flags == ("no threshold: no events in blasts in FMO file fmo.fcs",)


def test_the_matrix_beside_the_file_is_an_input(made, gates, tmp_path):
    (tmp_path / "m.csv").write_text("PE-A,PE-Cy7-A\n1,0\n0,1\n")
    head = '[[file]]\npath = "a.fcs"\ncompensation = "m.csv"\n'
    result = measure_mrd([made("a", 1000, 50)], gates=gates(head + GATES + MRD))
    assert [digest.file for digest in result.inputs] == ["a.fcs", "m.csv"]


@pytest.mark.parametrize("spelling", ["CD22", "cd22", "CD 22"])
@pytest.mark.parametrize("marker", ["CD22", "PE-A"])
def test_a_drug_masks_its_antigen_however_it_is_spelt(made, gates, spelling, marker):
    text = GATES + MRD + ANTIGEN.replace("CD22", marker)
    (antigen,) = measure_mrd([made("a", 200_000, 60)], gates=gates(text), after=[spelling]).antigens
    assert (antigen.percent, MASKING in antigen.flags) == (0, True)


def test_gating_by_the_channel_of_a_target_is_flagged_too(made, gates):
    text = GATES.replace('"CD19"', '"PE-Cy7-A"') + MRD
    result = measure_mrd([made("a", 200_000, 60)], gates=gates(text), after=["cd19"])
    assert any("gated by cd19" in flag for flag in result.flags)


def test_a_misspelt_scale_is_flagged(made, gates):
    scales = '[scales]\nCD91 = { kind = "arcsinh", cofactor = 150 }\nCD22 = { kind = "linear" }\n'
    result = measure_mrd([made("a", 200_000, 60)], gates=gates(GATES + MRD + scales))
    assert result.flags == ("scale for CD91 fits no channel",)


def test_a_policy_that_does_not_exist_is_refused_before_reading(gates, tmp_path):
    with pytest.raises(UsageError, match="euroflow-bcp-all-10-40"):
        measure_mrd([tmp_path / "not-there.fcs"], gates=gates(), policy="euroflow-bcp-all")


def test_a_tube_that_lacks_a_channel_is_named(made, gates):
    two = '[[file]]\npath = "a.fcs"\ntube = "1"\n[[file]]\npath = "b.fcs"\ntube = "2"\n'
    other = (CHANNELS[0], Channel("APC-A", "CD10"), CHANNELS[2])
    files = [made("a", 1000, 5), made("b", 1000, 5, channels=other)]
    (fault,) = faults_of(files, gates=gates(two + GATES + MRD))
    assert fault.where == "gate 2, CD19"
    assert "b.fcs" in fault.expected


TUBES = '[[file]]\npath = "a.fcs"\ntube = "1"\n[[file]]\npath = "b.fcs"\ntube = "2"\n'
EACH = "".join(MRD.replace("[mrd]", f'[[mrd]]\ntube = "{tube}"') for tube in "12")


def test_a_positive_tube_stands_above_a_higher_fraction_that_tells_nothing(made, gates):
    """5 of 1 000 is not assessable, 50 of 1 000 000 quantified: the specimen is positive."""
    result = measure_mrd(
        [made("a", 1000, 5), made("b", 1_000_000, 50)], gates=gates(TUBES + GATES + MRD)
    )
    assert (result.level.fraction, result.level.status) == (5e-5, "quantified")
    assert "tube 1 has a higher fraction, which is not assessable" in result.flags
    assert (result.events.total, result.events.nucleated) == (1_001_000, 1_001_000)


def test_a_tube_is_counted_by_its_own_table_before_the_general_one(made, gates):
    own = MRD.replace("[mrd]", '[[mrd]]\ntube = "2"').replace('"cells"', '"blasts"')
    text = TUBES + GATES + MRD.replace("[mrd]", "[[mrd]]") + own
    result = measure_mrd([made("a", 1000, 50), made("b", 1000, 40)], gates=gates(text))
    assert [tube.level.denominator.count for tube in result.tubes] == [1000, 40]


def test_the_matrix_of_the_file_is_used_without_a_file_table(made, gates, tmp_path):
    """Half of PE is seen by PE-Cy7: 9 000 there is 8 000 of CD19 beside 2 000 of CD22."""
    matrix = Spillover(("PE-A", "PE-Cy7-A"), np.array([[1, 0.5], [0, 1]]))
    events = np.array([[60_000, 9_000, 2_000]], np.float32)
    write_fcs(Acquisition(events, CHANNELS, {}, matrix), tmp_path / "c.fcs")
    for limits, count in (("[7999, 8001]", 1), ("[8999, 9001]", 0)):
        text = GATES.replace("[500, inf]", limits) + MRD
        named = '[[file]]\npath = "c.fcs"\n' + text
        for strategy in (text, named):
            result = measure_mrd([tmp_path / "c.fcs"], gates=gates(strategy))
            assert result.level.numerator == count


def test_nucleated_cells_are_given_only_where_every_tube_counts_them(made, gates):
    text = TUBES + GATES + EACH
    place = text.rindex('"nucleated"')
    text = text[:place] + '"cd45"' + text[place + len('"nucleated"') :]
    result = measure_mrd([made("a", 1000, 50), made("b", 1000, 40)], gates=gates(text))
    assert (result.level.denominator.kind, result.events.nucleated) == ("nucleated", None)
    assert [tube.events.nucleated for tube in result.tubes] == [1000, None]


@pytest.mark.parametrize("key", ["combine", "denominator_kind", "policy"])
def test_tubes_that_count_differently_are_never_added(made, gates, key):
    both = EACH.replace('"nucleated"\n', '"nucleated"\ncombine = "sum"\n')
    changed = {
        "combine": both[: both.rindex("combine")],
        "denominator_kind": both[: both.rindex("denominator_kind")]
        + 'denominator_kind = "cd45"\ncombine = "sum"\n',
        "policy": both + 'policy = "iccs-mm-30-50"\n',
    }[key]
    (fault,) = faults_of([made("a", 1000, 5)], gates=gates(TUBES + GATES + changed))
    assert (fault.where, key in fault.expected) == (f"mrd 2, {key}", True)


@pytest.mark.parametrize(("other", "differ"), [("2023-07-09", True), ("2023-07", False)])
def test_files_that_state_different_dates_are_flagged(made, gates, other, differ):
    days = {"a": "2023-07-01", "b": other}
    file = '[[file]]\npath = "{}.fcs"\ndate = "{}"\n'
    head = "".join(file.format(name, day) for name, day in days.items())
    files = [made("a", 1000, 50), made("b", 1000, 50, cd22=1)]
    flags = measure_mrd(files, gates=gates(head + GATES + MRD)).flags
    assert ("the files of this specimen state different dates" in flags) is differ


def test_a_date_that_is_none_and_a_dimension_without_a_name(made, gates):
    head = '[[file]]\npath = "a.fcs"\ndate = "yesterday"\n'
    (fault,) = faults_of([made("a", 1000, 5)], gates=gates(head + GATES + MRD))
    assert (fault.line, fault.where) == (3, "file 1, date")
    (fault,) = faults_of([made("a", 1000, 5)], gates=gates(GATES.replace('"CD19"', '""') + MRD))
    assert "a marker or channel" in fault.expected
