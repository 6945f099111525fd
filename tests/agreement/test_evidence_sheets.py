"""The evidence table against an independent transcription of the fact sheets, by section.

Oracle: the tables of evidence, antigens, response and growth, of treatment and of the verified
corrections, written down again here from the sheets without the rule files. Every number is asked
of the public functions.
"""

from __future__ import annotations

import pytest

from residua.judgements.evidence import exact_interval
from residua.standards.trial_shelf import find_result, find_trial, trial_shelf

COUNTS = [  # section, result, n, N, percent as printed
    ("mrd G", "ino-vate-mrd-2020/mrd-of-responders", 76, 121, "62.8"),
    ("mrd G", "ino-vate-mrd-2020/mrd-of-treated", 76, 164, "46.3"),
    ("mrd G", "ino-vate-2019/vod-ino", 23, 164, "14.0"),
    ("mrd G", "ino-vate-2019/vod-sc", 3, 143, "2.1"),
    ("mrd G", "besponsa-label/mrd-of-cr-ino", 35, 39, "89.7"),
    ("mrd G", "ino-phase-1-2-1010/cr-cri", 49, 72, "68"),
    ("mrd G", "ino-phase-1-2-1010/mrd", 41, 49, "84"),
    ("mrd G", "aall1621/cr-cri", 28, 48, "58.3"),
    ("mrd G", "aall1621/mrd-of-assessed", 18, 27, "66.7"),
    ("mrd G", "aall1621/mrd-of-evaluable", 18, 48, "37.5"),
    ("verified 2.18", "aall1621/cr-cri-2-cycles", 30, 48, "62.5"),
    ("verified 2.18", "aall1621/mrd-of-responders-2-cycles", 21, 30, "70"),
    ("verified 2.18", "aall1621/mrd-of-evaluable-2-cycles", 21, 48, "43.8"),
    ("mrd G", "itcc-059/orr-phase-2", 22, 27, "81.5"),
    ("mrd G", "itcc-059/mrd-phase-2", 18, 22, ""),
    ("mrd G", "itcc-059/response-phase-1b", 24, 30, ""),
    ("mrd G", "ino-compassionate-2018/sos-after-hsct", 11, 21, "52"),
    ("mrd G", "nct03441061/mrd", 18, 26, "69"),
    ("mrd G", "nct03441061/sos", 2, 26, "8"),
    ("mrd G", "nct03441061/ph-positive", 16, 26, ""),
    ("mrd G", "ino-maintenance-2024/sos", 0, 18, ""),
    ("mrd G", "blast/mrd", 88, 113, "78"),
    ("mrd G", "gauthier-2021/cr-all", 3, 14, "21"),
    ("mrd G", "chop-reinfusion-2024/cr-relapse", 5, 10, "50"),
    ("mrd G", "chop-reinfusion-2024/cr-no-response", 0, 8, ""),
    ("mrd G", "mskcc-2021/cr-salvage", 13, 30, "43"),
    ("mrd G", "mskcc-2021/cr-antibody", 7, 12, "58.3"),
    ("mrd G", "papayannidis-2021/mrd", 6, 8, "75"),
    ("mrd C", "shah-2015/cd22-at-least-90", 155, 163, ""),
    ("mrd C", "shah-2015/cd22-negative-part-kmt2a", 6, 21, ""),
    ("mrd D", "tisagenlecleucel-label/cr", 40, 63, "63"),
    ("treatment A5", "besponsa-label/vod-after-hsct", 18, 79, "23"),
    ("treatment A5", "ino-vate-hsct-2018/vod-after-hsct", 17, 77, "22"),
    ("treatment A5", "ino-vate-hsct-2018/hsct", 77, 164, ""),
    ("treatment A6", "kantarjian-2013/vod-after-hsct", 6, 36, "17"),
    ("verified 2.9", "nct03677596/sos", 10, 102, "9.8"),
    ("verified 2.10", "ruutu-2002/bilirubin-ursodiol", 18, 123, ""),
    ("verified 2.10", "ruutu-2002/bilirubin-control", 31, 119, ""),
    ("verified 2.10", "essell-1998/vod-ursodiol", 5, 34, "15"),
    ("verified 2.10", "essell-1998/vod-placebo", 13, 32, "40"),
    ("treatment D4", "cibmtr-vod/vod-100d", 637, 13097, "4.9"),
    ("treatment G", "nct02458014/mrd", 27, 37, "73"),
    ("treatment G", "ino-after-hsct-and-car-t/mrd", 3, 3, ""),
    ("treatment G", "ino-after-hsct-and-car-t/sos", 0, 3, ""),
    ("treatment G", "ino-after-hsct-and-car-t/relapse", 2, 3, ""),
    ("treatment H6", "raff-2007/conversion", 28, 105, "27"),
    ("treatment H6", "raff-2007/relapse-of-converted", 17, 28, "61"),
    ("treatment H6", "raff-2007/relapse-of-negative", 5, 77, "6"),
]
PERCENTS = [  # section, result, percent as printed
    ("mrd G", "ino-vate-2016/cr-cri-ino", "80.7"),
    ("mrd G", "ino-vate-2016/cr-cri-sc", "29.4"),
    ("mrd G", "ino-vate-2016/mrd-ino", "78.4"),
    ("mrd G", "ino-vate-2016/mrd-sc", "28.1"),
    ("mrd G", "ino-vate-2016/vod-ino", "11"),
    ("mrd G", "ino-vate-2016/vod-sc", "1"),
    ("mrd G", "ino-vate-2019/cr-cri-ino", "73.8"),
    ("mrd G", "ino-vate-2019/cr-cri-sc", "30.9"),
    ("mrd G", "ino-vate-2019/os-2y-ino", "22.8"),
    ("mrd G", "ino-vate-2019/os-2y-sc", "10.0"),
    ("mrd G", "ino-vate-2019/direct-hsct-ino", "39.6"),
    ("mrd G", "ino-vate-2019/direct-hsct-sc", "10.5"),
    ("mrd G", "ino-vate-2019/serious-febrile-neutropenia-ino", "11.6"),
    ("mrd G", "ino-vate-2019/serious-febrile-neutropenia-sc", "18.9"),
    ("mrd G", "besponsa-label/cr-ino", "35.8"),
    ("mrd G", "besponsa-label/cr-sc", "17.4"),
    ("mrd G", "besponsa-label/mrd-of-cr-sc", "31.6"),
    ("mrd G", "ino-compassionate-2018/cr", "67"),
    ("mrd G", "ino-compassionate-2018/mrd", "71"),
    ("mrd G", "itcc-059/mrd-phase-1b", "66.7"),
    ("mrd G", "nct03441061/rfs-2y", "54"),
    ("mrd G", "nct03441061/os-2y", "60"),
    ("mrd G", "ino-maintenance-2024/pfs-1y", "89"),
    ("mrd G", "ino-maintenance-2024/os-1y", "94"),
    ("treatment A6", "ino-maintenance-2024/nrm-1y", "5.6"),
    ("mrd G", "blast/rfs-18m", "54"),
    ("mrd G", "gimema-lal2317/mrd-before", "72"),
    ("mrd G", "gimema-lal2317/mrd-after", "93"),
    ("mrd G", "gauthier-2021/cr-overall", "20"),
    ("mrd G", "gauthier-2021/orr-overall", "39"),
    ("mrd G", "chop-reinfusion-2024/cr-prevention", "52"),
    ("mrd G", "salvage-historic-2020/cr", "18-44"),
    ("mrd C", "ino-vate-cd22-2021/cd22-at-least-90-ino", "75.4"),
    ("mrd C", "ino-vate-cd22-2021/cd22-at-least-90-sc", "72.6"),
    ("mrd C", "ino-vate-cd22-2021/cd22-below-90-ino", "24.6"),
    ("mrd C", "ino-vate-cd22-2021/cd22-below-90-sc", "27.4"),
    ("mrd C", "ino-vate-cd22-2021/cd22-below-70-ino", "3"),
    ("mrd C", "ino-vate-cd22-2021/cd22-below-70-sc", "11"),
    ("mrd C", "ino-vate-cd22-2021/cr-cri-cd22-at-least-90-ino", "78"),
    ("mrd C", "ino-vate-cd22-2021/cr-cri-cd22-at-least-90-sc", "36"),
    ("mrd D", "mrd-relapse-mdacc/morphological-relapse", "80"),
    ("verified 2.18", "aall1621/efs-2y", "28.6"),
    ("verified 2.18", "aall1621/os-2y", "36.0"),
    ("verified 2.9", "nct03677596/cr-cri-run-in", "50.0"),
    ("verified 2.9", "nct03677596/cr-cri-low", "83.3"),
    ("verified 2.9", "nct03677596/cr-cri-low-all", "71.9"),
    ("verified 2.9", "nct03677596/cr-cri-high", "68.4"),
    ("verified 2.9", "nct03677596/sos-after-hsct-run-in", "20.0"),
    ("verified 2.9", "nct03677596/sos-after-hsct-low", "28.6"),
    ("verified 2.9", "nct03677596/sos-after-hsct-low-all", "25.8"),
    ("verified 2.9", "nct03677596/sos-after-hsct-high", "16.7"),
    ("verified 2.10", "ruutu-2002/os-1y-ursodiol", "71"),
    ("verified 2.10", "ruutu-2002/os-1y-control", "55"),
    ("verified 2.10", "ruutu-2002/nrm-1y-ursodiol", "19"),
    ("verified 2.10", "ruutu-2002/nrm-1y-control", "34"),
    ("treatment A5", "besponsa-label/qtcf", "3"),
    ("treatment A6", "kantarjian-2013/orr-single", "57"),
    ("treatment A6", "kantarjian-2013/orr-weekly", "59"),
    ("treatment A6", "kantarjian-2013/vod-after-hsct-weekly", "7"),
    ("treatment A9", "bar-2013/gvhd-low", "21"),
    ("treatment A9", "bar-2013/gvhd-middle", "45"),
    ("treatment A9", "bar-2013/gvhd-high", "55"),
    ("treatment A9", "ebmt-dli-survey-2025/preemptive-mrd", "86.9"),
    ("treatment A9", "ebmt-dli-survey-2025/active-gvhd", "85.6"),
    ("treatment A9", "ebmt-dli-survey-2025/active-infection", "57.5"),
    ("treatment A9", "ebmt-dli-survey-2025/immunosuppression", "71.9"),
    ("treatment F2", "haplo-or-chemo-2014/os-3y-haplo", "72.5"),
    ("treatment F2", "haplo-or-chemo-2014/os-3y-chemo", "26.6"),
    ("treatment F2", "car-t-mrd-cr1/mrd", "90.7"),
    ("discrepancy 4", "ino-vate-2016/thrombocytopenia-ino", "37"),
    ("discrepancy 4", "ino-vate-2016/thrombocytopenia-sc", "59"),
    ("discrepancy 4", "ino-vate-2016/febrile-neutropenia-ino", "24"),
    ("discrepancy 4", "ino-vate-2016/febrile-neutropenia-sc", "49"),
    ("discrepancy 4", "besponsa-label/thrombocytopenia-ino", "42"),
    ("discrepancy 4", "besponsa-label/thrombocytopenia-sc", "59"),
    ("discrepancy 4", "besponsa-label/febrile-neutropenia-ino", "26"),
    ("discrepancy 4", "besponsa-label/febrile-neutropenia-sc", "53"),
    ("treatment G", "blast/neuro-g3", "10"),
    ("treatment G", "blast/neuro-g4", "3"),
    ("treatment H6", "raff-2007/relapse-of-quantifiable", "89"),
]
MEDIANS = [
    ("mrd G", "ino-vate-2016/dor-ino", "4.6 months"),
    ("mrd G", "ino-vate-2016/dor-sc", "3.1 months"),
    ("mrd G", "ino-vate-2016/pfs-ino", "5.0 months"),
    ("mrd G", "ino-vate-2016/pfs-sc", "1.8 months"),
    ("mrd G", "ino-vate-2016/os-ino", "7.7 months"),
    ("mrd G", "ino-vate-2016/os-sc", "6.7 months"),
    ("mrd G", "ino-vate-2019/pfs-ino", "5.0 months"),
    ("mrd G", "ino-vate-2019/pfs-sc", "1.7 months"),
    ("mrd G", "ino-vate-2019/os-ino", "7.7 months"),
    ("mrd G", "ino-vate-2019/os-sc", "6.2 months"),
    ("mrd G", "ino-vate-mrd-2020/os-mrd-negative", "14.1 months"),
    ("mrd G", "ino-vate-mrd-2020/os-mrd-positive", "7.2 months"),
    ("mrd G", "blast/os", "36.5 months"),
    ("mrd G", "blast/os-responders", "38.9 months"),
    ("mrd G", "blast/os-non-responders", "12.5 months"),
    ("mrd G", "blast/os-final-responders", "not reached"),
    ("mrd G", "blast/os-final-non-responders", "14.4 months"),
    ("treatment G", "blast/rfs-non-responders", "5.7 months"),
    ("mrd G", "gauthier-2021/dor-all", "4 months"),
    ("mrd G", "mskcc-2021/os", "7.5 months"),
    ("mrd D", "mrd-relapse-mdacc/lead-time", "3 months"),
    ("mrd C", "shah-2015/cd22-density", "3470 sites a cell"),
    ("mrd C", "shah-2015/cd22-density-kmt2a", "1590 sites a cell"),
    ("mrd C", "shah-2015/cd22-density-other", "3853 sites a cell"),
    ("mrd C", "haso-2013/cd22-density", "3500 sites a cell"),
    ("treatment A5", "besponsa-label/vod-after-hsct-onset", "15 days"),
    ("treatment A6", "kantarjian-2013/os-single", "5.0 months"),
    ("treatment A6", "kantarjian-2013/os-weekly", "7.3 months"),
    ("treatment H6", "raff-2007/lead-time", "9.5 months"),
    ("treatment H6", "raff-2007/lead-time-quantifiable", "4.1 months"),
]
RATIOS = [  # section, result, hazard ratio, low, high, level
    ("mrd G", "ino-vate-2016/dor-ino", "0.55", None, None, None),
    ("mrd G", "ino-vate-2016/pfs-ino", "0.45", ".34", ".61", "97.5 %"),
    ("mrd G", "ino-vate-2016/os-ino", "0.77", ".58", "1.03", "97.5 %"),
    ("mrd G", "ino-vate-2019/os-ino", "0.75", ".57", ".99", "97.5 %"),
    ("mrd G", "ino-vate-2019/pfs-ino", "0.45", None, None, None),
    ("mrd G", "ino-vate-mrd-2020/os-mrd-negative", ".512", ".313", ".835", "97.5 %"),
    ("mrd G", "ino-vate-mrd-2020/pfs-mrd-negative", ".423", ".256", ".699", "97.5 %"),
    ("treatment G", "brexu-cel-prior-ino-2024/pfs", "1.20", "0.71", "2.03", "95 %"),
]
P_VALUES = [  # section, result, p, sides, boundary
    ("mrd G", "ino-vate-2016/os-ino", ".04", "not stated", ".0208"),
    ("mrd G", "ino-vate-2019/cr-cri-ino", "<.0001", "one-sided", ""),
    ("mrd G", "ino-vate-2019/os-ino", ".0105", "one-sided", ".0104"),
    ("mrd G", "gimema-lal2317/mrd-after", "<.001", "not stated", ""),
    ("mrd C", "shah-2015/cd22-density-kmt2a", "<.0001", "not stated", ""),
    ("verified 2.10", "essell-1998/vod-ursodiol", ".03", "not stated", ""),
    ("treatment A9", "bar-2013/gvhd-high", ".03", "not stated", ""),
]
EXACT = [  # section, result, 95 % interval in percent as the sheet prints it
    ("mrd G", "ino-vate-mrd-2020/mrd-of-responders", 53.6, 71.4),
    ("mrd G", "ino-vate-mrd-2020/mrd-of-treated", 38.5, 54.3),
    ("mrd G", "nct03441061/mrd", 48.2, 85.7),
    ("mrd G", "gauthier-2021/cr-all", 4.7, 50.8),
    ("mrd G", "papayannidis-2021/mrd", 34.9, 96.8),
    ("mrd G", "ino-vate-2016/cr-cri-ino", 72.1, 87.7),
    ("mrd G", "ino-vate-2016/cr-cri-sc", 21.0, 38.8),
]
SIZES = [  # section, trial, arm, size
    ("mrd G", "nct03441061", 0, 26),
    ("mrd G", "ino-maintenance-2024", 0, 18),
    ("mrd G", "ino-compassionate-2018", 0, 51),
    ("mrd G", "blast", 0, 116),
    ("verified 2.9", "nct03677596", 0, 22),
    ("verified 2.9", "nct03677596", 1, 38),
    ("verified 2.9", "nct03677596", 2, 42),
    ("treatment A6", "kantarjian-2013", 0, 49),
    ("treatment A6", "kantarjian-2013", 1, 41),
    ("treatment A9", "bar-2013", 0, 84),
    ("treatment A9", "bar-2013", 1, 58),
    ("treatment A9", "bar-2013", 2, 66),
    ("mrd C", "ino-vate-cd22-2021", 0, 142),
    ("mrd C", "ino-vate-cd22-2021", 1, 117),
    ("treatment G", "pan-2019", 0, 34),
    ("treatment H6", "raff-2007", 0, 105),
]
UNVERIFIED = [  # what the sheets hold from memory only must say so, at least of that field
    "ino-vate-2016/vod-ino", "ino-vate-2016/vod-sc", "ino-vate-2019/pfs-ino",
    "ino-vate-2019/pfs-sc", "ino-vate-2016/thrombocytopenia-ino",
    "ino-vate-2016/febrile-neutropenia-ino", "besponsa-label/thrombocytopenia-ino",
    "itcc-059/orr-phase-2", "itcc-059/mrd-phase-2", "papayannidis-2021/mrd",
]  # fmt: skip


