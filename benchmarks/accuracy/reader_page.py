"""The page of corner files x readers, as Markdown, and its column of Residua read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corner import Corner
from verdict import CRASHED, REFUSES, RIGHT, WRONG

from corners import all_corners

Verdicts = dict[str, tuple[str, str]]
Columns = Sequence[tuple[str, str, Verdicts]]
MARKS = {RIGHT: "right", WRONG: "**WRONG**", REFUSES: "refused", CRASHED: "crashed", "": "not run"}
HEAD = """# FCS readers and the corners of the format

Made by `make reader-table`; do not edit. {files} small FCS files, written byte by byte by
`tests/corners` from stated numbers, each unusual in one way, read by Residua and by six other open
readers. {ambiguous} of them stand where the standard is ambiguous; the last table says which
reading is taken as right.

- **right**: the values (and names, markers and keywords that the file is about) are those written;
  or, where no values can be had without guessing, the reader said so by an error of its own.
- **WRONG**: a result that is not what the file holds, without any error.
- **refused**: an error of the reader's own, where the values can be had.
- **crashed**: an error that the reader did not raise itself (a missing key, a failed conversion),
  or more than 20 s or 4 GB.

Readers are called as their manuals say, with default options. Values are compared on the scale of
the file ($PnE and $PnG applied) where the reader gives it, else as stored; to 1 in a million.
"with a flag" is asked of Residua only, as the others have none. Matrices are not compared here.
FlowIO and FlowKit get several data sets by the function they name for it; readfcs by `ReadFCS`,
since its `read` wants `$PnS` in every file; fcsparser with `dtype="float64"`.
"""


def page(columns: Columns) -> str:
    """The whole page, ending in a newline."""
    groups = all_corners()
    corners = [one for group in groups.values() for one in group]
    ambiguous = sum(bool(one.reading) for one in corners)
    parts = [HEAD.format(files=len(corners), ambiguous=ambiguous), _totals(columns)]
    parts += [_group(name, group, columns) for name, group in groups.items()]
    parts += [_sources(corners), _readings(corners)]
    return "\n".join(parts)


def _totals(columns: Columns) -> str:
    lines = ["## Totals", "", "| reader | right | wrong without an error | refused | crashed |"]
    lines.append("|---|---|---|---|---|")
    for name, version, verdicts in columns:
        found = Counter(word for word, _ in verdicts.values())
        shown = [str(found[word]) if verdicts else "-" for word in (RIGHT, WRONG, REFUSES, CRASHED)]
        called = name if version == "this checkout" else f"{name} {version}"
        lines.append(f"| {called} | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"


def _group(title: str, corners: Sequence[Corner], columns: Columns) -> str:
    names = " | ".join(name for name, _, _ in columns)
    lines = [f"## {title}", "", f"| file | what is unusual | due | {names} |"]
    lines.append("|" + "---|" * (3 + len(columns)))
    for corner in corners:
        cells = " | ".join(
            MARKS[verdicts.get(corner.name, ("", ""))[0]] for _, _, verdicts in columns
        )
        lines.append(f"| {corner.name} | {_cell(corner.about)} | {due(corner)} | {cells} |")
    return "\n".join(lines) + "\n"


def due(corner: Corner) -> str:
    """What is right to do with the file, in words."""
    words = {"values": "values", "flagged": "values with a flag", "refused": "refusal"}
    return " or ".join(words[one] for one in corner.allowed)


def _sources(corners: Sequence[Corner]) -> str:
    found: dict[str, list[str]] = {}
    for corner in corners:
        found.setdefault(corner.source, []).append(corner.name)
    lines = ["## Where the expectation stands", "", "| source | files |", "|---|---|"]
    lines += [f"| {_cell(source)} | {', '.join(names)} |" for source, names in found.items()]
    return "\n".join(lines) + "\n"


def _readings(corners: Sequence[Corner]) -> str:
    found: dict[str, list[str]] = {}
    for corner in corners:
        if corner.reading:
            found.setdefault(corner.reading, []).append(corner.name)
    lines = ["## Where the standard is ambiguous", "", "| reading taken | files |", "|---|---|"]
    lines += [f"| {_cell(reading)} | {', '.join(names)} |" for reading, names in found.items()]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def read_column(text: str, reader: str) -> dict[str, str]:
    """File -> verdict of one reader, from the text of a page."""
    words = {mark: word for word, mark in MARKS.items()}
    found: dict[str, str] = {}
    place = None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.replace("\\|", "!").strip("|").split("|")]
        if cells[:2] == ["file", "what is unusual"]:
            place = cells.index(reader)
        elif not line.startswith("|"):
            place = None
        elif place is not None and not cells[0].startswith("---"):
            found[cells[0]] = words[cells[place]]
    return found
