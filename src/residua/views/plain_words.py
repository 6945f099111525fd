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
_WORD = r"(?<![\w./-])({})(?![\w/-]|\.\w)"


def plain_words(course: Course) -> Callable[[str], str]:
    """What turns a text of this course's judgements into words for a reader."""
    ids = sorted((name for name in course.by_id if _is_no_word(name)), key=len, reverse=True)
    measured = [i for i in course.by_id if isinstance(course.by_id[i].fact, MEASURED)]
    known = re.compile(_WORD.format("|".join(map(re.escape, ids)))) if ids else None
    values = _values(measured)

    def plain(text: str) -> str:
        if values is not None:
            text = values[0].sub("", text)
            text = values[1].sub("(", text)
        if known is not None:
            text = known.sub(lambda match: name_or_id(course.by_id[match[1]].fact), text)
        text = _STANDARD.sub(lambda match: standard_name(match[1], match[2]), text)
        text = _MONTH.sub("in ", text)
        text = _POWER.sub(lambda match: f"× {power_of_ten(int(match[1]))}", text)
        text = _DATE.sub(lambda match: day_words(Day.parse(match[0])), text)
        return _UNIT.sub(lambda match: unit_words(match[0]), text)

    return plain


def _values(ids: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """`` (labs-7)`` whole, and ``(labs-7: `` or ``(labs-7, `` before what it is told with."""
    if not ids:
        return None
    names = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))
    return re.compile(rf" \((?:{names})\)"), re.compile(rf"\((?:{names})(?:: |, )")


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
