"""Clusters that no normal explains. Oracle: `made_normals`, where each cell's kind is known."""

import made_normals as made
import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.novelty.background import fit_background
from residua.measures.novelty.clusters import find_clusters
from residua.measures.novelty.novelty import fit_novelty
from residua.measures.novelty.territory import rows_of, territory_of


@pytest.fixture(scope="module")
def novelty():
    return fit_novelty(made.reference([made.normal(seed) for seed in range(6)]), seed=1)


def test_an_unknown_clone_is_found_and_named(novelty):
    """30 blasts of 0.25 %: one cluster, nearly of them alone, and the antigens they were given."""
    events = np.concatenate([made.normal(50), made.blasts(51, 30)])
    (found,) = find_clusters(events, novelty)
    assert found.strength > 1
    blasts = found.rows >= made.CELLS
    assert blasts.sum() >= 28
    assert np.mean(blasts) > 0.95
    assert found.fraction == pytest.approx(30 / len(events), rel=0.1)
    sd = 1.3 * made.SPREAD / np.sqrt(30)
    assert (np.abs(found.centre - made.CLONE) < 4 * sd).all()
    told = {words.split()[0]: "above" in words for words in found.stands_out}
    assert told["CD10"]
    assert not told["CD38"]
    assert "CD19" not in told


def test_normals_that_the_search_has_not_seen_hold_no_cluster(novelty):
    assert [find_clusters(made.normal(seed), novelty) for seed in range(60, 66)] == [()] * 6


def test_more_of_a_normal_population_is_no_cluster(novelty):
    """Three times the precursors, as in a regenerating marrow: all are where normals have them."""
    many = made.normal(70)
    early = made.CENTRES[5] + made.random_of(71).normal(size=(720, 7)) * made.SPREAD
    assert find_clusters(np.concatenate([many, early.astype(np.float32)]), novelty) == ()


def test_where_blasts_outnumber_all_else_they_are_counted_still(novelty):
    """9000 of 21 000 cells, more than a search looks at: within 5 %."""
    events = np.concatenate([made.normal(75), made.blasts(76, 9000)])
    found = find_clusters(events, novelty)[0]
    assert found.fraction == pytest.approx(9000 / len(events), rel=0.05)
    assert np.mean(found.rows >= made.CELLS) > 0.99


def test_a_marrow_without_b_cells_holds_no_cluster(novelty):
    other = np.repeat(made.CENTRES[:3].astype(np.float32), 50, axis=0)
    assert find_clusters(other, novelty) == ()


def test_a_few_events_far_away_are_no_cluster(novelty):
    far = np.repeat(made.CLONE[None] + 0.5, 6, axis=0).astype(np.float32)
    assert find_clusters(np.concatenate([made.normal(80), far]), novelty) == ()


def test_a_clone_that_lost_cd19_is_found(novelty):
    lost = made.blasts(91, 30)
    lost[:, 3] -= 1.1
    (found,) = find_clusters(np.concatenate([made.normal(90), lost]), novelty)
    assert any(words.startswith("CD19") and "below" in words for words in found.stands_out)


def test_what_blanks_reach_grows_with_the_cells_and_never_falls(novelty):
    assert novelty.highest(3 * made.CELLS) == pytest.approx(3 * novelty.highest(made.CELLS))
    assert novelty.highest(made.CELLS // 2) == novelty.highest(made.CELLS)


def test_the_same_events_give_the_same_background(novelty):
    inside = made.normal(1)
    inside = inside[rows_of(novelty.background.territory, inside)]
    once, again = (
        fit_background(made.DIMENSIONS, novelty.background.territory, [inside], seed=1)
        for _ in range(2)
    )
    assert np.array_equal(once.normal.covariances, again.normal.covariances)


def test_the_territory_holds_b_cells_and_precursors_only():
    """By the populations that events were drawn from: B cells and both precursors are in."""
    territory = territory_of(made.DIMENSIONS, made.normal(1))
    inside = rows_of(territory, made.CENTRES.astype(np.float32))
    assert inside.tolist() == [3, 4, 5]


def test_what_cannot_be_searched_is_refused(novelty):
    with pytest.raises(ValueFault, match="at least 6 normals"):
        fit_novelty(made.reference([made.normal(1)]), seed=1)
    with pytest.raises(ValueFault, match="SSC-A"):
        territory_of(("FSC-A", "CD3"), np.zeros((10, 2), np.float32))
    with pytest.raises(ValueFault, match="dimensions of the reference"):
        find_clusters(np.zeros((10, 3), np.float32), novelty)
