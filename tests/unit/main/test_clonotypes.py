"""``residua clonotypes``. Oracle: the reads as written here, divided by hand."""

from __future__ import annotations

import json

import pytest

from residua.errors import InputError, UsageError
from residua.main.clonotypes import cell_levels, follow_clonotypes
from residua.views.clonotypes_export import clonotypes_document, clonotypes_text

AIRR = """sequence_id\tv_call\tj_call\tjunction\tjunction_aa\tduplicate_count\trepertoire_id\tdate
a\tIGHV3-23*01\tIGHJ4*02\tTGTGCG\tCA\t900\tdiagnosis\t2019-02-11
b\tIGHV3-23*04\tIGHJ4*02\tTGTGCG\tCA\t50\tdiagnosis\t2019-02-11
c\tIGHV1-2*01\tIGHJ6*01\tTGTAAA\tCK\t50\tdiagnosis\t2019-02-11
d\tIGHV1-2*01\t\t\t\t500\tdiagnosis\t2019-02-11
e\tIGHV1-2*01\tIGHJ6*01\tTGTAAA\tCK\t400\tfollow-up\t2019-08-01
"""
CLONE = "IGHV3-23|TGTGCG|IGHJ4"
VIDJIL = {
    "vidjil_json_version": "2016b",
    "samples": {"number": 2, "original_names": ["dx", "fu"], "timestamp": ["2019-02-11", ""]},
    "reads": {"total": [1200, 900], "segmented": [1000, 800]},
    "clones": [
        {"id": "TGT-1", "name": "IGHV3-23 4/2/3 IGHJ4", "reads": [950, 0], "top": 1},
        {"id": "TGT-2", "reads": [50, 400]},
    ],
}


@pytest.fixture
def airr(tmp_path):
    path = tmp_path / "clonotypes.tsv"
    path.write_text(AIRR, "utf-8")
    return path


@pytest.fixture
def vidjil(tmp_path):
    path = tmp_path / "run.vidjil"
    path.write_text(json.dumps(VIDJIL), "utf-8")
    return path


def _told(document):
    return [(s["sample"], s["date"], s["reads"], _clones(s)) for s in document["samples"]]


def _clones(sample):
    return [(c["id"], c["reads"], c["fraction"]) for c in sample["clones"]]


def test_airr_rows_of_one_rearrangement_are_one_clone(airr):
    """Alleles apart, 900 + 50 of 1000 segmented reads; a row without J call is none of them."""
    assert _told(clonotypes_document(follow_clonotypes(airr))) == [
        ("diagnosis", "2019-02-11", 1000, [(CLONE, 950, 0.95), ("IGHV1-2|TGTAAA|IGHJ6", 50, 0.05)]),
        ("follow-up", "2019-08-01", 400, [("IGHV1-2|TGTAAA|IGHJ6", 400, 1.0)]),
    ]


def test_vidjil_shares_are_of_the_segmented_reads(vidjil):
    assert _told(clonotypes_document(follow_clonotypes(vidjil))) == [
        ("dx", "2019-02-11", 1000, [("TGT-1", 950, 0.95), ("TGT-2", 50, 0.05)]),
        ("fu", None, 800, [("TGT-2", 400, 0.5)]),
    ]


@pytest.mark.parametrize(
    ("cells", "status", "reason"),
    [
        (None, "not assessable", "the input cells not stated"),
        (19_000, "not detected", "no reads"),
        (18_999, "not assessable", "negative with insufficient sensitivity"),
    ],
)
def test_an_absent_clone_needs_sensitivity(vidjil, cells, status, reason):
    """1.90 cells of 19 000 are exactly 1e-4."""
    first, second = follow_clonotypes(vidjil, clone="TGT-1", cells=cells)
    assert first.clones[0].status == "positive"
    assert second.clones[0].status == status
    assert reason in second.clones[0].reason


def test_limits_follow_from_the_input(airr):
    (sample, _) = clonotypes_document(follow_clonotypes(airr, cells=3e6))["samples"]
    assert sample["lod"] == pytest.approx(1.9 / 3e6)
    assert sample["lloq"] == pytest.approx(2.39 / 3e6)


def test_the_text_says_what_a_share_is(airr):
    text = clonotypes_text(follow_clonotypes(airr))
    assert "diagnosis, 2019-02-11: 1000 segmented reads" in text
    assert "not of cells" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ("[]", "a Vidjil analysis"),
        ('{"reads": {"segmented": [1]}, "clones": [{"id": "a", "reads": [2]}]}', "at most"),
        ('{"reads": {"segmented": [1]}, "clones": [{"id": "a", "reads": [1, 2]}]}', "reads of 1"),
        ('{"reads": {"segmented": [true]}, "clones": []}', "a whole number"),
        ('{"reads": {"segmented": [1]}, "clones": [{"reads": [1]}]}', "a clone with an id"),
        ('{"reads": {"segmented": [1]}, "clones": {}}', "a list"),
        ("a\tb\n1\t2\n", "v_call and j_call"),
        ("v_call\tj_call\tduplicate_count\nIGHV1\tIGHJ1\tmany\n", "a whole number of reads"),
        ("", ""),
    ],
)
def test_other_files_are_refused_by_name(tmp_path, text, words):
    path = tmp_path / "some.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        follow_clonotypes(path)
    assert "some.tsv" in str(caught.value)
    assert words in str(caught.value)


def test_a_clone_that_is_nowhere_and_cells_that_cannot_be(vidjil):
    for options in ({"clone": "x"}, {"cells": 0.0}, {"cells": float("nan")}):
        with pytest.raises(UsageError):
            follow_clonotypes(vidjil, **options)


def test_a_table_of_cells_is_told_apart_from_reads(tmp_path):
    """7 of 1.5 million cells, by hand 4.67e-6."""
    file = tmp_path / "cells.csv"
    file.write_text("sample,clone,cells,total_cells\nd28,c1,7,1500000\n")
    (level,) = cell_levels(file)
    assert level.fraction == pytest.approx(7 / 1.5e6)
    file.write_text("v_call,j_call\nIGHV1,IGHJ1\n")
    assert cell_levels(file) is None
