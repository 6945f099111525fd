"""Judgements in the words of a page: names for ids, dates and units as people write them.

Reasons and details of judgements name facts by their ids, standards as the command line has them
and days as ISO dates, so that a program can follow them. A page says the same for a reader: the
name of a treatment, ``ELN 2024``, ``14 Jun 2020``. A measured value is told by itself, so its id is
left out where the text names it beside the value in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from residua.course.course import Course
from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.laboratory import Cytokine, Lab, Transgene, Vital
from residua.views.course_words import name_of
from residua.views.fact_words import analyte_words
from residua.views.powers import power_of_ten
from residua.views.standard_names import NAMES, standard_name
from residua.views.wording import day_words, id_words, unit_words

MEASURED = (Lab, Vital, Cytokine, Transgene)
_DATE = re.compile(
    r"(?<![\w.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\w-])"
)
_MONTH = re.compile(r"\bon (?=(?:19|20)\d\d-\d\d(?![\w-]))")
_POWER = re.compile(r"\bx ?10\^(\d+)")
_UNIT = re.compile(r"(?<=\d )(?:10\*\d+|umol|ug|Cel)(?:/\w+)?(?!\w)")
_VERSIONED = sorted(NAMES.keys() - {"claim", "consistency", "chimerism"}, key=len, reverse=True)
_STANDARD = re.compile(
    rf"(?<![\w-])({'|'.join(map(re.escape, _VERSIONED))}) "
    r"(current|\d+(?:\.\d+)?)(?![\w-])"
)
_ID = r"[a-z0-9](?:[\w.-]*\w)?"
_NAMED = re.compile(rf"(?<![\w./-])({_ID})(?![\w/-]|\.\w)")
_BESIDE = re.compile(rf" \(({_ID})\)")
_BEFORE = re.compile(rf"\(({_ID})(?:: |, )")


def plain_words(course: Course) -> Callable[[str], str]:
    """What turns a text of this course's judgements into words for a reader."""
    facts = {name: item.fact for name, item in course.by_id.items()}
    names = {name: name_or_id(fact) for name, fact in facts.items() if _is_no_word(name)}
    measured = {name for name, fact in facts.items() if isinstance(fact, MEASURED)}

    def plain(text: str) -> str:
        text = _BESIDE.sub(lambda match: "" if match[1] in measured else match[0], text)
        text = _BEFORE.sub(lambda match: "(" if match[1] in measured else match[0], text)
        text = _NAMED.sub(lambda match: names.get(match[1], match[0]), text)
        text = _STANDARD.sub(lambda match: standard_name(match[1], match[2]), text)
        text = _MONTH.sub("in ", text)
        text = _POWER.sub(lambda match: f"× {power_of_ten(int(match[1]))}", text)
        text = _DATE.sub(lambda match: day_words(Day.parse(match[0])), text)
        return _UNIT.sub(lambda match: unit_words(match[0]), text)

    return plain


def _is_no_word(name: str) -> bool:
    """Whether an id cannot be taken for a word of the text around it, as ``relapse`` can."""
    return not name.isalpha() or bool(re.search(r"[A-Z]{2}|[a-z][A-Z]", id_words(name)))


def name_or_id(fact: Fact) -> str:
    """How a page calls a fact: by its name, a measured value by what was measured."""
    match fact:
        case Transgene():
            return "CAR transgene"
        case Vital():
            return analyte_words(str(fact.item))
        case Lab() | Cytokine():
            return analyte_words(fact.analyte)
    return name_of(fact) or fact.id
