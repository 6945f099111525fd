"""Clonotypes of a diagnosis followed by reads. Oracle: shares counted by hand."""

from residua.facts.clonotype import Clone, ClonotypeSample
from residua.measures.index_clones import index_clones, levels_by_reads
from residua.standards.rulebook import load

BOOK = load("clonotypes")
DIAGNOSIS = ClonotypeSample(
    "dx", "", 1000, (Clone("a", "IGH a", 700), Clone("b", "", 50), Clone("c", "", 49))
)


def test_five_per_cent_of_the_reads_is_enough():
    assert index_clones(DIAGNOSIS, BOOK) == ("a", "b")


def test_reads_make_a_sample_positive_without_a_number():
    later = ClonotypeSample("d28", "", 20000, (Clone("a", "IGH a", 4), Clone("z", "", 900)))
    (level,) = levels_by_reads([later], ("a", "b"))
    assert (level.status, level.fraction, level.kind) == ("positive", None, "reads")
    assert level.reason == "0.0002 of the segmented reads, not of cells"


def test_no_reads_of_it_say_nothing():
    for sample in (
        ClonotypeSample("d28", "", 20000, (Clone("z", "", 900),)),
        ClonotypeSample("d56", "", 0, ()),
    ):
        (level,) = levels_by_reads([sample], ("a", "b"))
        assert level.status == "not assessable"
        assert level.reason
