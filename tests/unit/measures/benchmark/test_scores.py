"""The scores of the benchmark over a few cases. Oracles: counts by hand, Clopper and Pearson's
published form at 0 and at n, scipy's Poisson law.
"""

import math

import numpy as np
import pytest
from scipy.stats import poisson

from residua.errors import ValueFault
from residua.measures.benchmark.acceptance import accepted
from residua.measures.benchmark.box_reader import BOX
from residua.measures.benchmark.record import Record, record_document, record_of
from residua.measures.benchmark.scores import score
from residua.measures.benchmark.tool import Staged, staged
from residua.measures.preflight.prepared import PreparedSample

GONE = "not assessable"


def case(truth, fraction=None, status="quantified", **others):
    given = {
        "case": "a", "order": 0, "tier": "4", "scenario": "plain", "laip": "p",
        "condition": "adult", "level": truth, "truth": truth, "cells": 100_000,
        "ideal_lod": 1e-5, "ideal_without": 1e-5,
        "status": status, "fraction": fraction, "lod": 1e-5, "limit_of_blank": 1e-6,
        "low": None, "high": None, "flags": ("simulated",), "reason": "", "hit": 0, "false": 0,
        "missed": 0, "seconds": 1.0,
    }  # fmt: skip
    return Record(**(given | others))


def value(name, *records, intact=()):
    return score(name, records, intact).value


def test_errors_are_of_what_was_reported_and_nothing_counts_as_half_a_cell():
    records = [case(1e-3, 2e-3), case(1e-3, 1e-3), case(1e-3, 1e-1, GONE), case(1e-4, 1.0)]
    assert value("error@1e-3", *records) == pytest.approx(math.log10(2) / 2)
    assert value("error@1e-4", case(1e-4, None, "not detected")) == pytest.approx(
        math.log10(1e-4 / 0.5e-5)
    )
    assert value("twofold", case(1e-3, 1.9e-3), case(1e-3, 2.1e-3), case(2e-5, 1.0)) == 0.5


def test_a_negative_is_silent_only_without_a_flag_and_with_the_sensitivity_for_it():
    missed = case(1e-4, None, "not detected")
    warned = case(1e-4, None, "not detected", flags=("simulated", "readers disagree"))
    insensitive = case(1e-4, None, "not detected", lod=5e-5)
    records = [missed, warned, insensitive, case(1e-4, 1e-4), case(1e-4, None, GONE)]
    silent = score("silent", records)
    assert (silent.value, silent.n) == (1 / 3, 3)
    assert score("silent", [case(1e-4, 1e-4)] * 10).high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_blanks():
    records = [
        case(0.0, None, "not detected"),
        case(0.0, 2e-5, "detected below LLOQ", flags=("second reader",)),
        case(0.0, 3e-4),
        case(0.0, None, GONE),
        case(1e-3, 1e-3),
    ]
    assert value("type-1", *records) == 2 / 3
    assert value("blanks-high", *records) == 1 / 3
    assert value("second-reader", *records) == 1 / 4
    assert value("refused-blanks", *records) == 1 / 4
    assert value("refused", *records) == 1 / 5


def test_what_is_separable_is_separable_without_the_markers_that_may_be_lost():
    records = [
        case(0.0, None, GONE, ideal_lod=2e-4),
        case(0.0, None, GONE, ideal_without=2e-4),
        case(0.0, None, "not detected"),
    ]
    assert value("refused", *records) == 0
    assert value("refused-inseparable", *records) == 1


def test_coverage_of_one_patient_is_seen_beside_that_of_all():
    good = [case(1e-4, 1e-4, low=5e-5, high=2e-4, laip="good")] * 15
    bad = [case(1e-4, 1e-4, low=2e-4, high=3e-4, laip="bad")] * 4
    bad += [case(1e-4, 1e-4, low=5e-5, high=3e-4, laip="bad")]
    few = [case(1e-4, 1e-4, laip="few")]
    assert value("coverage", *good, *bad, *few) == pytest.approx(16 / 21)
    worst = score("coverage-worst", [*good, *bad, *few])
    assert (worst.value, worst.n) == (0.2, 2)


def test_f1_needs_twenty_blasts():
    found = case(1e-3, 1e-3, hit=30, false=10, missed=10)
    assert value("f1", found, case(1e-3, 1e-3, hit=1, missed=18)) == 60 / 80
    assert value("f1-5th", found, case(1e-3, 1e-3, missed=20)) == pytest.approx(0.05 * 0.75)


def test_recall_after_loss_is_over_that_of_the_intact():
    lost = [case(1e-3, 1e-3, hit=40, missed=60), case(1e-5, 1e-5, hit=0, missed=9)]
    whole = [case(1e-3, 1e-3, hit=80, missed=20)]
    assert value("recall-ratio", *lost, intact=whole) == 0.5


def test_agreement_at_the_decision_level_leaves_the_grey_zone_out():
    records = [case(1e-3, 1e-3), case(1e-3, 5e-5), case(2e-5, 2e-4), case(1e-4, 2e-4)]
    records.append(case(0.0, None, "not detected"))
    assert [value(name, *records) for name in ("ppa", "npa", "grey")] == [0.5, 0.5, 1.0]


def test_lines_are_of_one_kind_of_clone_and_never_pooled():
    good = [case(0.0, None, "not detected")] * 60
    bad = [case(0.0, 1e-5, "detected below LLOQ", tier="6")] * 60
    lines = {(one.score, one.tier): one for one in accepted([*good, *bad], {})}
    assert lines["type-1", "4"].gate_met == "met"
    assert lines["type-1", "6"].gate_met == "not met"
    assert lines["blanks-high", "4"].gate_met == "too few"


def test_a_record_survives_its_line():
    record = case(1e-3, 1e-3, flags=("simulated", "x"))
    assert record_of(record_document(record)) == record
    with pytest.raises(ValueFault):
        record_of(record_document(record) | {"other": 1})


def sample(events, name):
    return PreparedSample(("CD10",), events, np.arange(len(events)), len(events), name)


def test_a_reader_of_steps_fits_a_laboratory_and_a_patient_once():
    calls = []

    def noted(name, result):
        return lambda *_: calls.append(name) or result

    read = staged(Staged(noted("reference", 1), noted("patient", 2), noted("measure", 3)))
    one, other = (sample(np.zeros((2, 1), np.float32), name) for name in "ab")
    for after in ((), (), ("CD19",)):
        assert read([one], [other], other, after=after, reviewed=False) == 3
    assert calls == ["reference", "patient", "measure", "measure", "patient", "measure"]


def test_the_limit_of_the_box_is_what_the_poisson_law_says():
    random = np.random.default_rng(1)
    blasts = random.normal(2.0, 0.1, (5000, 1)).astype(np.float32)
    normals = [sample(np.zeros((50_000, 1), np.float32), f"n{n}") for n in range(3)]
    found = staged(BOX)(normals, [sample(blasts, "d")], normals[0], after=(), reviewed=False)
    assert (found.status, found.limit_of_blank) == ("not assessable", 0.0)
    assert poisson.sf(9, found.lod * 50_000) == pytest.approx(0.95)
    mixed = sample(np.concatenate([normals[0].events, blasts[:100]]), "f")
    found = staged(BOX)(normals, [sample(blasts, "d")], mixed, after=(), reviewed=False)
    assert found.status == "quantified"
    assert found.fraction == pytest.approx(100 / 50_100, rel=0.05)
    assert found.blasts[:50_000].sum() == 0
    with pytest.raises(ValueFault):
        staged(BOX)(normals, [], mixed, after=(), reviewed=False)
