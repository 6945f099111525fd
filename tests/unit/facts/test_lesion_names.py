"""Names of lesions. Oracle: the nomenclature of fusions and translocations, by hand."""

import pytest

from residua.facts.lesion_names import lesion_table, read_lesion

SPELLINGS = {
    "bcr-abl1": ["BCR::ABL1", "BCR-ABL1", "BCR/ABL1", "t(9;22)(q34;q11)", "Ph+", "Ph-positive"],
    "ph-like": ["Ph-like", "BCR::ABL1-like", "Philadelphia-like"],
    "kmt2a-r": ["KMT2A", "KMT2A-r", "KMT2A::AFF1", "MLL-AF4", "t(4;11)(q21;q23)"],
    "etv6-runx1": ["ETV6::RUNX1", "TEL-AML1", "t(12;21)"],
    "dux4-r": ["DUX4-r", "IGH::DUX4", "DUX4::IGH"],
    "znf384-r": ["EP300::ZNF384", "ZNF384 rearrangement"],
    "ikzf1": ["IKZF1", "IKZF1 deletion"],
    "ikzf1plus": ["IKZF1plus", "IKZF1 plus"],
    "pax5-p80r": ["PAX5 P80R", "PAX5 p.P80R"],
    "hyperdiploidy": ["high hyperdiploidy", "hyperdiploidy 51-65"],
}


@pytest.mark.parametrize(("key", "text"), [(k, t) for k, ts in SPELLINGS.items() for t in ts])
def test_spellings(key, text):
    assert read_lesion(text).lesions[0] == key


@pytest.mark.parametrize(
    "text",
    [
        "no BCR::ABL1",
        "KMT2A-PTD",
        "NRAS G12D",
        "CRLF2",
        "hyperdiploidy",
        "BCR::ABL1 negative",
        "trisomy 8",
        "trisomy 21",
    ],
)
def test_what_is_no_lesion_of_the_table(text):
    """A denied name, a mutation of another kind, and hyperdiploidy that may be of 47-50."""
    assert not read_lesion(text).known


def test_a_narrower_lesion_is_also_the_wider_one():
    assert set(read_lesion("IGH::MYC").lesions) == {"igh-myc", "igh-r", "myc-r"}
    assert set(read_lesion("IKZF1plus").lesions) == {"ikzf1plus", "ikzf1"}
    assert "igh-r" not in read_lesion("DUX4::IGH").lesions


def test_a_number_stands_in_place_of_the_word():
    assert read_lesion("hypodiploidy, 44 chromosomes").counts == (("chromosomes", 44),)
    assert read_lesion("complex karyotype (5 abnormalities)").counts == (("abnormalities", 5),)
    assert not read_lesion("hypodiploidy, 44 chromosomes").lesions
    assert not read_lesion("38-39 chromosomes").counts


def test_what_a_lesion_implies_is_in_the_table():
    table = lesion_table()
    assert all(other in table for lesion in table.values() for other in lesion.implies)
