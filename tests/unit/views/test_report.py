"""The report. Oracle: Python's own HTML parser, and the order of sections that was asked for."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report_sample import SOFTWARE, SVG, course, families, judgements

from residua.facts.finding import Claim
from residua.facts.mrd_result import (
    Denominator,
    EventCounts,
    MrdLevel,
    MrdResult,
    PolicyUsed,
)
from residua.facts.quality import Enough, QualityReport, QualityStep, SensitivityVerdict
from residua.measures.haemodilution import haemodilution_unknown, measure_haemodilution
from residua.views.report import link_dois, write_report

SECTIONS = [
    "state", "figure", "course", "verdicts", "treatments", "claims", "missing", "conflicts",
    "care", "facts", "explanations", "software",
]  # fmt: skip
VOID = {"meta", "br", "link", "img", "hr"}


class Page(HTMLParser):
    """Ids, links, other loaded addresses, and whether every tag is closed where it should be."""

    def __init__(self, text):
        super().__init__()
        self.sections, self.ids, self.links, self.loaded, self.open = [], [], [], [], []
        self.words, self.broken = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.sections += [found["id"]] if tag == "section" else []
        self.links += [found["href"]] if tag == "a" else []
        names = ("src", "srcset", "data", "action", "poster")
        self.loaded += [found[n] for n in names if n in found]
        self.loaded += [tag] if tag in ("script", "link", "iframe", "object") else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def report(given=None, judged=None, **more):
    judged = judgements() if judged is None else judged
    return write_report(given or course(), families(judged), figure=SVG, software=SOFTWARE, **more)


@pytest.fixture(scope="module")
def page():
    return Page(report())


def test_sections_stand_in_their_order(page):
    assert page.sections == SECTIONS


def test_every_tag_is_closed_and_ids_are_unique(page):
    assert page.broken == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_link_within_the_page_has_its_target(page):
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)


def test_nothing_is_loaded_from_anywhere(page):
    assert page.loaded == []
    outer = {link for link in page.links if not link.startswith("#")}
    assert all(link.startswith("https://doi.org/10.") for link in outer)
    assert "purl.org" not in report()
    assert "DOCTYPE svg" not in report()


def test_missing_values_are_said_in_words(page):
    assert "LOD not stated" in page.text
    assert "Denominator not stated" in page.text
    assert "Neutrophils not stated" in page.text


def test_verdicts_carry_their_marks(page):
    for mark in ("as reported", "threshold unverified", "threshold from an abstract",
                 "threshold from a secondary source", "published later", "no rule",
                 "≠ standards disagree", "does not apply"):  # fmt: skip
        assert mark in page.text


def test_masking_is_said_beside_the_antigen(page):
    assert "CD22 negative 15 days after the last dose of inotuzumab ozogamicin" in page.text


def test_both_sides_of_a_conflict_stand_with_their_sources(page):
    assert "blasts 91 % by differential" in page.text
    assert "Source: p. 1" in page.text
    assert "Source: p. 2" in page.text


def test_a_measured_mrd_says_how_sure_its_limits_are():
    """Oracle: 40 events of 264 004 are 1.52e-4; the policy's provenance is what the result says."""
    level = MrdLevel(
        23, Denominator("nucleated", 264004), 23 / 264004, None, 10 / 264004, 40 / 264004, None,
        PolicyUsed("euroflow-bcp-all-10-40", "B-ALL", "unverified"), "detected below LLOQ",
    )  # fmt: skip
    notes = ("the interval covers counting only",)
    text = Page(report(measures={"mrd-2": MrdResult(level, notes=notes)})).text
    assert "counting policy euroflow-bcp-all-10-40 (provenance: unverified)" in text
    assert "1.52 × 10⁻⁴ (0.0152 %)" in text
    assert "the interval covers counting only" in text


