"""Oracle: the exact numbers of blasts and cells that were simulated."""

import json

import pytest

from residua.errors import InputError
from residua.facts.gating import EventPolicy
from residua.main.mrd import measure_mrd
from residua.measures.antigen_expression import MASKING
from residua.views.mrd_export import mrd_text


def entry(path, **keys):
    lines = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return f'[[file]]\npath = "{path}"\n{lines}'


def faults_of(*args, **options):
    with pytest.raises(InputError) as caught:
        measure_mrd(*args, **options)
    return caught.value.faults


def test_a_file_that_no_entry_names_is_a_sample(tube, flow):
    result = measure_mrd([tube("a")], gates=flow())
    assert (result.level.numerator, result.level.denominator.count) == (60, 120_000)
    assert (result.level.fraction, result.level.status) == (5e-4, "quantified")
    assert (result.events.total, result.events.nucleated) == (120_000, 120_000)
    assert result.flags == ("simulated",)


def test_antigen_percent_with_its_interval(tube, flow):
    (antigen,) = measure_mrd([tube("a", blasts=200)], gates=flow()).antigens
    assert (antigen.marker, antigen.percent, antigen.positive) == ("CD22", 50, True)
    # Exact interval of 100 of 200: 42.9 to 57.1.
    assert (round(antigen.interval.low, 1), round(antigen.interval.high, 1)) == (42.9, 57.1)


def test_a_negative_reading_after_inotuzumab_is_flagged(tube, flow):
    file = tube("a", positive=0.1)
    (after,) = measure_mrd([file], gates=flow(), after=["CD22"]).antigens
    (never,) = measure_mrd([file], gates=flow()).antigens
    assert (after.positive, MASKING in after.flags, MASKING in never.flags) == (False, True, False)


def test_gating_through_the_target_of_therapy_is_flagged(tube, flow):
    result = measure_mrd([tube("a")], gates=flow(), after=["CD19"])
    assert any("gated by CD19" in flag for flag in result.flags)


def test_a_marker_outside_the_panel_is_never_negative(tube, flow):
    (antigen,) = measure_mrd([tube("a", marker="CD10")], gates=flow()).antigens
    assert (antigen.positive, antigen.flags) == (None, ("not in panel",))


def test_the_threshold_from_a_negative_gate(tube, flow):
    tail = ANTIGEN_BY_NEGATIVE
    result = measure_mrd([tube("a", blasts=200)], gates=flow(tail=tail))
    (antigen,) = result.antigens
    assert antigen.percent == pytest.approx(50, abs=1)
    assert antigen.ratio > 10
    assert "CD22: threshold is the 99th percentile of gate others" in result.notes


ANTIGEN_BY_NEGATIVE = """
[[gate]]
name = "others"
kind = "boolean"
parent = "cells"
not = ["blasts"]
[[antigen]]
marker = "CD22"
of = "blasts"
negative = "others"
"""


def test_the_threshold_from_an_fmo_file(tube, flow):
    tube("fmo", blasts=1000, seed=5, positive=0.0)
    tail = '[[antigen]]\nmarker = "CD22"\nof = "blasts"\nfmo = "fmo.fcs"\n'
    result = measure_mrd([tube("a", blasts=200)], gates=flow(tail=tail))
    assert result.antigens[0].percent == pytest.approx(50, abs=1)
    assert "CD22: threshold is the 99th percentile of blasts in FMO file fmo.fcs" in result.notes


def test_files_of_one_tube_are_added(tube, flow):
    files = [tube("a", blasts=20), tube("b", blasts=25, seed=2)]
    head = "".join(entry(f"{name}.fcs", specimen="m1", tube="one") for name in "ab")
    result = measure_mrd(files, gates=flow(head))
    assert (result.level.numerator, result.level.denominator.count) == (45, 240_000)
    assert (result.specimen.id, len(result.tubes), len(result.inputs)) == ("m1", 1, 2)
    assert not any("disagree" in flag for flag in result.flags)


def test_files_of_one_tube_that_disagree_are_flagged(tube, flow):
    files = [tube("a", blasts=20), tube("b", blasts=90, seed=2)]
    result = measure_mrd(files, gates=flow())
    assert any("disagree" in flag for flag in result.flags)


@pytest.mark.parametrize(
    ("combine", "counts"), [("", (60, 120_000)), ('combine = "sum"\n', (80, 240_000))]
)
def test_tubes_stand_apart_unless_summed(tube, flow, combine, counts):
    files = [tube("a", blasts=20), tube("b", blasts=60, seed=2)]
    head = entry("a.fcs", tube="one") + entry("b.fcs", tube="two")
    result = measure_mrd(files, gates=flow(head, tail=combine))
    assert (result.level.numerator, result.level.denominator.count) == counts
    assert [(t.tube, t.level.numerator) for t in result.tubes] == [("one", 20), ("two", 60)]


def test_a_policy_named_by_the_caller_stands_above_the_file(tube, flow):
    file = tube("a")
    assert measure_mrd([file], gates=flow(), policy=EventPolicy(50, 100)).level.status == (
        "detected below LLOQ"
    )
    assert measure_mrd([file], gates=flow(), policy="iccs-mm-30-50").level.policy.name == (
        "iccs-mm-30-50"
    )


def test_insufficient_sensitivity(tube, flow):
    result = measure_mrd([tube("a", events=5000, blasts=2)], gates=flow())
    assert (result.level.status, result.level.reason) == (
        "not assessable",
        "negative with insufficient sensitivity",
    )


