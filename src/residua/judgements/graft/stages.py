"""The stages of the organs at one time, as far as its facts settle them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.finding import Finding
from residua.judgements.graft.gvhd_words import Said, left_out, number_of, scale_of
from residua.judgements.graft.moments import Moment, Stated
from residua.judgements.graft.observed import Piece, by_magic, not_understood
from residua.judgements.graft.scales import Options, Scale, grade_options
from residua.standards.grading import Grading
from residua.standards.nih_cgvhd import OTHER_CAUSE, SKIN, SKIN_SCORES

NO_SCALE = "scale of the stages not stated: they count under each scale that asks for them"
SKIN_TWICE = "the skin score is given beside its two scores: the skin score counts"
_RAW = "magic"
_DENIES = ("", "value", "symptoms")
"""Inputs whose denial says that the organ has no GVHD."""


@dataclass(frozen=True)
class Staged:
    """The grading of one time, the facts behind it and what must be said of them."""

    moment: Moment
    grading: Grading
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]


def staged(course: Course, scale: Scale, moment: Moment) -> Staged | None:
    """The grade at a time by the stages; None where nothing there is a stage of this scale."""
    pieces = list(_given(scale, moment))
    if scale.name == _RAW:
        taken = {piece.organ for piece in pieces if piece.words}
        pieces += [by_magic(course, moment, o) for o in scale.organs if o not in taken]
    options, twice = _options(pieces)
    if not any(piece.facts for piece in pieces):
        return None
    grading = grade_options(scale, options)
    notes = [note for piece in pieces for note in piece.notes] + [SKIN_TWICE] * twice
    return Staged(
        moment=moment,
        grading=grading,
        facts=_unique(fact for piece in pieces for fact in piece.facts),
        notes=_unique((*notes, *grading.readings)),
        missing=_missing(grading, pieces, options),
    )


def _options(pieces: Iterable[Piece]) -> tuple[Options, bool]:
    """Organ -> the words that it may have; whether the skin was scored in two ways."""
    found: dict[str, frozenset[str]] = {}
    for piece in pieces:
        if piece.words:
            found[piece.organ] = found.get(piece.organ, frozenset()) | piece.words
    parts = set(SKIN_SCORES) & found.keys()
    if SKIN in found and parts:
        return {organ: words for organ, words in found.items() if organ not in parts}, True
    return found, False


def _missing(grading: Grading, pieces: Iterable[Piece], options: Options) -> tuple[str, ...]:
    if grading.grade is not None:
        return ()
    named = [missing for piece in pieces for missing in piece.missing]
    said = {piece.organ for piece in pieces if piece.missing}
    several = [organ for organ, words in options.items() if len(words) > 1 and organ not in said]
    which = [f"which {organ.replace('_', ' ')} stage holds" for organ in several]
    return _unique((*grading.missing, *named, *which))


def _given(scale: Scale, moment: Moment) -> Iterator[Piece]:
    """The stages and scores that are given as such, and the organs that are denied."""
    for stated in moment.stated:
        if _asked(scale, stated):
            piece = _number(scale, stated)
            if piece is not None:
                yield piece


def _asked(scale: Scale, stated: Stated) -> bool:
    """Whether the scale asks for what the finding gives."""
    said = stated.said
    if said.what == "whole" or said.kind not in (scale.kind, "either"):
        return False
    asked = said.organ in scale.organs or said.what == "score"
    return asked and scale_of(stated.told.finding) in (None, scale.name)


def _number(scale: Scale, stated: Stated) -> Piece | None:
    said, finding = stated.said, stated.told.finding
    if said.denied and said.name in _DENIES:
        return Piece(said.organ, frozenset({"0"}), (finding.id,))
    if said.what == "observed":
        return None
    word = _word(scale, said, finding)
    if word is None:
        return not_understood(said.organ, finding.id)
    notes = (NO_SCALE,) if finding.standard is None and scale.kind == "acute" else ()
    return Piece(said.organ, frozenset({word}), (finding.id,), notes)


def _word(scale: Scale, said: Said, finding: Finding) -> str | None:
    """The word that the standard takes for a number; None where it has none."""
    if scale.kind == "chronic" and left_out(finding):
        return OTHER_CAUSE
    number = number_of(finding, said)
    worst = 1 if said.organ == "upper_gi" else scale.worst
    return str(number) if number is not None and number <= worst else None


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
