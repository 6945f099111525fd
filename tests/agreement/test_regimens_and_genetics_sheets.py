"""Regimens and classes of genetic risk against an independent transcription of the fact sheets.

Oracle: every schedule of treatment A (with the corrections 2.8 to 2.11) and the genetic lists of
treatment F1 and correction 2.14, written down again here from the sheets without the rule files.
"""

from __future__ import annotations

import pytest

from residua.facts.lesion_names import lesion_table, read_lesion
from residua.facts.quantity import Quantity
from residua.standards.genetic_risk import Lesions, count, eln, nccn
from residua.standards.regimen_shelf import load_regimen, regimen_names

q = Quantity.parse
INO, DLI, CELLS = "inotuzumab ozogamicin", "donor lymphocytes (CD3+)", "anti-CD19 CAR-T cells"
DOSES = [  # section, regimen, drug, dose, most of a range, days, every
    ("A1 seed", "hyper-cvad-a-huang-2023", "cyclophosphamide", "300 mg/m2", "", "1 2 3", "12 h"),
    ("A1 seed", "hyper-cvad-a-huang-2023", "vincristine", "1.4 mg/m2", "", "4 11", ""),
    ("A1 seed", "hyper-cvad-a-huang-2023", "doxorubicin", "50 mg/m2", "", "4", ""),
    ("A1 seed", "hyper-cvad-a-huang-2023", "dexamethasone", "40 mg", "", "1 2 3 4 11 12 13 14", ""),
    ("A1", "hyper-cvad-a", "cyclophosphamide", "300 mg/m2", "", "1 2 3", "12 h"),
    ("A1", "hyper-cvad-a", "mesna", "600 mg/m2/d", "", "1 2 3", ""),
    ("A1", "hyper-cvad-a", "vincristine", "2 mg", "", "4 11", ""),
    ("A1", "hyper-cvad-a", "doxorubicin", "50 mg/m2", "", "4", ""),
    ("A1", "hyper-cvad-a", "dexamethasone", "40 mg", "", "1 2 3 4 11 12 13 14", ""),
    ("A1", "hyper-cvad-a", "methotrexate", "12 mg", "", "2", ""),
    ("A1", "hyper-cvad-a", "cytarabine", "100 mg", "", "7", ""),
    ("A1", "hyper-cvad-a", "rituximab", "375 mg/m2", "", "1 11", ""),
    ("A1", "hyper-cvad-b", "methotrexate", "200 mg/m2", "", "1", ""),
    ("A1", "hyper-cvad-b", "methotrexate", "800 mg/m2", "", "1", ""),
    ("A1", "hyper-cvad-b", "leucovorin", "50 mg", "", "", ""),
    ("A1", "hyper-cvad-b", "leucovorin", "15 mg", "", "", "6 h"),
    ("A1", "hyper-cvad-b", "cytarabine", "3 g/m2", "", "2 3", "12 h"),
    ("A1", "hyper-cvad-b", "cytarabine", "1 g/m2", "", "2 3", "12 h"),
    ("A1", "hyper-cvad-b", "methylprednisolone", "50 mg", "", "1 2 3", "12 h"),
    ("A1", "hyper-cvad-b", "rituximab", "375 mg/m2", "", "1 8", ""),
    ("A1", "it-hyper-cvad", "methotrexate", "12 mg", "", "2", ""),
    ("A1", "it-hyper-cvad", "cytarabine", "100 mg", "", "7", ""),
    ("A2", "ida-peg-dex", "idarubicin", "10 mg", "", "1", ""),
    ("A2", "ida-peg-dex", "pegaspargase", "3750 U", "", "1", ""),
    ("A2", "ida-peg-dex", "dexamethasone", "15 mg", "", " ".join(map(str, range(1, 15))), ""),
    ("A2", "hdmtx-vcr-dex", "methotrexate", "2 g/m2", "", "1", ""),
    ("A2", "hdmtx-vcr-dex", "vincristine", "1.4 mg/m2", "", "1", ""),
    ("A2", "hdmtx-vcr-dex", "dexamethasone", "15 mg", "", "1 2 3 4 5 6 7", ""),
    ("A2", "hdac", "cytarabine", "2 g/m2", "", "1 2 3", "12 h"),
    ("A2", "ino-huang-2023", INO, "0.8 mg/m2", "", "1", ""),
    ("A2", "ino-huang-2023", INO, "0.5 mg/m2", "", "8 15", ""),
    ("A2", "cd19-car-t-huang-2023", CELLS, "1e6 /kg", "", "0", ""),
    ("A2", "pegaspargase-label", "pegaspargase", "2500 [IU]/m2", "", "1", ""),
    ("A2", "pegaspargase-label", "pegaspargase", "2000 [IU]/m2", "", "1", ""),
    ("A3", "mbucy-pmc4944894", "cytarabine", "2 g/m2/d", "4 g/m2/d", "-10 -9", ""),
    ("A3", "mbucy-beijing", "cytarabine", "4 g/m2/d", "", "-10 -9", ""),
    ("A3", "mbucy-beijing", "busulfan", "0.8 mg/kg", "", "-8 -7 -6", "6 h"),
    ("A3", "mbucy-beijing", "cyclophosphamide", "1.8 g/m2/d", "", "-5 -4", ""),
    ("A3", "mbucy-beijing", "semustine", "250 mg/m2", "", "-3", ""),
    ("A3", "mbucy-beijing", "rabbit antithymocyte globulin", "2.5 mg/kg/d", "", "-5 -4 -3 -2", ""),
    ("A3", "csa-mmf-mtx-beijing", "ciclosporin", "2.5 mg/kg/d", "3 mg/kg/d", "-9", ""),
    ("A3", "csa-mmf-mtx-beijing", "mycophenolate", "0.5 g", "", "-9", "12 h"),
    ("A3", "csa-mmf-mtx-beijing", "methotrexate", "15 mg/m2", "", "1", ""),
    ("A3", "csa-mmf-mtx-beijing", "methotrexate", "10 mg/m2", "", "3 6 11", ""),
    ("A4", "tisagenlecleucel", "fludarabine", "30 mg/m2", "", "", ""),
    ("A4", "tisagenlecleucel", "cyclophosphamide", "500 mg/m2", "", "", ""),
    ("A4", "tisagenlecleucel", "tisagenlecleucel", "0.2e6 /kg", "5.0e6 /kg", "0", ""),
    ("A4", "tisagenlecleucel", "tisagenlecleucel", "0.1e8 {cells}", "2.5e8 {cells}", "0", ""),
    ("A4", "brexucabtagene-all", "fludarabine", "25 mg/m2", "", "-4 -3 -2", ""),
    ("A4", "brexucabtagene-all", "cyclophosphamide", "900 mg/m2", "", "-2", ""),
    ("A4", "brexucabtagene-all", "brexucabtagene autoleucel", "1e6 /kg", "", "0", ""),
    ("A4", "brexucabtagene-mcl", "cyclophosphamide", "500 mg/m2", "", "-5 -4 -3", ""),
    ("A4", "brexucabtagene-mcl", "fludarabine", "30 mg/m2", "", "-5 -4 -3", ""),
    ("A4", "brexucabtagene-mcl", "brexucabtagene autoleucel", "2e6 /kg", "", "0", ""),
    ("A4", "lymphodepletion-flu-cy-china", "fludarabine", "30 mg/m2", "", "", ""),
    ("A4", "lymphodepletion-flu-cy-china", "cyclophosphamide", "300 mg/m2", "", "", ""),
    ("A4", "tocilizumab-crs", "tocilizumab", "8 mg/kg", "", "", ""),
    ("A4", "tocilizumab-crs", "tocilizumab", "12 mg/kg", "", "", ""),
    ("mrd D", "cd19-car-t-nct03919240", "fludarabine", "30 mg/m2", "", "-5 -4 -3", ""),
    ("mrd D", "cd19-car-t-nct03919240", "cyclophosphamide", "300 mg/m2", "", "-5 -4 -3", ""),
    ("mrd D", "cd19-car-t-nct03919240", CELLS, "5e6 /kg", "10e6 /kg", "0", ""),
    ("A5", "ino-label", INO, "0.8 mg/m2", "", "1", ""),
    ("A5", "ino-label", INO, "0.5 mg/m2", "", "8 15", ""),
    ("A5", "ino-label", INO, "0.5 mg/m2", "", "1 8 15", ""),
    ("A6", "ino-low-dose-mrd", INO, "0.6 mg/m2", "", "1", ""),
    ("A6", "ino-low-dose-mrd", INO, "0.3 mg/m2", "", "8", ""),
    ("A6", "ino-low-dose-mrd", INO, "0.3 mg/m2", "", "1 8", ""),
    ("A6", "mini-hyper-cvd-ino", INO, "0.6 mg/m2", "", "2", ""),
    ("A6", "mini-hyper-cvd-ino", INO, "0.3 mg/m2", "", "8", ""),
    ("A6", "mini-hyper-cvd-ino", INO, "0.3 mg/m2", "", "2 8", ""),
    ("A6", "mini-hyper-cvd-ino", "cyclophosphamide", "150 mg/m2", "", "1 2 3", "12 h"),
    ("A6", "mini-hyper-cvd-ino", "vincristine", "2 mg", "", "1 8", ""),
    ("A6", "mini-hyper-cvd-ino", "dexamethasone", "20 mg", "", "1 2 3 4 11 12 13 14", ""),
    ("A6", "mini-hyper-cvd-ino", "methotrexate", "250 mg/m2", "", "1", ""),
    ("A6", "mini-hyper-cvd-ino", "cytarabine", "0.5 g/m2", "", "2 3", "12 h"),
    ("A6", "ino-maintenance-post-hsct", INO, "0.3 mg/m2", "0.6 mg/m2", "1", ""),
    ("A6", "ino-single-dose", INO, "1.3 mg/m2", "1.8 mg/m2", "1", ""),
    ("A6", "ino-itcc-059-dl1", INO, "0.6 mg/m2", "", "", ""),
    ("A6", "ino-itcc-059-dl1", INO, "0.4 mg/m2", "", "", ""),
    ("A6", "ino-phase-1-2", INO, "1.8 mg/m2", "", "", ""),
    ("A6", "ino-phase-1-2", INO, "1.6 mg/m2", "", "", ""),
    ("verified 2.9", "ino-nct03677596", INO, "1.2 mg/m2", "", "", ""),
    ("verified 2.10", "ursodiol-ruutu-2002", "ursodeoxycholic acid", "12 mg/kg/d", "", "", ""),
    ("verified 2.10", "ursodiol-essell-1998", "ursodeoxycholic acid", "300 mg", "", "", ""),
    ("verified 2.10", "ursodiol-essell-1998", "ursodeoxycholic acid", "600 mg", "", "", ""),
    ("verified 2.11", "dli-pre-emptive", DLI, "1e6 /kg", "", "0", ""),
    ("verified 2.11", "dli-pre-emptive", DLI, "1e5 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-ptcy", DLI, "5e5 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-ptcy", DLI, "1e6 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-ptcy", DLI, "5e6 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-tcr-depleted", DLI, "1e5 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-tcr-depleted", DLI, "1e6 /kg", "", "0", ""),
    ("verified 2.11", "dli-haplo-tcr-depleted", DLI, "1e7 /kg", "", "0", ""),
    ("A9", "dli-therapeutic", DLI, "5e6 /kg", "1e7 /kg", "0", ""),
    ("A9", "dli-therapeutic", DLI, "1e6 /kg", "5e6 /kg", "0", ""),
    ("A9", "dli-therapeutic", DLI, "1e6 /kg", "", "0", ""),
]
RANGE = " ".join(map(str, range(1, 29)))
BLINATUMOMAB = [  # A8: regimen, dose, days
    ("blinatumomab-mrd", "28 ug/d", RANGE),
    ("blinatumomab-mrd", "15 ug/m2/d", RANGE),
    ("blinatumomab-rr", "9 ug/d", "1 2 3 4 5 6 7"),
    ("blinatumomab-rr", "5 ug/m2/d", "1 2 3 4 5 6 7"),
    ("blinatumomab-rr", "28 ug/d", " ".join(map(str, range(8, 29)))),
    ("blinatumomab-rr", "15 ug/m2/d", " ".join(map(str, range(8, 29)))),
    ("blinatumomab-rr", "28 ug/d", RANGE),
    ("blinatumomab-rr", "15 ug/m2/d", RANGE),
]
DOSES += [("A8", n, "blinatumomab", dose, "", days, "") for n, dose, days in BLINATUMOMAB]
WITHOUT_DOSES = ["mbucy-huang-2023", "csa-mmf-mtx-huang-2023", "it-mtx-huang-2023"]
RULES = [  # section, regimen, words that a rule must hold
    ("A5", "ino-label", "at least 6 days apart"),
    ("A5", "ino-label", "10 000/mm3"),
    ("A5", "ino-label", "stop where 3 cycles gave no CR or CRi"),
    ("verified 2.8", "ino-label", "not both CR or CRi and MRD negativity"),
    ("A5", "ino-label", "at most 6 cycles"),
    ("A5", "ino-label", "not held for neutropenia"),
    ("A5", "ino-label", "never raised again"),
    ("verified 3.8", "ino-label", "any one of"),
    ("A5", "ino-label", "CTCAE 3.0"),
    ("A8", "blinatumomab-mrd", "first 3 days of cycle 1"),
    ("A8", "blinatumomab-rr", "first 9 days of cycle 1"),
    ("A8", "blinatumomab-rr", "50 %"),
    ("A8", "blinatumomab-mrd", "prednisone 100 mg"),
    ("A8", "blinatumomab-rr", "dexamethasone 20 mg"),
    ("A4", "brexucabtagene-all", "14 days"),
    ("A9", "dli-pre-emptive", "below 10e7"),
    ("A1", "hyper-cvad-b", "0.1 umol/L"),
    ("A1", "it-hyper-cvad", "high 8"),
]


