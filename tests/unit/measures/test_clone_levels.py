"""MRD by sequencing with a spike-in.

Oracles: the limits 1.90 and 2.39 cells as ratios of the input by hand; Garwood's interval by
chi-square, chi2.ppf(0.025, 2k)/2 and chi2.ppf(0.975, 2k + 2)/2.
"""

import pytest
from scipy.stats import chi2

from residua.errors import InputError, ValueFault
from residua.facts.clonotype import CloneCells
from residua.measures.clone_levels import clone_levels, poisson_interval
from residua.readers.clone_cells import clone_cells
from residua.standards.rulebook import load

BOOK = load("clonotypes")


def _level(cells, total=1.5e6, **rest):
    (level,) = clone_levels([CloneCells("s", "", "c1", "IGH", cells, total)], BOOK, **rest)
    return level


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (0.0, "not detected"),
        (1.89, "not detected"),
        (1.90, "detected below LLOQ"),
        (2.38, "detected below LLOQ"),
        (2.39, "quantified"),
        (400.0, "quantified"),
    ],
)
def test_status_at_the_limits(cells, status):
    level = _level(cells)
    assert level.status == status
    assert level.lod == pytest.approx(1.90 / 1.5e6)
    assert level.lloq == pytest.approx(2.39 / 1.5e6)


def test_the_interval_is_garwoods():
    assert poisson_interval(7) == pytest.approx((chi2.ppf(0.025, 14) / 2, chi2.ppf(0.975, 16) / 2))
    level = _level(7)
    assert level.fraction == pytest.approx(7 / 1.5e6)
    assert level.interval.low == pytest.approx(chi2.ppf(0.025, 14) / 2 / 1.5e6)


def test_a_negative_of_few_cells_is_not_assessable():
    """1.90 of 18 999 is above 1e-4, of 19 000 exactly there."""
    assert _level(0, 18999).status == "not assessable"
    assert _level(0, 19000).status == "not detected"
    assert _level(5, 18999).status == "quantified"


def test_the_highest_sequence_tells_and_none_are_added():
    rows = [CloneCells("s", "", n, "IGH", c, 1e6) for n, c in (("a", 5.0), ("b", 9.0))]
    (level,) = clone_levels(rows, BOOK)
    assert level.fraction == pytest.approx(9e-6)
    assert level.flags == ("the highest of 2 sequences",)


def test_more_clonal_cells_than_cells():
    with pytest.raises(ValueFault):
        CloneCells("s", "", "c", "", 11.0, 10.0)


def test_the_table_and_its_faults():
    head = "sample,date,clone,locus,cells,total_cells\n"
    rows = clone_cells((head + "d28,2024-05-01,c1,IGH,7,1500000\n").encode(), name="n.csv")
    assert rows == (CloneCells("d28", "2024-05-01", "c1", "IGH", 7.0, 1.5e6),)
    for text, said in (
        (head + "d28,,c1,IGH,7,5\n", "at most all nucleated"),
        (head + "d28,,c1,IGH,x,5\n", "a text"),
        (head + "d28,,c1,IGH,1,5\nd28,,c1,IGH,1,5\n", "one twice"),
        (head, "at least one sample"),
        (head.replace("clone,", ""), "column 'clone'"),
    ):
        with pytest.raises(InputError, match=said):
            clone_cells(text.encode(), name="n.csv")
