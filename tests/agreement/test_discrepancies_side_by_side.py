"""The numbered discrepancies side by side: what the paper says, of whom, what the source says.

Oracle: the numbered list of discrepancies of the antigen and MRD sheet, its words written down
again here without the citation files; every field of a record is held against it.
"""

from __future__ import annotations

import pytest

from residua.standards.citing import paper_with

PAPER = paper_with("doi:10.1002/ccr3.8289")
SIDES = [  # number, record, what the paper says, whom it cites, what the source says
    (1, "cr-cri-introduction", "73.8 vs 30.9 % (p<0.0001)", "reference 3", "80.7 vs 29.4 %"),
    (2, "cr-cri-discussion", "80.7 vs 29.4 %", "reference 10", "73.8 vs 30.9 %"),
    (2, "pfs-discussion", "5 vs 1.8 months", "reference 10", "5.0 vs 1.7 months"),
    (
        2,
        "os-discussion",
        "7.7 vs 6.7 months, HR 0.77",
        "reference 10",
        "7.7 vs 6.2 months, HR 0.75",
    ),
    (3, "os-significant", "significantly longer", "INO-VATE", "one-sided P=.0105"),
    (3, "os-significant", "significantly longer", "INO-VATE", "boundary .0208, not crossed"),
    (3, "cr-or-cri", "complete remission", "INO-VATE", "35.8 vs 17.4 %"),
    (4, "thrombocytopenia", "37 vs 59 %, called significantly lower", "reference 10", "42 vs 59 %"),
    (4, "febrile-neutropenia", "24 vs 49 %", "reference 10", "11.6 vs 18.9 %"),
    (4, "febrile-neutropenia", "24 vs 49 %", "reference 10", "26 vs 53 %"),
    (5, "mrd-of-164", "76 of 164", "not recorded", "76 of 121 responders (62.8 %)"),
    (5, "mrd-of-164", "until the end of follow-up", "not recorded", "end of treatment"),
    (6, "paediatric-mrd", "18 of 27", "no source", "37.5 % of 48"),
    (7, "wiley", "Wiley", "reference 12", "Papayannidis"),
    (8, "second-car-t", "21 %", "Gauthier 2021", "3 of 14"),
    (9, "blinatumomab-approval", "blinatumomab for MRD", "Topp 2014", "BLAST: 88 of 113 (78 %)"),
    (10, "historic-salvage", "18-44 %", "Bassan", "no such figure"),
    (12, "cd22-expression", ">90 %", "Lanza 2020", "60-90 %"),
    (19, "conditioning", "haploidentical", "reference 8", "autologous transplants in lymphoma"),
    (23, "vod-unique", "unique", "not recorded", "3 of 143 (2.1 %)"),
    (23, "adc-wording", "ADC-conjugated", "no source", "conjugate itself"),
    (23, "preoperative-wording", "conventional and preoperative", "no source", "pre-emptive"),
    (23, "relapse-wording", "morphological and haematological", "no source", "one term"),
]


@pytest.mark.parametrize(
    ("number", "name", "says", "cited", "source"),
    SIDES,
    ids=[f"discrepancy-{number}-{name}-{at}" for at, (number, name, *_) in enumerate(SIDES)],
)
def test_both_sides_stand_in_the_record(number, name, says, cited, source) -> None:
    record = next(one for one in PAPER.cited if one.id == name)
    assert record.number == number
    assert says in record.says
    assert cited in record.attributed_to
    assert source in record.source_says


def test_every_numbered_record_is_held_here() -> None:
    assert {one.id for one in PAPER.cited if one.number} == {name for _, name, *_ in SIDES}