def of(row):
    return f"{row[0]}: {row[1]}"


@pytest.mark.parametrize(("section", "name", "n", "of", "percent"), COUNTS, ids=map(of, COUNTS))
def test_count_as_the_sheet_has_it(section, name, n, of, percent) -> None:
    result = find_result(name)[1]
    assert (result.n, result.of) == (n, of), section
    if percent:
        assert result.percent == percent, section


@pytest.mark.parametrize(("section", "name", "percent"), PERCENTS, ids=map(of, PERCENTS))
def test_percentage_as_the_sheet_has_it(section, name, percent) -> None:
    assert find_result(name)[1].percent == percent, section


@pytest.mark.parametrize(("section", "name", "median"), MEDIANS, ids=map(of, MEDIANS))
def test_median_as_the_sheet_has_it(section, name, median) -> None:
    assert find_result(name)[1].median == median, section


@pytest.mark.parametrize(
    ("section", "name", "value", "low", "high", "level"), RATIOS, ids=map(of, RATIOS)
)
def test_hazard_ratio_with_its_level(section, name, value, low, high, level) -> None:
    ratio = find_result(name)[1].hazard_ratio
    assert ratio.value == value, section
    bounds = ratio.bounds
    assert (bounds and (bounds.low, bounds.high, bounds.level)) == (low and (low, high, level))


