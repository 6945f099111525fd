"""``report.html``: the evaluated course on one self-contained page.

No script, no outside address, no file beside it: the style and the figure stand inside. Every
text of a case is escaped by the template engine; only the figure, which Residua drew itself,
is put in as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from residua import NOTICE
from residua.course.course import Course
from residua.course.curves import Curves
from residua.judgements.care import care_answers
from residua.judgements.evidence import EvidenceRow
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement
from residua.judgements.options.table import OptionTable
from residua.standards.care import care_checklist
from residua.views.curves.all_curves import curve_groups
from residua.views.report_care import care_rows
from residua.views.report_course import linked_paragraphs
from residua.views.report_evidence import evidence_studies
from residua.views.report_facts import conflict_rows, fact_groups
from residua.views.report_judged import CONCORDANCE, TOXICITY, consistency_rows, judged_groups
from residua.views.report_measures import Measures, measure_groups
from residua.views.report_options import option_backgrounds, option_sections
from residua.views.report_sections import sections_with
from residua.views.report_state import state_groups
from residua.views.report_treatments import treatment_rows
from residua.views.report_verdicts import (
    claim_rows,
    disagreement_rows,
    explanation_groups,
    missing_rows,
    verdict_table,
)

Families = Mapping[str, tuple[Judgement, ...]]
RISK = ("risk", "mechanism")
_DOI = re.compile(r"doi:\s*(10\.\d{4,9}/[^\s<>\"',;]*[^\s<>\"',;.])|(\S+)|(\s+)")
_SVG = re.compile(r"<svg\b.*</svg>", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


def write_report(
    course: Course,
    families: Families,
    *,
    figure: str,
    software: Mapping[str, Any],
    measures: Measures | None = None,
    options: Iterable[OptionTable] = (),
    evidence: Iterable[EvidenceRow] = (),
    curves: Curves | None = None,
) -> str:
    """The report as HTML; `figure` is the course figure as SVG text.

    `families` are the judgements by family; `measures` the results of flow files by the id of
    the fact that each made; `curves` those of the laboratory.
    """
    measured, tables = measures or {}, tuple(options)
    parts = {
        "flow": measure_groups(course, measured),
        "curves": curve_groups(course, curves or Curves()),
        "concordance": judged_groups(course, families, CONCORDANCE),
        "toxicity": judged_groups(course, families, TOXICITY),
        "risk": judged_groups(course, families, RISK),
        "options": option_sections(course, tables),
        "evidence": evidence_studies(evidence),
        "claims": claim_rows(course, families.get("claims", ())),
        "consistency": consistency_rows(course, families.get("consistency", ())),
    }
    filled = {name for name, part in parts.items() if part}
    filled |= {"claims"} if "consistency" in filled else set()
    sections = sections_with(filled)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            case=course.case,
            notice=NOTICE,
            simulated=course.case.simulated or any(i.fact.simulated for i in course.placed),
            figure=inline_figure(figure),
            sections=sections,
            software=software,
            state=state_groups(course, measured),
            paragraphs=linked_paragraphs(course, families),
            treatments=treatment_rows(course, families.get("adherence", ())),
            care=care_rows(care_answers(course, families), frozenset(name for name, _ in sections)),
            care_cite=care_checklist().cite,
            measures=parts.pop("flow"),
            backgrounds=option_backgrounds(tables),
            **parts,
            **_verdicts(course, families),
        )
    )


def _verdicts(course: Course, families: Families) -> dict[str, Any]:
    """Response, MRD and relapse as a table; what is missing, and why each verdict is so."""
    response = in_order(course, families.get("response", ()))
    judged = in_order(course, (j for said in families.values() for j in said))
    return {
        "table": verdict_table(course, response),
        "disagreements": disagreement_rows(course, response),
        "missing": missing_rows(course, response),
        "conflicts": conflict_rows(course),
        "facts": fact_groups(course),
        "explanations": explanation_groups(course, judged),
    }


def environment() -> Environment:
    """Templates with escaping on, in which an unknown name is an error."""
    env = Environment(
        loader=PackageLoader("residua.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["link_dois"] = link_dois
    return env


def link_dois(text: str) -> Markup:
    """The text escaped, with every ``doi:10...`` as a plain link."""
    return Markup("").join(_link(match) for match in _DOI.finditer(text))


def _link(match: re.Match[str]) -> Markup:
    if match[1] is None:
        return escape(match[0])
    return Markup('<a href="https://doi.org/{0}" rel="noreferrer">doi:{0}</a>').format(match[1])


def inline_figure(svg: str) -> Markup:
    """The SVG element alone, without prologue and metadata, which name outside addresses."""
    match = _SVG.search(svg)
    return Markup(_METADATA.sub("", match[0])) if match else Markup("")