def of(row):
    return " ".join(str(part) for part in row[:4])


@pytest.mark.parametrize(("section", "name", "drug", "dose", "most", "days", "every"), DOSES)
def test_a_dose_of_the_sheet(section, name, drug, dose, most, days, every) -> None:
    wanted = (q(dose), q(most) if most else None, tuple(map(int, days.split())))
    found = [
        (line.dose, line.up_to, line.days, line.every)
        for line in load_regimen(name).doses
        if line.drug == drug
    ]
    assert (*wanted, q(every) if every else None) in found, section


def test_no_dose_stands_in_a_regimen_that_the_sheet_does_not_have() -> None:
    """The other way round: each encoded dose is one of those above."""
    written = {(name, drug, q(dose)) for _, name, drug, dose, *_ in DOSES}
    encoded = {
        (name, line.drug, line.dose)
        for name in regimen_names()
        for line in load_regimen(name).doses
        if line.dose is not None
    }
    assert encoded <= written | {
        ("hyper-cvad-b", "methotrexate", q("12 mg")),  # intrathecal, as in part A
        ("hyper-cvad-b", "cytarabine", q("100 mg")),
    }


@pytest.mark.parametrize("name", WITHOUT_DOSES)
def test_what_the_case_does_not_state_has_no_dose(name) -> None:
    assert all(line.dose is None for line in load_regimen(name).doses)


