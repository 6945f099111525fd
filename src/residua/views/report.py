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
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement
from residua.views.report_facts import conflict_rows, fact_groups
from residua.views.report_measures import Measures, measure_groups
from residua.views.report_state import state_groups
from residua.views.report_verdicts import (
    claim_rows,
    disagreement_rows,
    explanation_groups,
    missing_rows,
    verdict_table,
)

_DOI = re.compile(r"doi:\s*(10\.\d{4,9}/[^\s<>\"',;]*[^\s<>\"',;.])|(\S+)|(\s+)")
_SVG = re.compile(r"<svg\b.*</svg>", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


def write_report(
    course: Course,
    judgements: Iterable[Judgement],
    *,
    figure: str,
    software: Mapping[str, Any],
    measures: Measures | None = None,
) -> str:
    """The report as HTML; `figure` is the course figure as SVG text.

    `measures` are the results of flow files by the id of the fact that each made.
    """
    measured = measures or {}
    judged = in_order(course, judgements)
    template = environment().get_template("report.html.j2")
    return template.render(
        case=course.case,
        notice=NOTICE,
        simulated=course.case.simulated or any(i.fact.simulated for i in course.placed),
        figure=inline_figure(figure),
        state=state_groups(course, measured),
        table=verdict_table(course, judged),
        disagreements=disagreement_rows(course, judged),
        claims=claim_rows(course, judged),
        missing=missing_rows(course, judged),
        conflicts=conflict_rows(course),
        facts=fact_groups(course),
        measures=measure_groups(course, measured),
        explanations=explanation_groups(course, judged),
        software=software,
    )


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
