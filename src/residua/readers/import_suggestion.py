"""A first map of a hospital's export, guessed for a person to check.

Every guess is marked; the import refuses the map until a person sets ``checked = true``.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from residua.facts.case import CSV_TABLES
from residua.facts.cytokine_names import (
    canonical_cytokine,
    is_known_cytokine,
    laboratory_name,
)
from residua.facts.laboratory import analyte_table
from residua.facts.quantity import unit_table
from residua.readers.case_rows import columns_of
from residua.readers.decimal_marks import decimal_marks
from residua.readers.import_map import KIND, name_role
from residua.readers.tables import Table

_FORMS = (
    "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d.%m.%y",
    "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%Y-%m", "%m/%Y", "%m.%Y",
)  # fmt: skip
_QUALIFIERS = ("abs", "abs.", "absolut", "absolute", "absolu", "percent", "prozent", "value")


@cache
def _known() -> dict[str, Any]:
    text = resources.files("residua.readers").joinpath("import_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def suggestion(table: Table, *, kind: str) -> str:
    """The text of a map (TOML) for `table`, every guess marked ``# check``."""
    roles = _roles(table, kind)
    role = name_role(kind)
    long = role is None or {role, "value"} <= roles.keys()
    wide = not long and any(_name(column, kind) for column in table.columns if column)
    if wide:
        roles = {key: column for key, column in roles.items() if key in ("date", "time")}
    lines = [
        "# A guess for a person to check, line by line. Import refuses this map until then.",
        f'kind = "{KIND}"',
        'version = "1.0"',
        "checked = false # write true once every line is right",
        f'layout = "{"wide" if wide else "long"}" # check',
        *_form_lines(table, roles),
    ]
    rest = [column for column in table.columns if column and column not in roles.values()]
    unknown = [column for column in rest if not wide or _name(column, kind) is None]
    lines.append(f"ignore = {_list(unknown)} # check: columns that are not imported")
    lines += ["", "[columns]", *(_pair(key, column) for key, column in roles.items())]
    needed = ("date",) if wide or role is None else ("date", role, "value", "unit")
    lines += [
        f'# {key} = "..." # no column looks like it: name the one'
        for key in needed
        if key not in roles
    ]
    lines += _wide_lines(rest, kind) if wide else _word_lines(table, roles, kind)
    return "\n".join(lines) + "\n"


def _roles(table: Table, kind: str) -> dict[str, str]:
    """Role -> column, by the words of the headings; each column serves once."""
    words_of = _known()["roles"].items()
    known = {role: tuple(map(_plain, words)) for role, words in words_of}
    allowed = columns_of(CSV_TABLES[f"{kind}.csv"])
    found: dict[str, str] = {}
    for role, words in known.items():
        free = [column for column in table.columns if column and column not in found.values()]
        best = max(free, key=lambda column: _fit(column, words), default="")
        if role in allowed and best and _fit(best, words) > 0:
            found[role] = best
    return found


def _fit(column: str, words: Iterable[str]) -> int:
    """How much of a heading a role's longest fitting word covers (in percent), 0 for none."""
    heading = _plain(column)
    covered = [len(word) for word in words if _stands_in(word, heading)]
    return round(100 * max(covered, default=0) / max(len(heading), 1))


def _stands_in(word: str, heading: str) -> bool:
    """Short words stand alone; writing without spaces (Chinese) holds them anywhere."""
    return word in heading.split() or (word in heading and (len(word) > 4 or not word.isascii()))