@pytest.mark.parametrize(
    ("section", "name", "value", "sides", "boundary"), P_VALUES, ids=map(of, P_VALUES)
)
def test_p_with_its_sides_and_boundary(section, name, value, sides, boundary) -> None:
    p = find_result(name)[1].p
    assert (p.value, p.sides, p.boundary) == (value, sides, boundary), section


@pytest.mark.parametrize(("section", "name", "low", "high"), EXACT, ids=map(of, EXACT))
def test_exact_interval_of_the_sheet(section, name, low, high) -> None:
    exact = exact_interval(find_result(name)[1])
    assert (round(exact.low, 1), round(exact.high, 1)) == (low, high), section


def test_the_interval_of_aall1621_is_of_90_percent() -> None:
    """mrd G: 58.3 %, 90 % CI 46.5-69.3."""
    bounds = find_result("aall1621/cr-cri")[1].interval
    assert (bounds.low, bounds.high, bounds.level) == ("46.5", "69.3", "90 %")


@pytest.mark.parametrize(("section", "trial", "arm", "size"), SIZES, ids=map(of, SIZES))
def test_size_of_an_arm(section, trial, arm, size) -> None:
    assert find_trial(trial).arms[arm].size == size, section


@pytest.mark.parametrize("name", UNVERIFIED)
def test_a_number_from_memory_says_so(name) -> None:
    assert find_result(name)[1].provenance == "unverified"


