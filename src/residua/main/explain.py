"""`residua explain`: what stands behind a fact, a judgement or a label of the figure."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from residua.course.course import Course
from residua.errors import Fault, InputError, nearest
from residua.judgements.evidence import EvidenceRow, evidence_of
from residua.judgements.judgement import Judgement
from residua.judgements.options.table import OptionTable
from residua.main.evaluate import evaluate_case
from residua.main.explain_options import option_ids, options_meant
from residua.main.flow.panels import flow_samples
from residua.views.explanation import Explained, explanation_document, explanation_text
from residua.views.figure_labels import figure_labels

_LABEL = re.compile(r"[A-Za-z]\d{0,3}")


class Label(Protocol):
    """A label printed in the figure: the ids behind it and its words."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of facts and judgements."""

    @property
    def text(self) -> str:
        """What is printed."""


def explain_case(folder: Path, name: str, *, as_json: bool = False) -> str:
    """The explanation of an id of the folder's evaluation, as text or as JSON.

    Raises `InputError` for faults in the folder and for an id that it does not hold.
    """
    evaluation = evaluate_case(folder)
    course = evaluation.course
    judgements = evaluation.judgements
    labels = figure_labels(
        course, evaluation.response, flow_samples(evaluation), curves=evaluation.curves
    )
    explained = explain(
        course, judgements, labels, name, options=evaluation.options, evidence=evidence_of(course)
    )
    if as_json:
        document = explanation_document(course, judgements, explained)
        return json.dumps(document, indent=2, ensure_ascii=False)
    return explanation_text(course, judgements, explained)


def explain(
    course: Course,
    judgements: Sequence[Judgement],
    labels: Mapping[str, Label],
    name: str,
    *,
    options: Sequence[OptionTable] = (),
    evidence: Sequence[EvidenceRow] = (),
) -> Explained:
    """What `name` stands for: a fact, judgements, a label.

    A judgement goes by its id, by the beginning of it (``standard[/version[/subject]]``), or by its
    subject. Also a table of `options`, one row or one gate of it: ``option/OPTION/SUBJECT[/GATE]``;
    a study of `evidence` or one result of it: ``trial-id[/result-id]``. Raises `InputError` with
    the nearest id where it stands for nothing.
    """
    tables = options_meant(options, name)
    if name in course.by_id:
        return Explained(name, facts=(name,), options=tables)
    found = tuple(j for j in judgements if _meant(j, name))
    rows = tuple(row for row in evidence if name in (row.id, row.id.partition("/")[0]))
    if found or tables or rows:
        return Explained(name, judgements=found, options=tables, evidence=rows)
    label = labels.get(name) or labels.get(name.upper())
    if label is None:
        others = (*labels, *option_ids(options), *(row.id for row in evidence))
        raise InputError(_unknown(course, judgements, tuple(labels), others, name))
    facts = tuple(i for i in label.ids if i in course.by_id)
    behind = tuple(j for j in judgements if j.id in label.ids)
    return Explained(name, facts, behind, label.text)


def _meant(judgement: Judgement, name: str) -> bool:
    return name == judgement.subject or f"{judgement.id}/".startswith(f"{name}/")


def _unknown(
    course: Course,
    judgements: Sequence[Judgement],
    labels: Sequence[str],
    others: Sequence[str],
    name: str,
) -> Fault:
    """The fault, with the nearest id; where none is near, with those of the main events."""
    known = {*course.by_id, *others, *(j.id for j in judgements), *(j.subject for j in judgements)}
    if _LABEL.fullmatch(name):
        return _no_label(course, labels, name)
    close = difflib.get_close_matches(name.lower(), known, n=4, cutoff=0.6)
    events = close or _told_by_name(course, judgements) or course.by_id
    return Fault(
        course.case.folder,
        "explain",
        "the id of a fact, a judgement, an option or a result of a study, or a label of the figure",
        "an id that is none of them",
        nearest(name, events) if len(close) < 2 else f"use one of: {', '.join(close)}",
    )


def _told_by_name(course: Course, judgements: Sequence[Judgement]) -> set[str]:
    """What is judged, but rows that were given no id (``labs-713``)."""
    facts = course.by_id
    numbered = {name for name in facts if re.fullmatch(rf"{facts[name].fact.table}-\d+", name)}
    return {judgement.subject for judgement in judgements} - numbered


def _no_label(course: Course, labels: Sequence[str], name: str) -> Fault:
    """The fault of a label that the figure lacks, with those that it has."""
    spans: dict[str, list[str]] = {}
    for label in labels:
        spans.setdefault(label[:1], []).append(label)
    ends = (f"{s[0]} to {s[-1]}" if len(s) > 1 else s[0] for s in spans.values())
    expected = "a label of the figure"
    do = f"use one of {', '.join(ends)}" if labels else "use an id: the figure has no labels"
    return Fault(course.case.folder, "explain", expected, f"{name.upper()}, which it lacks", do)
