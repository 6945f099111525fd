"""Agreement of MRD methods from a folder.

Oracles: the clauses of the standard `mrd-concordance`, by hand; ``scipy.stats.beta`` for the
interval of Clopper and Pearson; laws (order of rows, facts that concern no MRD).
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from scipy.stats import beta

from residua.course.course import arrange
from residua.judgements.concordance.compared import Spread, log10_apart
from residua.judgements.concordance.concordance import judge_concordance
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.main.run import run_case
from residua.main.show_standards import show_standards
from residua.readers.case import read_case

HEAD = 'kind = "residua.case"\nversion = "1.0"\nsimulated = true\n'
COLUMNS = (
    "id,date,assessment,specimen,tissue,method,target,status,fraction,numerator,denominator,"
    "denominator_kind,lod,lloq"
)
FLOW = "f,2024-02-05,,,marrow,flow,,not detected,,,1000000,nucleated,1e-5,4e-5"
PCR = "p,2024-02-05,,,marrow,pcr,IGH,quantified,2e-2,,,dna,1e-5,5e-5"
NGS = "n,2024-02-05,,,marrow,ngs,IGH,quantified,,900,1000000,nucleated,1e-6,2e-6"


@pytest.fixture
def judged(tmp_path: Path):
    def of(*rows: str, more: str = "", name: str = "case") -> dict[str, Judgement]:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "case.toml").write_text(HEAD + more, "utf-8")
        (folder / "mrd.csv").write_text("\n".join([COLUMNS, *rows, ""]), "utf-8")
        said = judge_concordance(arrange(read_case(folder)))
        return {judgement.id: judgement for judgement in said}

    return of


def test_a_negative_at_a_low_limit_and_two_percent_are_discordant(judged) -> None:
    [(name, said)] = judged(FLOW, PCR).items()
    assert name == "mrd-concordance/1.0/f/qualitative-flow-pcr"
    assert (said.verdict, said.basis, said.provenance) == ("discordant", "computed", "choice")
    assert said.facts == ("f", "p")
    assert "flow: below 0.0001" in said.reason
    assert said.clause
    assert said.cite


def test_two_numbers_are_compared_on_both_counts(judged) -> None:
    """0.09 % by 900 of 1e6 against 2 %: 20e-3 / 9.6e-4 is 1.32 log10; the interval of PCR is not
    stated, so that they differ is not certain, although both are above 1e-4."""
    said = judged(NGS, PCR)
    assert said["mrd-concordance/1.0/n/qualitative-ngs-pcr"].verdict == "concordant"
    levels = said["mrd-concordance/1.0/n/quantitative-ngs-pcr"]
    assert levels.outcome == "not assessable"
    assert levels.missing == ("pcr of IGH: its counting interval",)


def test_counts_give_their_exact_interval(judged, tmp_path: Path) -> None:
    low, high = beta.ppf(0.025, 900, 1_000_000 - 899), beta.ppf(0.975, 901, 1_000_000 - 900)
    near = "q,2024-02-05,,,marrow,flow,,quantified,,{},1000000,nucleated,1e-5,4e-5"
    far = judged(NGS, near.format(1100))["mrd-concordance/1.0/n/quantitative-flow-ngs"]
    assert far.verdict == "discordant"
    assert f"(95 % {low:.3g} to {high:.3g})" in far.reason
    close = judged(NGS, near.format(950))["mrd-concordance/1.0/n/quantitative-flow-ngs"]
    assert close.verdict == "concordant"


def test_nothing_is_said_without_a_pair(judged) -> None:
    other_day = PCR.replace("2024-02-05", "2024-02-06")
    blood = PCR.replace("marrow", "blood")
    same_method = FLOW.replace("f,", "g,", 1)
    unnamed = PCR.replace(",pcr,", ",,")
    for rows in ((FLOW,), (FLOW, other_day), (FLOW, blood), (FLOW, same_method), (FLOW, unnamed)):
        assert judged(*rows) == {}


def test_one_specimen_or_assessment_holds_results_of_no_stated_day_together(judged) -> None:
    more = '[[assessment]]\nid = "visit"\nkind = "morphology"\nblasts = "1 %"\n'
    rows = [row.replace("2024-02-05,,", ",visit,") for row in (FLOW, PCR)]
    assert list(judged(*rows, more=more)) == ["mrd-concordance/1.0/visit/qualitative-flow-pcr"]
    more = '[[specimen]]\nid = "aspirate"\ntissue = "marrow"\n'
    rows = [row.replace("2024-02-05,,,marrow", ",,aspirate,") for row in (FLOW, PCR)]
    [said] = judged(*rows, more=more, name="other").values()
    assert said.verdict == "discordant"


def test_rearrangements_and_transcripts_are_two_methods_although_both_are_pcr(judged) -> None:
    """69 % of such pairs agreed in EsPhALL: they are not one assay."""
    transcript = "t,2024-02-05,,,marrow,pcr,BCR::ABL1,quantified,3e-2,,,abl1,1e-5,5e-5"
    named = judged(PCR, transcript)
    assert named["mrd-concordance/1.0/p/qualitative-pcr-pcr"].verdict == "concordant"
    levels = named["mrd-concordance/1.0/p/quantitative-pcr-pcr"]
    assert levels.outcome == "not assessable"
    assert "transcripts is no fraction of cells" in levels.reason


def test_a_limit_of_detection_is_no_lower_bound_of_a_positive(judged) -> None:
    """5 of 30000 copies are 1.7e-4, 2 are 7e-5: by an LOD of 1e-4 both are "below 3.3e-4"."""
    below = "t,2024-02-05,,,marrow,pcr,BCR::ABL1,detected below LLOQ,,,,abl1,1e-4,3.3e-4"
    negative = "f,2024-02-05,,,marrow,flow,,not detected,,,1000000,nucleated,1e-5,4e-5"
    said = judged(negative, below)["mrd-concordance/1.0/f/qualitative-flow-pcr"]
    assert said.outcome == "not assessable"
    assert "between 0.0001 and 0.00033" in said.reason


def test_two_targets_of_one_method_have_a_judgement_each(judged) -> None:
    other = PCR.replace("p,", "k,", 1).replace("IGH", "IGK").replace("2e-2", "2e-3")
    said = judged(FLOW, PCR, other)
    assert len(said) == 2
    assert {judgement.verdict for judgement in said.values()} == {"discordant"}


def test_results_in_conflict_are_not_judged(judged) -> None:
    rival = PCR.replace("p,", "r,", 1).replace("2e-2", "3e-3")
    for said in judged(FLOW, PCR, rival).values():
        assert said.outcome == "not assessable"
        assert "conflict" in said.reason


def test_order_of_rows_and_other_facts_change_nothing(judged) -> None:
    plain = judged(FLOW, PCR, NGS)
    finding = '[[finding]]\ndate = "2024-02-05"\nterm = "fever"\npresent = true\n'
    turned = judged(NGS, PCR, FLOW, more=finding, name="turned")

    def told(said: dict[str, Judgement]) -> set[tuple[object, ...]]:
        return {(j.term, j.verdict, j.outcome, j.reason, j.facts) for j in said.values()}

    assert told(plain) == told(turned)


def test_a_gap_between_intervals_is_that_of_their_nearest_ends() -> None:
    """log10(4 / 2) between 1..2 and 4..8, the same turned round; below 0 where they overlap."""
    low, high = Spread(1e-3, 2e-3, known=True), Spread(4e-3, 8e-3, known=True)
    assert log10_apart(low, high) == log10_apart(high, low) == pytest.approx(math.log10(2))
    assert log10_apart(low, Spread(1.5e-3, 8e-3, known=True)) < 0
    assert log10_apart(low, Spread(0.0, 1e-2, known=True)) < 0


def test_course_report_explanation_and_standards_tell_it(judged, tmp_path: Path) -> None:
    judged(FLOW, PCR, NGS)
    folder = tmp_path / "case"
    run_case(folder, tmp_path / "out")
    document = json.loads((tmp_path / "out" / "course.json").read_text("utf-8"))
    found = {j["id"]: j for j in document["judgements"] if j["standard"] == "mrd-concordance"}
    assert len(found) == 4
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    for words in ("Agreement of MRD methods", "MRD at 10⁻⁴: Flow PCR", "discordant"):
        assert words in report
    assert "10" in show_standards("mrd-concordance 1.0")


def test_the_published_case_has_one_method_and_no_such_verdict() -> None:
    folder = Path(__file__).parents[4] / "examples" / "huang-2023"
    assert judge_families(arrange(read_case(folder)))["concordance"] == ()