def test_markers_that_the_file_does_not_name(tube, flow):
    tube("a", marker="XX")
    head = entry("a.fcs") + 'markers = { "PE-A" = "CD22" }\n'
    assert measure_mrd(gates=flow(head)).antigens[0].percent == 50


def test_without_compensation(tube, flow):
    tube("a", blasts=0)
    head = entry("a.fcs", compensation="none")
    assert measure_mrd(gates=flow(head)).level.numerator == 0


def test_compensation_from_a_table(tube, flow, tmp_path):
    tube("a")
    flow()
    (tmp_path / "flow/matrix.csv").write_text("PE-A,PE-Cy7-A\n1,0.05\n0,1\n")
    head = entry("a.fcs", compensation="matrix.csv")
    assert measure_mrd(gates=flow(head)).level.numerator == 60


def test_mrd_json_is_written_whole_and_always_the_same(tube, flow, tmp_path):
    file = tube("a")
    for name in ("one", "two"):
        measure_mrd([file], gates=flow(), out=tmp_path / name)
    one, two = ((tmp_path / name / "mrd.json").read_bytes() for name in ("one", "two"))
    assert one == two
    document = json.loads(one)
    assert list(document) == FIELDS
    assert (document["numerator"], document["denominator"]) == (
        60,
        {"kind": "nucleated", "count": 120_000},
    )
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["mrd.json"]


FIELDS = [
    *("kind", "version", "notice", "specimen", "method", "approach", "numerator", "denominator"),
    *("fraction", "interval", "total_interval", "lod", "lloq", "lod95", "limit_of_blank"),
    *("predicted_lod", "policy", "status", "reason", "antigens", "aberrancies", "gates", "events"),
    *("quality", "haemodilution"),
    *("tubes", "instrument", "acquired", "flags", "notes", "inputs", "reference", "model"),
    "software",
]


def test_the_json_of_no_blasts_holds_no_zero_fraction(tube, flow):
    document = json.loads(mrd_text(measure_mrd([tube("a", blasts=0)], gates=flow())))
    assert (document["fraction"], document["status"]) == (None, "not detected")
    assert document["antigens"][0]["flags"] == ["no events in blasts"]


def test_faults_of_all_files_come_together_and_nothing_is_written(tube, flow, tmp_path):
    good, short = tube("a"), tube("b")
    short.write_bytes(short.read_bytes()[:-5000])
    tail = '[[gate]]\nname = "c"\nkind = "range"\nlimits = { "CD99" = [0, 1] }\n'
    faults = faults_of([good, short], gates=flow(tail=tail), out=tmp_path / "out")
    # The missing channel is named for both files, the truncated one too, and its line given.
    assert [(f.where, f.line) for f in faults if "CD99" in f.where] == [("gate 3, CD99", 21)] * 2
    assert [f.where for f in faults if f.file == str(short)] == ["$TOT"]
    assert not (tmp_path / "out").exists()


def test_a_matrix_that_cannot_be_inverted_is_refused(tube, flow, tmp_path):
    tube("a")
    flow()
    (tmp_path / "flow/matrix.csv").write_text("PE-A,PE-Cy7-A\n1,1\n1,1\n")
    (fault,) = faults_of(gates=flow(entry("a.fcs", compensation="matrix.csv")))
    assert fault.received == "a singular one"


def test_files_of_several_specimens_are_refused(tube, flow):
    tube("a")
    tube("b")
    head = entry("a.fcs", specimen="m1") + entry("b.fcs", specimen="m2")
    (fault,) = faults_of(gates=flow(head))
    assert fault.received == "files of several"


def test_an_fmo_file_is_no_sample(tube, flow):
    (fault,) = faults_of([tube("a")], gates=flow(entry("a.fcs", role="fmo")))
    assert fault.received == "role fmo"


def test_a_file_named_twice_is_refused(tube, flow):
    file = tube("a")
    (fault,) = faults_of([file, file], gates=flow())
    assert fault.received == "the same again"


def test_a_copy_of_a_file_is_flagged(tube, flow, tmp_path):
    file = tube("a")
    copy = tmp_path / "flow/b.fcs"
    copy.write_bytes(file.read_bytes())
    flags = measure_mrd([file, copy], gates=flow()).flags
    assert "files hold the same bytes, counted twice" in flags


def test_no_files_and_no_counts(tube, flow):
    assert faults_of(gates=flow())[0].received == "none"
    gates = '[[gate]]\nname = "cells"\nkind = "range"\nlimits = { "FSC-A" = [0, inf] }\n'
    (fault,) = faults_of([tube("a")], gates=flow(gates=gates, tail=""))
    assert fault.where == "mrd"


def test_a_scale_that_fits_no_channel_is_flagged(tube, flow):
    """CD22 has a scale, the tube has CD20 in its place; a scale of another tube is no flag."""
    flag = "scale for CD22 fits no channel"
    assert flag in measure_mrd([tube("a", marker="CD20")], gates=flow(tail="")).flags
    tube("b")
    files = entry("a.fcs", tube="1") + entry("b.fcs", tube="2")
    gates = flow(files, tail="")
    assert flag not in measure_mrd([gates.parent / "a.fcs"], gates=gates).flags


def test_a_gate_name_with_a_slash_is_counted(tube, flow):
    gates = flow(tail="")
    gates.write_text(gates.read_text().replace('"blasts"', '"CD19+/CD22-"'))
    assert measure_mrd([tube("a")], gates=gates).level.numerator == 60
