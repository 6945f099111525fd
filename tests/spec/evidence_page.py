"""Writes docs/reference/evidence.md from the trials: ``python tests/spec/evidence_page.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from residua.judgements.evidence import CitedBeside
from residua.standards.citing import citing_papers
from residua.standards.trial import Result, Trial
from residua.standards.trial_shelf import trial_shelf
from residua.views.evidence_words import (
    MARKS,
    denominator_words,
    endpoint_words,
    mark_words,
    number_words,
    remark_words,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"
INTRO = """\
# Evidence

What trials and studies report, as their sources print it, and what a citing paper makes of it. The
page is made from `standards/trials/*.toml` and `standards/citations/*.toml`; `residua standards
trials` lists the same, `residua standards ino-vate-2019` shows one, and `evidence[]` of
[course.json](course-json.md) holds what bears on a course. Nothing here is ranked, pooled or
recommended.

- A result is called `trial-id/result-id`. Numbers keep the digits that the source prints.
- *exact CI*: the two-sided 95 % Clopper-Pearson interval of n / N, computed by Residua. It stands
  beside the interval that a source states, which keeps its own level: a 97.5 % interval is not a
  95 % one. Shares that were estimated (survival, cumulative incidence) have no exact interval.
- A p value says how many sides it has, and the boundary it was held against, where the source does.
- Marks: nothing where the source was read, else *from an abstract*, *from a secondary source*,
  *unverified*; *computed* fields were worked out from other printed ones.
- Where a source's count and percentage disagree, both stand and the remark says so.

To add a trial: one TOML named after its id under `standards/trials/`, with arms and results; every
record has `clause`, `cite` and `provenance`, or the file does not load. To add a paper that cites
trials: one TOML under `standards/citations/`, found through the `reference` (doi) of a case.
"""


def page() -> str:
    """The whole page as text."""
    lines = [INTRO]
    for trial in trial_shelf():
        lines += _trial(trial)
    lines += _citing()
    return "\n".join(lines)


def _trial(trial: Trial) -> Iterator[str]:
    yield f"## {trial.id}\n"
    registered = f" Registered as {trial.registration}." if trial.registration else ""
    design = f" Design: {trial.design}." if trial.design else ""
    yield f"**{trial.name}.** {trial.cite}. Population: {trial.population}.{design}{registered}\n"
    for arm in trial.arms:
        size = f", {arm.size} patients" if arm.size is not None else ""
        yield f"- arm *{arm.name}*: {arm.treatment}{size}"
    for note in trial.notes:
        yield f"- {note}"
    yield ""
    if trial.results:
        yield "| result | arm | endpoint | reported | of whom | remarks | place | mark |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from (_row(trial, result) for result in trial.results)
        yield ""


def _row(trial: Trial, result: Result) -> str:
    place = result.clause + ("" if result.cite == trial.cite else f" [{result.cite}]")
    cells = (
        f"`{result.id}`", result.arm, endpoint_words(result), number_words(result),
        denominator_words(result), remark_words(result), place, mark_words(result),
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _citing() -> Iterator[str]:
    yield "# What citing papers say\n"
    yield "Every statement of a paper whose citations were held against their sources.\n"
    for paper in citing_papers():
        yield f"## {paper.id}\n"
        yield f"{paper.cite}\n"
        heads = ("number", "verdict", "the paper says", "attributed to", "the source says")
        yield f"| {' | '.join((*heads, 'remark', 'place'))} |"
        yield "|---|---|---|---|---|---|---|"
        for beside in (CitedBeside(paper, cited) for cited in paper.cited):
            c = beside.cited
            mark = f" ({MARKS[c.provenance]})" if MARKS[c.provenance] else ""
            number = "" if c.number is None else str(c.number)
            cells = (number, c.verdict_words, c.says, c.attributed_to, c.source_says + mark)
            yield f"| {' | '.join((*cells, c.words, c.clause))} |"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