def measured(**more):
    """40 of 200 000 cells, 300 000 events of which the steps leave 150 000; 12 to 30 IGRA/N."""
    level = MrdLevel(
        40, Denominator("nucleated", 200_000), 2e-4, None, 5e-5, 2e-4, 7.85e-5,
        PolicyUsed("euroflow-bcp-all-10-40", "B-ALL", "unverified"), "quantified",
    )  # fmt: skip
    steps = (
        QualityStep("time", False, 300_000, 0, "the file has no Time channel"),
        QualityStep("boundary", True, 300_000, 150_000, "50 % of the events", partly=True),
    )
    verdicts = (
        SensitivityVerdict(
            1e-4, Enough(100_000, 200_000), Enough(400_000, 200_000),
            Enough(100_000, 90_000), Enough(400_000, 90_000),
        ),
    )  # fmt: skip
    given = {
        "events": EventCounts(300_000, 150_000, 200_000),
        "quality": QualityReport(steps, (), verdicts),
        "haemodilution": measure_haemodilution(12, 30),
        "flags": ("simulated", "gate template not validated", "a.fcs: salvaged: 9 of 10 events"),
        "notes": ("a.fcs: residual spillover: largest 0.4 %", "the pull is not stated"),
    }
    return MrdResult(level, **given | more)


def test_what_limits_a_flow_measurement_is_seen():
    """Oracle: the result made above; 10 000 cells short of 1e-4 after the steps, by hand."""
    made = Page(report(measures={"mrd-2": measured()}))
    assert made.sections == [*SECTIONS[:3], "flow", *SECTIONS[3:]]
    assert "#flow" in made.links
    assert (made.broken, made.open) == ([], [])
    for words in (
        "Unusual in this sample gate template not validated a.fcs: salvaged: 9 of 10 events",
        "1 × 10⁻⁴ (0.01 %): enough to detect, 200 000 too few to quantify; "
        "10 000 too few to detect after the quality steps",
        "time: not assessable (the file has no Time channel)",
        "boundary (assessed in part): 150 000 of 300 000; 50 % of the events",
        "150 000 events left after all steps; the counts are those of the gates",
        "haemodiluted: IGRA/N ratio 0.4 (12 / 30), 95 % counting interval",
        "provenance: computed", "the MRD is not corrected by it",
        "Compensation a.fcs: residual spillover: largest 0.4 %",
        "Notes the pull is not stated",
        "detected with 95 % probability from 7.85 × 10⁻⁵",
    ):  # fmt: skip
        assert words in made.text.replace("\u202f", " "), words


def test_removed_steps_and_what_a_panel_lacks_are_said():
    quality = replace(measured().quality, removed=("boundary",))
    unknown = haemodilution_unknown("the panel lacks CD16")
    text = Page(report(measures={"mrd-2": measured(quality=quality, haemodilution=unknown)})).text
    assert "not counted: events of boundary" in text
    assert "not assessable by the IGRA/N ratio: the panel lacks CD16" in text


def test_the_line_of_therapy_names_its_last_treatment(page):
    assert "Its last treatment InO: inotuzumab ozogamicin" in page.text


def test_doses_of_one_course_count_as_one(page):
    """Oracle: the record holds one course of inotuzumab, of two rows of doses."""
    assert "in the record, the last one counts" not in page.text


def test_the_notice_stands_at_the_head_and_the_foot(page):
    assert page.text.count("Research use only") >= 2


def test_a_simulated_case_says_so():
    assert "Simulated data" not in report()
    made = course(claim=Claim(id="claim-1", text="x", after="ino-day-30", simulated=True))
    assert "Simulated data: some facts" in report(made)


def test_an_empty_record_still_gives_a_report():
    nothing = dict.fromkeys(
        ["patient", "diagnosis", "wbc", "platelets", "blasts-a", "blasts-b", "induction", "mrd-1",
         "hsct", "relapse", "car-t", "relapse-2022", "cd22", "cd19", "ino", "day-30", "mrd-2",
         "phenotype-2", "claim", "last"]
    )  # fmt: skip
    text = Page(report(course(**nothing), ())).text
    assert "no fact in the record has a date" in text
    assert "MRD not in the record" in text
    assert "No standard of response, MRD or relapse has anything to judge" in text


def test_dois_become_links_and_all_else_is_escaped():
    made = str(link_dois("see doi:10.1000/x.1, <b>"))
    assert '<a href="https://doi.org/10.1000/x.1" rel="noreferrer">doi:10.1000/x.1</a>,' in made
    assert "&lt;b&gt;" in made


@pytest.mark.parametrize("text", ['doi:10.1000/a"onclick=x', "doi:javascript:1", "doi:10.1/x"])
def test_a_text_that_is_no_doi_makes_no_other_link(text):
    links = Page(str(link_dois(text))).links
    assert all(link.startswith("https://doi.org/10.1000/a") for link in links)