@pytest.mark.parametrize(("section", "name", "words"), RULES, ids=map(of, RULES))
def test_a_rule_of_the_sheet(section, name, words) -> None:
    assert any(words in rule.text for rule in load_regimen(name).rules), section


POOR = [  # verified 2.14
    "TP53", "KMT2A-r", "IGH-r", "IGH::IL3", "HLF-r", "TCF3::HLF", "ZNF384-r", "MEF2D-r", "MYC-r",
    "Ph-like", "PAX5alt", "iAMP21", "IKZF1", "hypodiploidy", "complex karyotype",
]  # fmt: skip
STANDARD = ["high hyperdiploidy", "ETV6::RUNX1", "TCF3::PBX1", "DUX4-r", "PAX5 P80R", "t(9;22)"]
ELN = [  # treatment F1, ELN 2024 Table 2: lesion, verdict where the table has one class
    ("KMT2A-r", "high risk"), ("t(4;11)", "high risk"), ("TCF3::HLF", "high risk"),
    ("IGH::MYC", "high risk"), ("CDX2::UBTF", "high risk"), ("MEF2D-r", "high risk"),
    ("Ph-like", None), ("iAMP21", None), ("14q32", None), ("IKZF1", None), ("BCR::ABL1", None),
    ("ZNF384-r", "intermediate risk"), ("TCF3::PBX1", "standard risk"), ("DUX4-r", "standard risk"),
]  # fmt: skip