@pytest.mark.parametrize("name", ["ino-vate-2016/os-ino", "ino-vate-2019/os-ino"])
def test_a_boundary_from_memory_says_so(name) -> None:
    assert find_result(name)[1].weaker["boundary"] == "unverified"


def test_numbers_that_fight_each_other_say_so() -> None:
    """treatment H6: 13 of 15 is 87 %, the abstract says 89; A5: 4 of 162 is not 3 %."""
    quantifiable = find_result("raff-2007/relapse-of-quantifiable")[1]
    assert (quantifiable.n, quantifiable.of, quantifiable.percent) == (13, 15, "89")
    assert quantifiable.disagrees
    qtcf = find_result("besponsa-label/qtcf")[1]
    assert (qtcf.n, qtcf.of) == (4, 162)
    assert qtcf.disagrees


def test_what_was_not_read_holds_no_number() -> None:
    """mrd G: GIMEMA ALL2418 not read; discrepancy 10: the Delphi abstract holds no such figure."""
    assert not find_trial("gimema-all2418").results
    assert not find_trial("bassan-delphi").results


def test_bridging_with_inotuzumab_and_expansion() -> None:
    """treatment G: expansion 58 vs 338 /uL, n = 24."""
    ino, chemotherapy = find_trial("ino-bridging-tisagenlecleucel").arms
    assert ino.size + chemotherapy.size == 24
    name = "ino-bridging-tisagenlecleucel/expansion"
    medians = [find_result(f"{name}-{arm}")[1].median for arm in ("ino", "chemo")]
    assert [round(float(median.split()[0])) for median in medians] == [58, 338]


def test_every_result_says_where_it_stands() -> None:
    for trial in trial_shelf():
        for result in trial.results:
            assert result.clause, result.id
            assert result.cite, result.id
            assert result.provenance, result.id
