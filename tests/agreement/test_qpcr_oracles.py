"""Quantitative PCR against closed forms, SciPy, an instrument's own numbers and known truths."""

import math
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from residua.facts.qpcr import Plate, Well
from residua.main.plates.transgene import quantify
from residua.measures.plate import measure_plate
from residua.measures.standard_curve import (
    Line,
    copies_interval,
    fit_line,
    grubbs_outlier,
    ratio_interval,
)
from residua.readers.qpcr import read_qpcr
from residua.standards.qpcr import qpcr_rules

FILES = ("BioRad_qPCR_melt", "lc96_bACTXY", "stepone_std")
ROLES = {"std": "standard", "unkn": "unknown", "ntc": "ntc"}
LEVELS = (10.0, 100.0, 1e3, 1e4, 1e5)


@pytest.mark.parametrize(
    ("slope", "efficiency"), [(-1 / math.log10(2), 1.0), (-3.3219, 1.0), (-3.1, 1.1), (-3.58, 0.9)]
)
def test_efficiency_has_its_closed_form(slope, efficiency):
    """10^(-1/slope) - 1; the fact sheet's -3.1 = 110 %, -3.32 = 100 %, -3.58 = 90 %."""
    line = Line(slope, 40.0, 1.0, 5, 0.0, 3.0, 10.0)
    assert line.efficiency == pytest.approx(10 ** (-1 / slope) - 1, rel=1e-12)
    assert line.efficiency == pytest.approx(efficiency, abs=0.006)


def test_the_line_is_that_of_scipy():
    """Oracle: scipy.stats.linregress."""
    made = np.random.default_rng(1)
    copies = np.repeat(LEVELS, 3)
    ct = 38 - 3.4 * np.log10(copies) + made.normal(0, 0.2, copies.size)
    line, oracle = fit_line(copies, ct), stats.linregress(np.log10(copies), ct)
    assert line.slope == pytest.approx(oracle.slope, rel=1e-10)
    assert line.intercept == pytest.approx(oracle.intercept, rel=1e-10)
    assert line.r2 == pytest.approx(oracle.rvalue**2, rel=1e-10)