def _plain(text: str) -> str:
    """In lower case, without underscores and accents: ``Résultat_final`` as ``resultat final``."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("_", " "))
    return "".join(c for c in apart if not unicodedata.combining(c)).strip()


def _form_lines(table: Table, roles: dict[str, str]) -> Iterator[str]:
    column = roles.get("date")
    dates = [row.cells[column] for row in table.rows if column in row.cells] if column else []
    forms = [form for form in _FORMS if dates and all(_reads(text, form) for text in dates)]
    also = f", or {' or '.join(forms[1:])}" if len(forms) > 1 else ""
    yield f'date_format = "{forms[0] if forms else "%Y-%m-%d"}" # check{also}'
    cells = [cell for row in table.rows for cell in row.cells.values()]
    yield f'decimal = "{"," if decimal_marks(cells) == {","} else "."}" # check'


def _reads(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _word_lines(table: Table, roles: dict[str, str], kind: str) -> Iterator[str]:
    role = name_role(kind)
    if role:
        yield from ("", "[names]")
        for local, count in _distinct(table, roles.get(role)):
            name = _name(local, kind) or (local if kind == "cytokines" else None)
            if kind == "cytokines" and laboratory_name(local):
                yield f"# {_key(local)}: a laboratory value, for --kind labs; add it to ignore"
            else:
                yield _guess(local, name, count)
    if "unit" in roles:
        yield from ("", "[units]")
        for local, count in _distinct(table, roles["unit"]):
            yield _guess(local, _unit(local), count)


def _wide_lines(columns: list[str], kind: str) -> Iterator[str]:
    """A table for every column that looks like an analyte."""
    names = {column: name for column in columns if (name := _name(column, kind)) is not None}
    for column, name in names.items():
        several = list(names.values()).count(name) > 1
        header = f"[[wide.{_key(name)}]]" if several else f"[wide.{_key(name)}]"
        yield from ("", f"{header} # check")
        yield f"column = {json.dumps(column, ensure_ascii=False)}"
        unit = _unit_of_heading(column)
        yield f'unit = "{unit}" # check' if unit else '# unit = "..." # name it'


def _distinct(table: Table, column: str | None) -> list[tuple[str, int]]:
    """Every word of a column, with how many rows hold it."""
    cells = (row.cells[column] for row in table.rows if column in row.cells) if column else ()
    return sorted(Counter(cells).items())


def _guess(local: str, target: str | None, count: int) -> str:
    if target is None:
        rows = f"{count} row{'' if count == 1 else 's'}"
        return f'# {_key(local)} = "" # not known ({rows}): name it, or add it to ignore'
    return f"{_pair(local, target)}"


def _name(local: str, kind: str) -> str | None:
    """The analyte that a local name most resembles, or None."""
    table = analyte_table()
    own = table["vital"] if kind == "vitals" else table["laboratory"]
    if kind == "cytokines":
        return _cytokine(local)
    aliases = {**table["names"], **_known()["names"], **{name: name for name in own}}
    aliases = {_plain(alias): name for alias, name in aliases.items() if name in own}
    for candidate in (_plain(local), _bare(local)):
        close = difflib.get_close_matches(candidate, aliases, n=1, cutoff=0.9)
        if candidate in aliases or (close and len(candidate) > 4):
            return str(aliases[candidate if candidate in aliases else close[0]])
    return None


def _cytokine(local: str) -> str | None:
    """The name of a cytokine that Residua knows, of a heading with or without its unit."""
    for candidate in (local, re.split(r"[(\[]", local)[0].strip()):
        if is_known_cytokine(candidate) and not laboratory_name(candidate):
            return canonical_cytokine(candidate)
    return None


def _bare(local: str) -> str:
    """A name without brackets, units and words such as ``abs.``, which do not change it.

    Any other word may: direct bilirubin is not bilirubin.
    """
    words = re.split(r"[(\[]", _plain(local))[0].split()
    return " ".join(word for word in words if word not in _QUALIFIERS and not _unit(word))


def _unit(local: str) -> str | None:
    """The allowed unit that a local spelling most resembles, or None."""
    spelled = _known()["units"].get(local)
    if spelled:
        return str(spelled)
    plain = local.replace("µ", "u").replace("μ", "u").replace("^", "*").replace("x10", "10")
    if plain in unit_table():
        return plain
    alike = [unit for unit in unit_table() if unit.lower() == plain.lower()]
    return alike[0] if alike else None


def _unit_of_heading(column: str) -> str | None:
    """A unit that stands in a heading: ``WBC (G/l)``, ``WBC_G_L``, ``ANC_percent``."""
    parts = column.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").split()
    tail = column.split("_", 1)[-1]
    for part in (*parts[1:], tail.replace("_", "/"), "%" if "percent" in tail.lower() else ""):
        unit = _unit(part) if part else None
        if unit:
            return unit
    return None


def _pair(key: str, value: str) -> str:
    return f"{_key(key)} = {json.dumps(value, ensure_ascii=False)} # check"


def _key(text: str) -> str:
    bare = text.replace("-", "").replace("_", "")
    plain = bare.isascii() and bare.isalnum()
    return text if plain else json.dumps(text, ensure_ascii=False)


def _list(words: list[str]) -> str:
    return json.dumps(words, ensure_ascii=False)