def lesions(*names: str, counts: tuple[tuple[str, int], ...] = ()) -> Lesions:
    """The lesions named, every other one looked for and not found."""
    found = {key for name in names for key in read_lesion(name).lesions}
    assert all(read_lesion(name).known for name in names)
    numbers = {name: count(number) for name, number in counts}
    return Lesions({key: key in found for key in lesion_table()}, numbers)


def word(ruling) -> str | None:
    return ruling.verdict and ruling.verdict.split(":")[0]


@pytest.mark.parametrize("name", POOR)
def test_poor_by_nccn(name) -> None:
    assert word(nccn(lesions(name))) == "high risk"


@pytest.mark.parametrize("name", STANDARD)
def test_standard_by_nccn(name) -> None:
    assert word(nccn(lesions(name))) == "standard risk"


@pytest.mark.parametrize("with_", ["IKZF1plus", "antecedent CML"])
def test_philadelphia_is_poor_with_ikzf1plus_or_antecedent_cml(with_) -> None:
    assert word(nccn(lesions("t(9;22)", with_))) == "high risk"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(43, "high risk"), (44, "standard risk"), (51, "standard risk"), (65, "standard risk")],
)
def test_chromosomes_by_nccn(number, expected) -> None:
    assert word(nccn(lesions(counts=(("chromosomes", number),)))) == expected


@pytest.mark.parametrize(("number", "expected"), [(4, "standard risk"), (5, "high risk")])
def test_abnormalities_by_nccn(number, expected) -> None:
    assert word(nccn(lesions(counts=(("abnormalities", number),)))) == expected


@pytest.mark.parametrize(("name", "expected"), ELN)
def test_class_by_eln(name, expected) -> None:
    assert word(eln(lesions(name))) == expected


def test_the_lists_differ_where_the_sheet_says_so() -> None:
    """ZNF384-r poor against intermediate, IKZF1 poor against controversial, PAX5 no impact."""
    assert word(nccn(lesions("ZNF384-r"))) != word(eln(lesions("ZNF384-r")))
    assert word(nccn(lesions("IKZF1"))) == "high risk"
    assert word(eln(lesions("IKZF1"))) is None
    assert word(eln(lesions("PAX5"))) == word(eln(lesions()))