def test_the_ends_of_the_interval_solve_fieller():
    """Oracle: at each end the line is t standard errors from the mean, s pooled by hand."""
    made = np.random.default_rng(2)
    copies = np.repeat(LEVELS, 2)
    ct = 38 - 3.4 * np.log10(copies) + made.normal(0, 0.2, copies.size)
    cts = np.array([27.9, 28.3, 28.0])
    oracle = stats.linregress(np.log10(copies), ct)
    x = np.log10(copies)
    residual = ((ct - oracle.intercept - oracle.slope * x) ** 2).sum()
    freedom = copies.size - 2 + 2
    s = math.sqrt((residual + ((cts - cts.mean()) ** 2).sum()) / freedom)
    for end in copies_interval(fit_line(copies, ct), cts, level=0.95):
        at = math.log10(end)
        error = s * math.sqrt(1 / 3 + 1 / 10 + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
        away = abs(cts.mean() - oracle.intercept - oracle.slope * at)
        assert away == pytest.approx(stats.t.ppf(0.975, freedom) * error, rel=1e-9)


def test_the_interval_covers_the_truth_as_stated():
    """Oracle: 2000 simulated plates, known copies; 95 % within three standard errors of it."""
    made = np.random.default_rng(3)
    copies = np.repeat(LEVELS, 2)
    covered = 0
    for _ in range(2000):
        truth = 10 ** made.uniform(1, 5)
        ct = 38 - 3.4 * np.log10(copies) + made.normal(0, 0.25, copies.size)
        cts = 38 - 3.4 * math.log10(truth) + made.normal(0, 0.25, 3)
        low, high = copies_interval(fit_line(copies, ct), cts, level=0.95)
        covered += low <= truth <= high
    assert abs(covered / 2000 - 0.95) < 3 * math.sqrt(0.95 * 0.05 / 2000)


def test_an_interval_of_a_line_without_slope_does_not_end():
    line = fit_line((10, 100, 1000), (30.0, 20.0, 29.0))
    assert copies_interval(line, (25.0, 25.1), level=0.95) is None


def test_grubbs_critical_values():
    """Oracle: Grubbs' published two-sided table at 0.05: n 3: 1.155, n 5: 1.715, n 10: 2.290."""
    for n, critical in ((3, 1.1543), (5, 1.7150), (10, 2.2900)):
        base = np.zeros(n)
        base[: n // 2 * 2] = np.tile([-1.0, 1.0], n // 2)
        found = []
        for away in np.geomspace(1.5, 1000, 4000):
            values = base.copy()
            values[-1] = away
            g = abs(values - values.mean()).max() / values.std(ddof=1)
            if grubbs_outlier(values, alpha=0.05) is not None:
                found.append(g)
        assert min(found) == pytest.approx(critical, abs=0.004)
    assert grubbs_outlier((20.0, 25.0), alpha=0.05) is None
    assert grubbs_outlier((20.0, 20.0, 20.0), alpha=0.05) is None


def test_two_copies_of_a_reference_make_one_copy_a_cell():
    """Closed form: 2 x 1000 / 2000 = 1, 2 x 1000 / 1000 = 2; equal log intervals add as squares."""
    value, low, high = ratio_interval((1e3, 500, 2e3), (2e3, 1e3, 4e3), 2)
    assert value == pytest.approx(1)
    assert high == pytest.approx(2 ** math.sqrt(2))
    assert low == pytest.approx(1 / high)


def _expected(path):
    """Every reaction by Python's own parser, without a line of Residua."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            name = "rdml_data.xml" if "rdml_data.xml" in names else names[0]
            root = ET.fromstring(archive.read(name))
    spaces = {"r": "http://www.rdml.org"}
    kinds = {
        s.get("id"): s.findtext("r:type", "", spaces) for s in root.findall("r:sample", spaces)
    }
    described = {
        s.get("id"): s.findtext("r:description", "", spaces) or s.get("id")
        for s in root.findall("r:sample", spaces)
    }
    found = []
    for data in (
        (react.find("r:sample", spaces).get("id"), data)
        for react in root.iterfind(".//r:react", spaces)
        for data in react.findall("r:data", spaces)
    ):
        sample, element = data
        ct = element.findtext("r:cq", None, spaces)
        cycles = [float(e.text) for e in element.iterfind("r:adp/r:cyc", spaces)]
        real = ct is not None and float(ct) < max(cycles)
        numbered = len(sample) == 36 and sample.count("-") == 4
        found.append(
            (
                described[sample] if numbered else sample,
                ROLES.get(kinds[sample], "other"),
                element.find("r:tar", spaces).get("id"),
                float(ct) if real else None,
            )
        )
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_reaction_of_a_real_file_is_read(test_data, name):
    """Oracle: an independent plain parse of the XML: targets, samples, roles, Ct values.

    Samples that the file numbers by a UUID go by their descriptions, which are all different.
    """
    path = test_data / "qpcr" / f"{name}.rdml"
    wells = read_qpcr(path).wells
    expected = _expected(path)
    assert Counter((w.sample, w.role, w.target, w.ct) for w in wells) == Counter(expected)
    assert {w.target for w in wells} == {target for _, _, target, _ in expected}
    assert len({w.sample for w in wells}) == {"BioRad_qPCR_melt": 5, "lc96_bACTXY": 12}.get(name, 8)


def test_the_instrument_that_measured_the_plate_agrees(test_data):
    """Oracle: StepOne's efficiency (93.91 %, to 0.01) and its quantity of each unknown well."""
    path = test_data / "qpcr" / "stepone_std.rdml"
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("rdml_data.xml"))
    spaces = {"r": "http://www.rdml.org"}
    stated = float(root.findtext("r:target/r:amplificationEfficiency", None, spaces))
    result = quantify(path)
    (curve,) = result.curves
    assert curve.accepted
    assert curve.line.efficiency * 100 == pytest.approx(stated, abs=0.01)
    for react in root.iterfind(".//r:react", spaces):
        if "pop" in react.find("r:sample", spaces).get("id"):
            data = react.find("r:data", spaces)
            ct = float(data.findtext("r:cq", None, spaces))
            copies = float(data.findtext("r:quantity/r:value", None, spaces))
            assert curve.line.copies(ct) == pytest.approx(copies, rel=1e-4)
    assert [s.status for s in result.samples] == ["quantified", "quantified"]


def test_plates_that_cannot_be_assessed_say_why(test_data):
    """The two others have no standards, or standards without quantities: no number is given."""
    for name, reason in (("lc96_bACTXY", "without quantities"), ("BioRad_qPCR_melt", "no stand")):
        result = quantify(test_data / "qpcr" / f"{name}.rdml")
        assert all(reason in curve.reason and not curve.accepted for curve in result.curves)
        assert {s.status for s in result.samples} == {"not assessable"}
        assert all(s.copies is None for s in result.samples)


def test_a_whole_plate_of_known_truth():
    """Oracle: Ct without error: 5000 copies in 200 ng are 25 000 copies per ug, and 1 a cell."""

    def ct(copies):
        return 38 - math.log10(copies) / math.log10(2)

    wells = [
        Well(f"S{i}{t}{r}", "", t, "standard", c, ct=ct(c), amplified=True)
        for t in ("CAR", "ALB")
        for i, c in enumerate(LEVELS)
        for r in range(2)
    ]
    for target, copies in (("CAR", 5e3), ("ALB", 1e4)):
        wells += [
            Well(
                f"U{target}{r}", "d7", target, "unknown", ct=ct(copies), amplified=True, dna_ng=200
            )
            for r in range(3)
        ]
    result = measure_plate(Plate("p", tuple(wells)), qpcr_rules(), reference="ALB")
    car = next(s for s in result.samples if s.target == "CAR")
    assert car.copies == pytest.approx(5e3)
    assert car.copies * car.per_ug == pytest.approx(25e3)
    assert result.copy_numbers[0].value == pytest.approx(1)
    assert [c.line.efficiency for c in result.curves] == pytest.approx([1, 1])
